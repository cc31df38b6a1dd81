package levee.access;

import java.time.Duration;
import java.time.Instant;

/** Allows so many at once, and later one more after each step. Not safe for use by several threads. */
final class TokenBucket {
    private final int most;
    private final Duration step;
    private double left;
    private Instant at;

    TokenBucket(int most, Duration step, Instant now) {
        this.most = most;
        this.step = step;
        this.left = most;
        this.at = now;
    }

    private void refill(Instant now) {
        if (now.isAfter(at)) {
            double steps = (double) Duration.between(at, now).toMillis() / step.toMillis();
            left = Math.min(most, left + steps);
            at = now;
        }
    }

    boolean hasOne(Instant now) {
        refill(now);
        return left >= 1;
    }

    void take() {
        left -= 1;
    }

    void giveBack() {
        left = Math.min(most, left + 1);
    }

    /** Until there is one; zero where there is. */
    Duration untilOne(Instant now) {
        refill(now);
        return left >= 1 ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((1 - left) * step.toMillis()));
    }
}
