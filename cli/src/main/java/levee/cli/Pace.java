package levee.cli;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import levee.model.EpochNanos;

/** Lets a thread go along with a clock: it sleeps while it is ahead, and learns when it cannot keep up. */
final class Pace {
    /** Thousands of sleeps a second would cost more than what is done between them. */
    static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Beyond that it is not to be made up for: the machine is too slow, was asleep, or its clock was set. */
    static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How often the clock is read by who is late and never waits. */
    private static final int CALLS_BETWEEN_LOOKS = 256;

    private final LongSupplier clock;
    private final Sleeper sleeper;
    private long nowNanos;
    private int calls;

    /** Lets time pass. */
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /** @param clock nanoseconds since 1970 */
    Pace(LongSupplier clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
        nowNanos = clock.getAsLong();
    }

    /** Along with the clock of this machine. */
    static Pace realTime() {
        return new Pace(() -> EpochNanos.of(Instant.now()), TimeUnit.NANOSECONDS::sleep);
    }

    /** What the clock says. */
    Instant now() {
        return Instant.EPOCH.plusNanos(clock.getAsLong());
    }

    /**
     * Waits until a time, in steps of 10 ms.
     *
     * @param meanwhile is told the time after each step
     * @return false if the clock is so far from where it should be that it makes no sense to go on
     */
    boolean await(long nanos, LongConsumer meanwhile) throws InterruptedException {
        if (nanos <= nowNanos) {
            return ++calls % CALLS_BETWEEN_LOOKS != 0 || look() && lateNanos(nanos) <= MOST_NANOS;
        }
        boolean isSound = look();
        while (isSound && nanos > nowNanos) {
            sleeper.sleep(STEP_NANOS);
            long before = nowNanos;
            isSound = look() && nowNanos - before <= MOST_NANOS;
            meanwhile.accept(Math.min(nanos, nowNanos));
        }
        return isSound;
    }

    /** How long ago a time was when the clock was read last; 0 where it is to come. */
    long lateNanos(long nanos) {
        return Math.max(0, nowNanos - nanos);
    }

    /** Reads the clock; false if it was set back. */
    private boolean look() {
        long before = nowNanos;
        nowNanos = clock.getAsLong();
        return nowNanos >= before - MOST_NANOS;
    }
}
