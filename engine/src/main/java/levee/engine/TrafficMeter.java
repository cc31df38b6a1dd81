package levee.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import levee.model.Attack.Volume;
import levee.model.OwnNetworks;
import levee.model.PrefixIndex;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;

/**
 * How much traffic there is, second by second of arrival, by protocol and by direction as the own networks see it.
 * Belongs to the thread that detects.
 */
final class TrafficMeter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String[] NAMES = {"tcp", "udp", "icmp", "other"};

    private PrefixIndex networks;
    private final BiConsumer<Long, Map<String, Volume>> listener;
    private final long[] packets = new long[NAMES.length];
    private final long[] bytes = new long[NAMES.length];
    private long inboundPackets;
    private long inboundBytes;
    private long outboundPackets;
    private long outboundBytes;
    private long second = Long.MIN_VALUE;

    /** @param listener is told of each second that is over, in seconds since 1970, by the name of the series */
    TrafficMeter(OwnNetworks networks, BiConsumer<Long, Map<String, Volume>> listener) {
        this.networks = new PrefixIndex(networks.prefixes());
        this.listener = listener;
    }

    void apply(OwnNetworks own) {
        networks = new PrefixIndex(own.prefixes());
    }

    void count(FlowBatch batch) {
        for (int row = 0; row < batch.size; row++) {
            int kind = kind(batch.protocol[row] & 0xff);
            long rowPackets = batch.packets[row];
            long rowBytes = batch.bytes[row];
            packets[kind] += rowPackets;
            bytes[kind] += rowBytes;
            if (networks.find(batch.destinationHigh[row], batch.destinationLow[row]) != PrefixIndex.NONE) {
                inboundPackets += rowPackets;
                inboundBytes += rowBytes;
            } else if (networks.find(batch.sourceHigh[row], batch.sourceLow[row]) != PrefixIndex.NONE) {
                outboundPackets += rowPackets;
                outboundBytes += rowBytes;
            }
        }
    }

    private static int kind(int protocol) {
        return switch (protocol) {
            case Protocols.TCP -> 0;
            case Protocols.UDP -> 1;
            case Protocols.ICMP, Protocols.ICMPV6 -> 2;
            default -> 3;
        };
    }

    /** @param now nanoseconds since 1970 */
    void tick(long now) {
        long current = Math.floorDiv(now, NANOS_PER_SECOND);
        if (current == second) {
            return;
        }
        if (second != Long.MIN_VALUE) {
            Map<String, Volume> volumes = new LinkedHashMap<>();
            Volume all = Volume.NONE;
            for (int i = 0; i < NAMES.length; i++) {
                Volume volume = new Volume(packets[i], bytes[i]);
                volumes.put(NAMES[i], volume);
                all = all.plus(volume);
                packets[i] = 0;
                bytes[i] = 0;
            }
            volumes.put("total", all);
            volumes.put("inbound", new Volume(inboundPackets, inboundBytes));
            volumes.put("outbound", new Volume(outboundPackets, outboundBytes));
            inboundPackets = 0;
            inboundBytes = 0;
            outboundPackets = 0;
            outboundBytes = 0;
            listener.accept(second, volumes);
        }
        second = current;
    }
}
