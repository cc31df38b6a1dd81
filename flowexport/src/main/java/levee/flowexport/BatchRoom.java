package levee.flowexport;

import levee.telemetry.FlowBatch;

/** Whether a batch takes rows of a kind. */
final class BatchRoom {
    private BatchRoom() {}

    /** Makes an empty batch one of this kind; false if it holds others, or has no room for so many rows. */
    static boolean prepare(FlowBatch batch, FlowBatch.Rows kind, int rows) {
        if (batch.capacity < rows) {
            throw new IllegalArgumentException("a batch of " + batch.capacity + " rows is too small");
        }
        if (batch.size == 0) {
            if (batch.rows != kind) {
                boolean restart = batch.restart;
                batch.clear(kind);
                batch.restart = restart;
            }
            return true;
        }
        return batch.rows == kind && batch.remaining() >= rows;
    }
}
