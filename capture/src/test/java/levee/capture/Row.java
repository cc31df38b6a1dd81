package levee.capture;

import levee.model.IpAddress;
import levee.telemetry.FlowBatch;

/** A row of a batch as a value. */
record Row(
        long nanos,
        IpAddress source,
        int sourcePort,
        IpAddress destination,
        int destinationPort,
        int protocol,
        int tcpFlags,
        long bytes,
        int timeToLive,
        int identification,
        int tcpSequence,
        int tcpWindow,
        int fragment,
        int payloadHint) {

    static Row of(FlowBatch batch, int row) {
        return new Row(
                batch.firstNanos[row],
                new IpAddress(batch.sourceHigh[row], batch.sourceLow[row]),
                batch.sourcePort[row],
                new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]),
                batch.destinationPort[row],
                batch.protocol[row] & 0xff,
                batch.tcpFlags[row] & 0xff,
                batch.bytes[row],
                batch.timeToLive[row] & 0xff,
                batch.ipIdentification[row],
                batch.tcpSequence[row],
                batch.tcpWindow[row],
                batch.fragment[row] & 0xff,
                batch.payloadHint[row]);
    }

    /** Such as {@code 10.0.0.1:53 > 10.0.0.2:1000}. */
    String flow() {
        return source + ":" + sourcePort + " > " + destination + ":" + destinationPort;
    }
}
