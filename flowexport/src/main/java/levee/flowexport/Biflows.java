package levee.flowexport;

import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.IcmpTypes;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;

/**
 * Makes two rows of a record of both directions (RFC 5103), with what it tells about the connection: who began, and
 * whether the other side took it up. Flags and counts are all there is to judge by, as with Argus' records.
 */
final class Biflows {
    /** The most rows that a record needs. */
    static final int ROWS = 2;

    /** The record's source is the one that answered (RFC 5103 section 6.3). */
    private static final int REVERSE_INITIATOR = 2;

    private final RecordDecoder records;

    Biflows(RecordDecoder records) {
        this.records = records;
    }

    /** Appends the rows of the {@code count} rows of {@code forward} that were decoded last. */
    void append(FlowBatch forward, int count, FlowBatch batch) {
        for (int i = 0; i < count; i++) {
            appendRecord(forward, i, batch);
        }
    }

    private void appendRecord(FlowBatch forward, int record, FlowBatch batch) {
        boolean isTcp = forward.protocol[record] == Protocols.TCP;
        boolean hasFlags = isTcp && records.has(Column.TCP_FLAGS);
        int sourceFlags = isTcp ? forward.tcpFlags[record] : 0;
        boolean hasReverseFlags = isTcp && records.has(Column.REVERSE_TCP_FLAGS);
        int destinationFlags = hasReverseFlags ? records.reverseTcpFlags[record] : 0;
        long sourcePackets = forward.packets[record];
        long destinationPackets = records.reversePackets[record];
        boolean isTurned = records.has(Column.BIFLOW_DIRECTION) && records.biflowDirection[record] == REVERSE_INITIATOR;
        int initiatorFlags = isTurned ? destinationFlags : sourceFlags;
        int responderFlags = isTurned ? sourceFlags : destinationFlags;
        long initiatorPackets = isTurned ? destinationPackets : sourcePackets;
        long responderPackets = isTurned ? sourcePackets : destinationPackets;

        boolean initiatorSpeaks = speaks(initiatorPackets, initiatorFlags, isTcp);
        boolean responderSpeaks = speaks(responderPackets, responderFlags, isTcp);
        boolean judgeByFlags = hasFlags && (hasReverseFlags || destinationPackets == 0) && !isTurned;
        boolean started = judgeByFlags ? (initiatorFlags & TcpFlags.SYN) != 0 : initiatorPackets > 0;
        boolean goesOn = judgeByFlags ? goesOn(initiatorPackets, initiatorFlags) : initiatorPackets > 1;
        boolean completes = started && responderSpeaks && goesOn;

        int common = Relation.KNOWN | (started ? Relation.STARTED : 0);
        int ofInitiator = common
                | Relation.FROM_INITIATOR
                | Relation.OPENS
                | (responderSpeaks ? Relation.ANSWERED : 0)
                | (completes ? Relation.COMPLETES : 0);
        int ofResponder =
                common | (initiatorSpeaks ? Relation.ANSWERED : 0) | (responderSpeaks ? Relation.FIRST_ANSWER : 0);
        if (sourcePackets > 0) {
            int row = batch.size++;
            Rows.copy(forward, record, batch, row);
            batch.relation[row] = (byte) (isTurned ? ofResponder : ofInitiator);
        }
        if (destinationPackets > 0) {
            int row = batch.size++;
            turn(forward, record, batch, row);
            batch.tcpFlags[row] = (byte) destinationFlags;
            batch.packets[row] = destinationPackets;
            batch.bytes[row] = records.reverseBytes[record];
            batch.relation[row] = (byte) (isTurned ? ofInitiator : ofResponder);
        }
    }

    /** Sent something other than a refusal. */
    private static boolean speaks(long packets, int flags, boolean isTcp) {
        boolean refuses = isTcp && (flags & TcpFlags.RST) != 0 && (flags & ~(TcpFlags.RST | TcpFlags.ACK)) == 0;
        return packets > 0 && !refuses;
    }

    /** Sent something other than SYN and RST. A RST may carry the only ACK. */
    private static boolean goesOn(long packets, int flags) {
        boolean onlyOpensAndResets = (flags & (TcpFlags.PSH | TcpFlags.FIN)) == 0;
        int others = (flags & TcpFlags.RST) != 0 && onlyOpensAndResets ? 2 : 1;
        return (flags & (TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN)) != 0 && packets > others;
    }

    private static void turn(FlowBatch forward, int record, FlowBatch batch, int row) {
        Rows.copy(forward, record, batch, row);
        batch.sourceHigh[row] = forward.destinationHigh[record];
        batch.sourceLow[row] = forward.destinationLow[record];
        batch.destinationHigh[row] = forward.sourceHigh[record];
        batch.destinationLow[row] = forward.sourceLow[record];
        // What came in by the interface was the other direction; TTL and fragments were its, too.
        batch.ingressInterface[row] = 0;
        batch.timeToLive[row] = 0;
        batch.ipIdentification[row] = 0;
        batch.fragment[row] = 0;
        boolean isIcmp = forward.protocol[record] == Protocols.ICMP || forward.protocol[record] == Protocols.ICMPV6;
        if (isIcmp) {
            batch.destinationPort[row] = IcmpTypes.answer(forward.destinationPort[record]);
        } else {
            batch.sourcePort[row] = forward.destinationPort[record];
            batch.destinationPort[row] = forward.sourcePort[record];
        }
    }
}
