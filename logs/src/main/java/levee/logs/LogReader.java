package levee.logs;

import java.io.IOException;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/** Puts the records of one log, or of several, into batches. */
final class LogReader implements BatchSource {
    private final RecordSource records;
    private final FlowBatch.Rows rows;
    private final SourceStatistics statistics;

    /** The present record is the first one of the next batch, which begins anew. */
    private boolean restartPending;

    /** @param statistics of the records */
    LogReader(RecordSource records, FlowBatch.Rows rows, SourceStatistics statistics) {
        this.records = records;
        this.rows = rows;
        this.statistics = statistics;
    }

    /** {@inheritDoc} If the input fails, the batch holds what was read before. */
    @Override
    public boolean fill(FlowBatch batch) throws IOException {
        if (batch.capacity < RecordFormat.MOST) {
            throw new IllegalArgumentException("a batch of " + batch.capacity + " rows holds no connection");
        }
        batch.clear(rows);
        if (restartPending) {
            restartPending = false;
            batch.restart = true;
            write(batch);
        }
        while (RecordFormat.fits(batch)) {
            if (!records.advance()) {
                return false;
            }
            boolean begun = batch.size > 0 || batch.events.size > 0;
            if (records.restarts() && begun) {
                restartPending = true;
                return true;
            }
            batch.restart |= records.restarts();
            write(batch);
        }
        return true;
    }

    private void write(FlowBatch batch) {
        RecordFormat record = records.record();
        statistics.time(record.startNanos());
        statistics.time(record.endNanos());
        record.write(batch);
    }

    @Override
    public SourceStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
