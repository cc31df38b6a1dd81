package levee.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How many requests a caller may make, by address. Safe for use by many threads. */
public final class RequestLimits {
    private static final int MOST_CALLERS = 10_000;
    private static final int AT_ONCE = 200;
    private static final Duration STEP = Duration.ofMillis(20);

    private final Map<String, TokenBucket> callers = GuessLimits.bounded(MOST_CALLERS);

    /**
     * Asks to answer a request; 50 a second are answered, and 200 at once.
     *
     * @return zero if it may be answered, or how long to wait
     */
    public synchronized Duration ask(String address, Instant now) {
        TokenBucket bucket =
                GuessLimits.bucket(callers, GuessLimits.network(address), () -> new TokenBucket(AT_ONCE, STEP, now));
        Duration delay = bucket.untilOne(now);
        if (delay.isZero()) {
            bucket.take();
        }
        return delay;
    }
}
