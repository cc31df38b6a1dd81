package levee.drill;

import levee.model.Protocols;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import levee.telemetry.SourceStatistics;

/** A drill as batches, with the rows that its capture would be read as. */
public final class DrillSource implements BatchSource {
    private static final int MOST_ROWS = 2;

    private final Drill drill;
    private final SourceStatistics statistics = new SourceStatistics();

    public DrillSource(Drill drill) {
        this.drill = drill;
    }

    /** @param batch has room for two rows or more */
    @Override
    public boolean fill(FlowBatch batch) {
        batch.clear(FlowBatch.Rows.PACKETS);
        Packet packet = drill.packet();
        while (batch.remaining() >= MOST_ROWS) {
            if (!drill.advance()) {
                return false;
            }
            statistics.packets++;
            statistics.bytes += packet.length();
            statistics.time(packet.nanos);
            append(batch, packet, packet.nanos, 0);
            if (packet.protocol == Protocols.GRE && !packet.isFragment()) {
                packet.inner.ifPresent(inner -> append(batch, inner, packet.nanos, Fragment.TUNNELLED));
            }
        }
        return true;
    }

    private static void append(FlowBatch batch, Packet packet, long nanos, int tunnelled) {
        int row = batch.size++;
        batch.firstNanos[row] = nanos;
        batch.sourceHigh[row] = packet.sourceHigh;
        batch.sourceLow[row] = packet.sourceLow;
        batch.destinationHigh[row] = packet.destinationHigh;
        batch.destinationLow[row] = packet.destinationLow;
        batch.protocol[row] = (byte) packet.protocol;
        batch.bytes[row] = packet.length();
        batch.timeToLive[row] = (byte) packet.timeToLive;
        boolean hasIdentification = packet.isIpv4() || packet.isFragment();
        batch.ipIdentification[row] = (char) (hasIdentification ? packet.identification : 0);
        batch.sourcePort[row] = 0;
        batch.destinationPort[row] = 0;
        batch.tcpFlags[row] = 0;
        batch.tcpSequence[row] = 0;
        batch.tcpWindow[row] = 0;
        batch.payloadHint[row] = PayloadHint.NONE;
        int fragment = packet.isFragment() ? Fragment.FRAGMENT | tunnelled : tunnelled;
        if (packet.continues()) {
            fragment |= Fragment.CONTINUES;
            if (!packet.isOrphan) {
                fragment |= Fragment.JOINED;
                transport(batch, row, packet, false);
            }
        } else {
            transport(batch, row, packet, true);
        }
        batch.fragment[row] = (byte) fragment;
    }

    /** @param whole false where ports and hint are those of the first fragment */
    private static void transport(FlowBatch batch, int row, Packet packet, boolean whole) {
        switch (packet.protocol) {
            case Protocols.TCP -> {
                batch.sourcePort[row] = (char) packet.sourcePort;
                batch.destinationPort[row] = (char) packet.destinationPort;
                if (whole) {
                    batch.tcpFlags[row] = (byte) packet.tcpFlags;
                    batch.tcpSequence[row] = packet.tcpSequence;
                    batch.tcpWindow[row] = (char) packet.tcpWindow;
                }
                batch.payloadHint[row] = packet.payloadLength == 0 ? PayloadHint.NONE : packet.payload.hint();
            }
            case Protocols.UDP -> {
                batch.sourcePort[row] = (char) packet.sourcePort;
                batch.destinationPort[row] = (char) packet.destinationPort;
                batch.payloadHint[row] = packet.payloadLength == 0 ? PayloadHint.EMPTY : packet.payload.hint();
            }
            case Protocols.ICMP, Protocols.ICMPV6 -> {
                batch.destinationPort[row] = (char) packet.destinationPort;
                if (packet.quotedProtocol != 0) {
                    batch.sourcePort[row] = (char) packet.quotedDestinationPort;
                    batch.payloadHint[row] = packet.quotedProtocol == Protocols.UDP
                            ? PayloadHint.ICMP_ERROR_UDP
                            : PayloadHint.ICMP_ERROR_TCP;
                }
            }
            default -> {
                // no ports
            }
        }
    }

    @Override
    public SourceStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        // holds nothing that would have to be given back
    }
}
