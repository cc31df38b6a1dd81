package levee.logs;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import levee.telemetry.BatchSource;
import levee.telemetry.ClockGuard;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** Reads a log line by line into rows. Nothing is allocated for a line. */
final class LogReader implements BatchSource {
    // Logs are written at the end of connections and often sorted by their start, so they are out of order by hours.
    private static final long FORWARD_NANOS = Duration.ofDays(7).toNanos();
    private static final long BACKWARD_NANOS = Duration.ofDays(1).toNanos();
    private static final int CONFIRMATIONS = 3;

    private final InputStream in;
    private final LineReader lines;
    private final LineFormat lineFormat;
    private final RecordFormat recordFormat;
    private final Fields fields;
    private final ConnectionRecord record = new ConnectionRecord();
    private final ClockGuard clock = new ClockGuard(FORWARD_NANOS, BACKWARD_NANOS, CONFIRMATIONS);
    private final SourceStatistics statistics = new SourceStatistics();

    /** {@link #record} is the first one of the next batch, which begins anew. */
    private boolean restartPending;

    private long overlongLines;

    LogReader(InputStream in, LineFormat lineFormat, RecordFormat recordFormat, Schema schema) {
        this.in = in;
        this.lineFormat = lineFormat;
        this.recordFormat = recordFormat;
        lines = new LineReader(in);
        fields = new Fields(schema.size());
    }

    /** {@inheritDoc} If the input fails, the batch holds what was read before. */
    @Override
    public boolean fill(FlowBatch batch) throws IOException {
        if (batch.capacity < RecordWriter.ROWS) {
            throw new IllegalArgumentException("a batch of " + batch.capacity + " rows holds no connection");
        }
        batch.clear(FlowBatch.Rows.CONNECTIONS);
        if (restartPending) {
            restartPending = false;
            batch.restart = true;
            write(batch);
        }
        while (batch.remaining() >= RecordWriter.ROWS) {
            if (!nextLine()) {
                return false;
            }
            if (readRecord() && !judge(batch)) {
                return true;
            }
        }
        return true;
    }

    private boolean nextLine() throws IOException {
        try {
            return lines.next();
        } finally {
            statistics.bytes = lines.bytesRead();
            for (; overlongLines < lines.overlongLines(); overlongLines++) {
                statistics.rejections.count(RejectionReason.UNREADABLE_LINE);
            }
        }
    }

    private boolean readRecord() {
        return switch (lineFormat.read(lines.buffer(), lines.start(), lines.end(), fields)) {
            case RECORD -> {
                statistics.flows++;
                yield recordFormat.read(fields, record, statistics.rejections);
            }
            case OTHER -> false;
            case UNREADABLE -> {
                statistics.rejections.count(RejectionReason.UNREADABLE_LINE);
                yield false;
            }
        };
    }

    /** Adds the record to the batch unless its time is wrong; false if it has to wait for the next batch. */
    private boolean judge(FlowBatch batch) {
        switch (clock.judge(record.endNanos)) {
            case ACCEPT -> write(batch);
            case REJECT -> statistics.rejections.count(RejectionReason.CLOCK_LEAP);
            case RESTART -> {
                if (batch.size > 0) {
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
        statistics.time(record.startNanos);
        statistics.time(record.endNanos);
        RecordWriter.write(record, batch);
    }

    @Override
    public SourceStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
