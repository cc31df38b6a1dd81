package levee.drill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.EpochNanos;
import levee.model.OwnNetworks;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.TcpFlags;

/**
 * A router at the edge of the own networks, which tells of the packets that it sees: of flows in NetFlow or IPFIX, as
 * they end, or of single packets in sFlow.
 *
 * <p>A flow ends with FIN or RST, by its {@link Timeouts}, or when the cache of 65,536 flows is full and it is the oldest.
 */
public final class ExportingRouter {
    /** The interface to the Internet, by SNMP index; the other one is {@link #INSIDE}. */
    public static final int OUTSIDE = 1;

    public static final int INSIDE = 2;

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** It sends so long before a full second: headers tell the next full one, and its clock is not to seem wrong. */
    private static final long BEFORE_SECOND_NANOS = SECOND_NANOS / 50;

    private static final int MOST_FLOWS = 1 << 16;
    private static final int LARGEST_DATAGRAM = 1_400;
    private static final int LONGEST_FRAME = 2_048;
    private static final int DATAGRAMS_BETWEEN_TEMPLATES = 20;
    private static final long UPTIME_NANOS = 1_000 * SECOND_NANOS;

    private final ExportFormat format;
    private final int samplingRate;
    private final long inactiveNanos;
    private final long activeNanos;
    private final OwnNetworks networks = OwnNetworks.of(Scenario.networks());
    private final SplittableRandom random;
    private final FlowBatch told = new FlowBatch(1);
    private final FlowExportEncoder encoder;
    private final FrameEncoder frames = new FrameEncoder();
    private final ByteBuffer frame = ByteBuffer.allocate(LONGEST_FRAME);

    /** In the order of their first packets. */
    private final Map<Key, Flow> flows = new LinkedHashMap<>();

    private long nowNanos;
    private long nextLookNanos;

    /**
     * When a flow is told of that has not ended by itself.
     *
     * @param inactive how long after its last packet
     * @param active how long after its first packet, at the latest
     */
    public record Timeouts(Duration inactive, Duration active) {
        /** What most routers do if nobody tells them otherwise. */
        public static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(60));

