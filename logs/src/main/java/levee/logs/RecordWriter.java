package levee.logs;

import levee.logs.ConnectionRecord.Side;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Relation;

/** Projects a connection to directed rows: one for each side that sent. */
final class RecordWriter {
    private RecordWriter() {}

    /** Adds the rows; the batch has room for {@link RecordFormat#MOST}. */
    static void write(ConnectionRecord record, FlowBatch batch) {
        int common = Relation.KNOWN | (record.started ? Relation.STARTED : 0);
        Side initiator = record.initiator;
        Side responder = record.responder;
        if (initiator.sends()) {
            int relation = common
                    | Relation.FROM_INITIATOR
                    | Relation.OPENS
                    | (responder.speaks ? Relation.ANSWERED : 0)
                    | (record.completed ? Relation.COMPLETES : 0);
            writeRow(record, initiator, responder, relation, batch);
        }
        if (responder.sends()) {
            int relation = common
                    | (initiator.speaks ? Relation.ANSWERED : 0)
                    | (responder.speaks ? Relation.FIRST_ANSWER : 0);
            writeRow(record, responder, initiator, relation, batch);
        }
    }

    /** Adds the rows of a record that says nothing of how they stand to each other. */
    static void writeFlows(ConnectionRecord record, FlowBatch batch) {
        if (record.initiator.sends()) {
            writeRow(record, record.initiator, record.responder, 0, batch);
        }
        if (record.responder.sends()) {
            writeRow(record, record.responder, record.initiator, 0, batch);
        }
    }

    private static void writeRow(ConnectionRecord record, Side from, Side to, int relation, FlowBatch batch) {
        int row = batch.size++;
        batch.reset(row);
        batch.firstNanos[row] = record.startNanos;
        batch.lastNanos[row] = record.endNanos;
        batch.sourceHigh[row] = from.addressHigh;
        batch.sourceLow[row] = from.addressLow;
        batch.destinationHigh[row] = to.addressHigh;
        batch.destinationLow[row] = to.addressLow;
        batch.sourcePort[row] = from.sourcePort;
        batch.destinationPort[row] = from.destinationPort;
        batch.protocol[row] = (byte) record.protocol;
        batch.tcpFlags[row] = record.protocol == Protocols.TCP ? (byte) from.flags : 0;
        batch.packets[row] = from.packets;
        batch.bytes[row] = from.bytes;
        batch.relation[row] = (byte) relation;
    }
}
