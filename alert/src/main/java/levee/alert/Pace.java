package levee.alert;

import java.time.Duration;

/**
 * How fast a channel may send: a token bucket.
 *
 * @param burst how many alerts may go out at once, 1 or more
 * @param refill the time in which one more may go out
 */
public record Pace(int burst, Duration refill) {
    public Pace {
        if (burst < 1 || refill.isNegative() || refill.isZero()) {
            throw new IllegalArgumentException("a pace needs a burst of 1 or more and a time to refill above 0");
        }
    }
}
