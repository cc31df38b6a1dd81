package levee.alert;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Longer and longer waits, spread so that many senders do not come back at the same time. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * Half to all of the first wait doubled for each failure after the first, at most the longest.
     *
     * @param failures 1 or more
     */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, 30);
        long millis = Math.min(longest.toMillis(), first.toMillis() * (1L << doublings));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis - millis / 2 + 1));
    }
}
