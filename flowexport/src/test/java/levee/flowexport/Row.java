package levee.flowexport;

import levee.model.IpAddress;
import levee.telemetry.FlowBatch;

/** A row of a batch as a value. */
record Row(
        FlowBatch.Rows kind,
        long firstNanos,
        long lastNanos,
        IpAddress source,
        int sourcePort,
        IpAddress destination,
        int destinationPort,
        int protocol,
        int tcpFlags,
        long packets,
        long bytes,
        int samplingRate,
        int exporter,
        int ingressInterface,
        int timeToLive,
        int identification,
        int fragment,
        int payloadHint,
        int relation) {

    static Row of(FlowBatch batch, int row) {
        return new Row(
                batch.rows,
                batch.firstNanos[row],
                batch.lastNanos[row],
                new IpAddress(batch.sourceHigh[row], batch.sourceLow[row]),
                batch.sourcePort[row],
                new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]),
                batch.destinationPort[row],
                batch.protocol[row] & 0xff,
                batch.tcpFlags[row] & 0xff,
                batch.packets[row],
                batch.bytes[row],
                batch.samplingRate[row],
                batch.exporter[row],
                batch.ingressInterface[row],
                batch.timeToLive[row] & 0xff,
                batch.ipIdentification[row],
                batch.fragment[row] & 0xff,
                batch.payloadHint[row],
                batch.relation[row] & 0xff);
    }

    /** Such as {@code 10.0.0.1:53 > 10.0.0.2:1000 udp 3 packets 180 bytes}. */
    String text() {
        return "%s %s:%d > %s:%d protocol %d flags %d packets %d bytes %d rate %d interface %d duration %d"
                .formatted(
                        kind,
                        source,
                        sourcePort,
                        destination,
                        destinationPort,
                        protocol,
                        tcpFlags,
                        packets,
                        bytes,
                        samplingRate,
                        ingressInterface,
                        (lastNanos - firstNanos) / 1_000_000);
    }
}