        /** What routers are told that serve the detection of attacks. */
        public static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    /** Takes the datagrams. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param nanos when it is sent, in nanoseconds since 1970
         * @param datagram used again for the next one
         */
        void send(long nanos, byte[] datagram, int length);
    }

    private record Key(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int ports, int protocol) {}

    private static final class Flow {
        private final long firstNanos;
        private long lastNanos;
        private long packets;
        private long bytes;
        private int tcpFlags;

        Flow(long nanos) {
            firstNanos = nanos;
        }
    }

    /** @param samplingRate one in how many packets it looks at, by chance */
    public ExportingRouter(Scenario scenario, ExportFormat format, int samplingRate, Sink sink) {
        this(scenario, format, samplingRate, Timeouts.USUAL, sink);
    }

    /** @param samplingRate one in how many packets it looks at, by chance */
    public ExportingRouter(Scenario scenario, ExportFormat format, int samplingRate, Timeouts timeouts, Sink sink) {
        this.format = format;
        this.samplingRate = samplingRate;
        inactiveNanos = timeouts.inactive().toNanos();
        activeNanos = timeouts.active().toNanos();
        random = new SplittableRandom(scenario.seed());
        long bootNanos = Math.floorDiv(EpochNanos.of(scenario.start()) - UPTIME_NANOS, SECOND_NANOS) * SECOND_NANOS;
        encoder = new FlowExportEncoder(
                new EncoderSettings(
                        format, LARGEST_DATAGRAM, 1, bootNanos, DATAGRAMS_BETWEEN_TEMPLATES, samplingRate, false),
                (bytes, length) -> sink.send(nowNanos, bytes, length));
    }

    /** Sees a packet, in the order of time. */
    public void see(Packet packet) {
        advance(packet.nanos);
        if (samplingRate == 1 || random.nextInt(samplingRate) == 0) {
            if (format == ExportFormat.SFLOW) {
                tellOfPacket(packet);
            } else {
                add(packet);
            }
        }
    }

    /** Lets time go on: ends flows, and sends what was held back for up to a second. */
    public void advance(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
        if (nowNanos < nextLookNanos) {
            return;
        }
        nextLookNanos =
                (Math.floorDiv(nowNanos + BEFORE_SECOND_NANOS, SECOND_NANOS) + 1) * SECOND_NANOS - BEFORE_SECOND_NANOS;
        Iterator<Map.Entry<Key, Flow>> all = flows.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Flow> entry = all.next();
            if (isOver(entry.getKey(), entry.getValue())) {
                tellOfFlow(entry.getKey(), entry.getValue());
                all.remove();
            }
        }
        encoder.flush(nowNanos);
    }

    private boolean isOver(Key key, Flow flow) {
        return nowNanos - flow.lastNanos > inactiveNanos
                || nowNanos - flow.firstNanos > activeNanos
                || key.protocol == Protocols.TCP && (flow.tcpFlags & (TcpFlags.FIN | TcpFlags.RST)) != 0;
    }

    private void add(Packet packet) {
        boolean hasPorts = !packet.continues() && hasPorts(packet.protocol);
        Key key = new Key(
                packet.sourceHigh,
                packet.sourceLow,
                packet.destinationHigh,
                packet.destinationLow,
                hasPorts ? packet.sourcePort << 16 | packet.destinationPort : 0,
                packet.protocol);
        Flow flow = flows.get(key);
        if (flow == null) {
            if (flows.size() == MOST_FLOWS) {
                Map.Entry<Key, Flow> oldest = flows.entrySet().iterator().next();
                tellOfFlow(oldest.getKey(), oldest.getValue());
                flows.remove(oldest.getKey());
            }
            flow = new Flow(nowNanos);
            flows.put(key, flow);
        }
        flow.lastNanos = nowNanos;
        flow.packets += samplingRate;
        flow.bytes += (long) packet.length() * samplingRate;
        flow.tcpFlags |= packet.protocol == Protocols.TCP && hasPorts ? packet.tcpFlags : 0;
    }

    private void tellOfFlow(Key key, Flow flow) {
        told.clear(Rows.FLOWS);
        told.reset(0);
        told.sourceHigh[0] = key.sourceHigh;
        told.sourceLow[0] = key.sourceLow;
        told.destinationHigh[0] = key.destinationHigh;
        told.destinationLow[0] = key.destinationLow;
        told.sourcePort[0] = (char) (key.ports >>> 16);
        told.destinationPort[0] = (char) key.ports;
        told.protocol[0] = (byte) key.protocol;
        told.tcpFlags[0] = (byte) flow.tcpFlags;
        told.firstNanos[0] = flow.firstNanos;
        told.lastNanos[0] = flow.lastNanos;
        told.packets[0] = flow.packets;
        told.bytes[0] = flow.bytes;
        told.samplingRate[0] = samplingRate;
        told.ingressInterface[0] = ingressInterface(key.sourceHigh, key.sourceLow);
        told.size = 1;
        encoder.encode(told, nowNanos);
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case Protocols.TCP, Protocols.UDP, Protocols.ICMP, Protocols.ICMPV6 -> true;
            default -> false;
        };
    }

    private void tellOfPacket(Packet packet) {
        frame.clear();
        frames.encode(packet, frame);
        int length = frame.position();
        encoder.encodeFrame(
                frame.array(), 0, length, length, ingressInterface(packet.sourceHigh, packet.sourceLow), nowNanos);
    }

    private int ingressInterface(long sourceHigh, long sourceLow) {
        return networks.contains(sourceHigh, sourceLow) ? INSIDE : OUTSIDE;
    }

    /** Tells of all flows that have not ended, as a router does that is shut down. */
    public void close() {
        flows.forEach(this::tellOfFlow);
        flows.clear();
        encoder.flush(nowNanos);
    }
}
