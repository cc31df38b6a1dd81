package levee.alert;

import java.time.Duration;
import java.time.Instant;

/** Limits how fast alerts go out. */
final class TokenBucket {
    private final Pace pace;
    private Instant fullAt = Instant.MIN;

    TokenBucket(Pace pace) {
        this.pace = pace;
    }

    /** When the next one may go out; in the past where it may at once. */
    Instant next() {
        return fullAt.equals(Instant.MIN) ? fullAt : fullAt.minus(pace.refill().multipliedBy(pace.burst() - 1L));
    }

    void take(Instant now) {
        // A clock that was set back does not stop alerts for longer than an empty bucket does.
        Duration whole = pace.refill().multipliedBy(pace.burst());
        Instant from = fullAt.isBefore(now) ? now : fullAt;
        Instant full = from.plus(pace.refill());
        fullAt = full.isAfter(now.plus(whole)) ? now.plus(whole) : full;
    }

    boolean isEmpty(Instant now) {
        Instant next = next();
        return now.isBefore(next) && next.isBefore(now.plus(pace.refill().multipliedBy(pace.burst())));
    }
}
