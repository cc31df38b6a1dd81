package levee.model;

import java.time.Instant;

/** Times as rows of traffic have them: nanoseconds since 1970-01-01T00:00Z, from the year 1677 to 2262. */
public final class EpochNanos {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private EpochNanos() {}

    public static long of(Instant time) {
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }
}
