package levee.drill;

import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/** Lets others begin at random times: a Poisson process whose rate may change. */
final class Arrivals implements Actor {
    private static final double NANOS_PER_SECOND = 1e9;

    /** How long to wait where the rate is zero. */
    private static final long IDLE_NANOS = 100_000_000;

    /** Who begins. */
    @FunctionalInterface
    interface Opening {
        Actor open(SplittableRandom random);
    }

    private final LongToDoubleFunction rate;
    private final long endNanos;
    private final SplittableRandom random;
    private final Opening opening;
    private boolean begun;

    /** @param rate of arrivals per second at a time in nanoseconds since 1970 */
    Arrivals(LongToDoubleFunction rate, long endNanos, SplittableRandom random, Opening opening) {
        this.rate = rate;
        this.endNanos = endNanos;
        this.random = random;
        this.opening = opening;
    }

    @Override
    public long act(Stage stage) {
        if (begun) {
            stage.add(stage.now, opening.open(random.split()));
        }
        begun = true;
        double perSecond = rate.applyAsDouble(stage.now);
        if (perSecond <= 0) {
            begun = false;
            return end(stage.now + IDLE_NANOS);
        }
        return end(stage.now + (long) (random.nextExponential() * NANOS_PER_SECOND / perSecond));
    }

    private long end(long nanos) {
        return nanos < endNanos ? nanos : NEVER;
    }
}
