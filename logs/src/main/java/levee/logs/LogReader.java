package levee.logs;

import java.io.IOException;
import java.time.Duration;
import levee.telemetry.BatchSource;
import levee.telemetry.ClockGuard;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** Puts the records of one log, or of several, into batches. */
final class LogReader implements BatchSource {
    // Logs are written at the end of connections and often sorted by their start, so they are out of order by hours.
    private static final long FORWARD_NANOS = Duration.ofDays(7).toNanos();
    private static final long BACKWARD_NANOS = Duration.ofDays(1).toNanos();
    private static final int CONFIRMATIONS = 3;

    private final RecordSource records;
    private final FlowBatch.Rows rows;
    private final SourceStatistics statistics;
    private final ClockGuard clock = new ClockGuard(FORWARD_NANOS, BACKWARD_NANOS, CONFIRMATIONS);

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
            if (!judge(batch)) {
                return true;
            }
        }
        return true;
    }

    /** Adds the record to the batch unless its time is wrong; false if it has to wait for the next batch. */
    private boolean judge(FlowBatch batch) {
        switch (clock.judge(records.record().endNanos())) {
            case ACCEPT -> write(batch);
            case REJECT -> statistics.rejections.count(RejectionReason.CLOCK_LEAP);
            case RESTART -> {
                if (batch.size > 0 || batch.events.size > 0) {
                    restartPending = true;
                    return false;
                }
                batch.restart = true;
                write(batch);
            }
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
