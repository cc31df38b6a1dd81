package levee.flowexport;

import levee.telemetry.FlowBatch;

/** Rows that move within a batch or between two. */
final class Rows {
    private Rows() {}

    static void move(FlowBatch batch, int from, int to) {
        copy(batch, from, batch, to);
    }

    static void copy(FlowBatch source, int from, FlowBatch target, int to) {
        target.firstNanos[to] = source.firstNanos[from];
        target.lastNanos[to] = source.lastNanos[from];
        target.sourceHigh[to] = source.sourceHigh[from];
        target.sourceLow[to] = source.sourceLow[from];
        target.destinationHigh[to] = source.destinationHigh[from];
        target.destinationLow[to] = source.destinationLow[from];
        target.sourcePort[to] = source.sourcePort[from];
        target.destinationPort[to] = source.destinationPort[from];
        target.protocol[to] = source.protocol[from];
        target.tcpFlags[to] = source.tcpFlags[from];
        target.packets[to] = source.packets[from];
        target.bytes[to] = source.bytes[from];
        target.samplingRate[to] = source.samplingRate[from];
        target.exporter[to] = source.exporter[from];
        target.ingressInterface[to] = source.ingressInterface[from];
        target.timeToLive[to] = source.timeToLive[from];
        target.ipIdentification[to] = source.ipIdentification[from];
        target.tcpSequence[to] = source.tcpSequence[from];
        target.tcpWindow[to] = source.tcpWindow[from];
        target.fragment[to] = source.fragment[from];
        target.payloadHint[to] = source.payloadHint[from];
        target.relation[to] = source.relation[from];
    }
}
