package levee.logs;

import java.io.IOException;
import java.time.Duration;
import levee.telemetry.ClockGuard;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** The records of one log whose times can be right. */
final class ClockedLog implements RecordSource {
    // Logs are written at the end of connections and often sorted by their start, so they are out of order by hours.
    static final long FORWARD_NANOS = Duration.ofDays(7).toNanos();
    static final long BACKWARD_NANOS = Duration.ofDays(1).toNanos();

    private static final int CONFIRMATIONS = 3;

    private final LogLines lines;
    private final SourceStatistics statistics;
    private final ClockGuard clock = new ClockGuard(FORWARD_NANOS, BACKWARD_NANOS, CONFIRMATIONS);
    private boolean restarts;

    ClockedLog(LogLines lines, SourceStatistics statistics) {
        this.lines = lines;
        this.statistics = statistics;
    }

    /** Lets the clock begin at this time, where it is known before the first record is read. */
    void beginAt(long nanos) {
        clock.judge(nanos);
    }

    @Override
    public boolean advance() throws IOException {
        while (lines.advance()) {
            ClockGuard.Verdict verdict = clock.judge(lines.record().endNanos());
            if (verdict != ClockGuard.Verdict.REJECT) {
                restarts = verdict == ClockGuard.Verdict.RESTART;
                return true;
            }
            statistics.rejections.count(RejectionReason.CLOCK_LEAP);
        }
        return false;
    }

    @Override
    public boolean restarts() {
        return restarts;
    }

    @Override
    public RecordFormat record() {
        return lines.record();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
