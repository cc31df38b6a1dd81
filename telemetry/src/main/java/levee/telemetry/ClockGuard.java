package levee.telemetry;

/**
 * Tells a wrong timestamp from a clock that really moved. A time that leaps is believed only when the next rows agree
 * with it: a single packet from another decade is rejected, a merged capture goes on at its new time.
 */
public final class ClockGuard {
    /** What to do with a row. */
    public enum Verdict {
        ACCEPT,
        /** Use no such row. */
        REJECT,
        /** Use the row; all that is open ended before it. */
        RESTART
    }

    private final long forwardNanos;
    private final long backwardNanos;
    private final int confirmations;
    private boolean started;
    private long current;
    private long candidate;
    private int agreeing;

    /**
     * @param forwardNanos how far time may go forward at once
     * @param backwardNanos how far rows may be out of order
     * @param confirmations how many rows after a leap must agree with it; until then they are rejected
     */
    public ClockGuard(long forwardNanos, long backwardNanos, int confirmations) {
        this.forwardNanos = forwardNanos;
        this.backwardNanos = backwardNanos;
        this.confirmations = confirmations;
    }

    public Verdict judge(long nanos) {
        if (!started) {
            started = true;
            current = nanos;
            return Verdict.ACCEPT;
        }
        if (near(current, nanos)) {
            current = Math.max(current, nanos);
            agreeing = 0;
            return Verdict.ACCEPT;
        }
        if (agreeing > 0 && near(candidate, nanos)) {
            candidate = Math.max(candidate, nanos);
            if (agreeing >= confirmations) {
                current = candidate;
                agreeing = 0;
                return Verdict.RESTART;
            }
            agreeing++;
            return Verdict.REJECT;
        }
        candidate = nanos;
        agreeing = 1;
        return Verdict.REJECT;
    }

    /** Overflow is no trouble: a difference that overflows is taken for a leap. */
    private boolean near(long reference, long nanos) {
        long difference = nanos - reference;
        if (((nanos ^ reference) & (nanos ^ difference)) < 0) {
            return false;
        }
        return difference <= forwardNanos && difference >= -backwardNanos;
    }
}
