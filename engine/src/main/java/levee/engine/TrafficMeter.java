package levee.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.OwnNetworks;
import levee.model.PrefixIndex;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;

/**
 * How much traffic there is, second by second of arrival, by protocol, by direction as the own networks see it, and by
 * vector what of it is part of open attacks. Belongs to the thread that detects.
 */
final class TrafficMeter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String[] NAMES = {"tcp", "udp", "icmp", "other"};

    /** Kinds of protocols that are told apart. */
    static final int KINDS = 4;

    private static final byte[] KIND_OF = kinds();

    private PrefixIndex networks;
    private final Supplier<Map<AttackVector, Volume>> attacks;
    private final BiConsumer<Long, Map<String, Volume>> listener;

    /** What the attacks that were open had in the second before. */
    private Map<AttackVector, Volume> before = Map.of();

    private final long[] packets = new long[KINDS];
    private final long[] bytes = new long[KINDS];
    private long inboundPackets;
    private long inboundBytes;
    private long outboundPackets;
    private long outboundBytes;
    private long second = Long.MIN_VALUE;

    /**
     * @param attacks what came since it was asked before and is part of open attacks; asked once a second
     * @param listener is told of each second that is over, in seconds since 1970, by the name of the series
     */
    TrafficMeter(
            OwnNetworks networks,
            Supplier<Map<AttackVector, Volume>> attacks,
            BiConsumer<Long, Map<String, Volume>> listener) {
        this.networks = new PrefixIndex(networks.prefixes());
        this.attacks = attacks;
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

    /** Which kind an IP protocol number is: 0 TCP, 1 UDP, 2 ICMP of both families, 3 any other. */
    static int kind(int protocol) {
        return KIND_OF[protocol];
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, (byte) 3);
        kinds[Protocols.TCP] = 0;
        kinds[Protocols.UDP] = 1;
        kinds[Protocols.ICMP] = 2;
        kinds[Protocols.ICMPV6] = 2;
        return kinds;
    }

    /** @param now nanoseconds since 1970 */
    void tick(long now) {
        long current = Math.floorDiv(now, NANOS_PER_SECOND);
        if (current == second) {
            return;
        }
        Map<AttackVector, Volume> ofAttacks = attacks.get();
        if (second != Long.MIN_VALUE) {
            Map<String, Volume> volumes = new LinkedHashMap<>();
            Volume all = Volume.NONE;
            for (int i = 0; i < KINDS; i++) {
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
            putAttacks(volumes, ofAttacks);
            listener.accept(second, volumes);
        }
        second = current;
    }

    /** A vector of which nothing came is told of once after it came to rest, and once when its last attack has ended. */
    private void putAttacks(Map<String, Volume> volumes, Map<AttackVector, Volume> now) {
        before.forEach((vector, volume) -> {
            if (!isNothing(volume) || !now.containsKey(vector)) {
                volumes.put(series(vector), Volume.NONE);
            }
        });
        now.forEach((vector, volume) -> {
            if (!isNothing(volume)) {
                volumes.put(series(vector), volume);
            }
        });
        before = now;
    }

    private static boolean isNothing(Volume volume) {
        return volume.packets() == 0 && volume.bytes() == 0;
    }

    private static String series(AttackVector vector) {
        return "attack." + vector.label();
    }
}
