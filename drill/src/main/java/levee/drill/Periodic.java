package levee.drill;

import java.time.Duration;
import java.util.SplittableRandom;

/** Does the same again and again, until an end. */
final class Periodic implements Actor {
    /** What is done; lets others act now or later. */
    @FunctionalInterface
    interface Turn {
        void take(Stage stage);
    }

    private final long periodNanos;
    private final double jitter;
    private final long endNanos;
    private final SplittableRandom random;
    private final Turn turn;

    /** @param jitter how much shorter or longer a period is at the most, as a part of it */
    Periodic(Duration period, double jitter, long endNanos, SplittableRandom random, Turn turn) {
        periodNanos = period.toNanos();
        this.jitter = jitter;
        this.endNanos = endNanos;
        this.random = random;
        this.turn = turn;
    }

    @Override
    public long act(Stage stage) {
        turn.take(stage);
        long next = stage.now + (long) (periodNanos * (1 + jitter * (2 * random.nextDouble() - 1)));
        return next < endNanos ? next : NEVER;
    }
}
