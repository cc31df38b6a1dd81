package levee.botnet;

import java.time.Instant;
import levee.model.FindingId;

/** What was told of an open finding: only substantial changes are worth another word, and that at most once a minute. */
final class Telling {
    static final long PAUSE_NANOS = 60_000_000_000L;

    /** How much more there must be. */
    private static final int SUBSTANTIAL = 2;

    final String id;
    final Instant start;
    private long toldNanos;
    private long toldAmount;

    Telling(String kind, String subject, long startNanos) {
        start = instant(startNanos);
        id = FindingId.of(kind, subject, start);
    }

    boolean isDue(long nowNanos, long amount) {
        return nowNanos - toldNanos >= PAUSE_NANOS && amount / SUBSTANTIAL >= toldAmount;
    }

    /** Lets a change of kind be told as soon as the pause is over. */
    void surprise() {
        toldAmount = 0;
    }

    void told(long nowNanos, long amount) {
        toldNanos = nowNanos;
        toldAmount = Math.max(1, amount);
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
