package levee.logs;

import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Relation;

/** A row of a batch as a value. */
record Row(
        boolean restart,
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
        int relation) {

    static Row of(FlowBatch batch, int row) {
        return new Row(
                batch.restart && row == 0,
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
                batch.relation[row] & 0xff);
    }

    boolean has(int bit) {
        return Relation.has(relation, bit);
    }

    /** The flags in the order FSRPAUEC, such as {@code SA}. */
    String flagText() {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            if ((tcpFlags >> bit & 1) != 0) {
                text.append("FSRPAUEC".charAt(bit));
            }
        }
        return text.toString();
    }

    /** The bits of the relation but {@code KNOWN}, such as {@code initiator started opens}. */
    String relationText() {
        StringBuilder text = new StringBuilder();
        append(text, Relation.FROM_INITIATOR, "initiator");
        append(text, Relation.STARTED, "started");
        append(text, Relation.OPENS, "opens");
        append(text, Relation.ANSWERED, "answered");
        append(text, Relation.FIRST_ANSWER, "first-answer");
        append(text, Relation.COMPLETES, "completes");
        return text.toString();
    }

    private void append(StringBuilder text, int bit, String name) {
        if (has(bit)) {
            text.append(text.isEmpty() ? "" : " ").append(name);
        }
    }
}
