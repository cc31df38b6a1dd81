package levee.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import levee.telemetry.FlowBatch;

/**
 * A ring of batches that pass through stages in order (the disruptor of Thompson et al. 2011): the producer fills a
 * batch, each stage in turn works on it in place, and the last one frees it. One thread a stage; nothing is copied.
 */
final class BatchRing {
    private static final int SPINS = 64;
    private static final long PARK_NANOS = 20_000;
    private static final long LONGEST_PARK_NANOS = 200_000;

    private final FlowBatch[] batches;

    /** Batches that the producer and each stage are done with; the producer's first. */
    private final AtomicLong[] done;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile long end = Long.MAX_VALUE;

    /**
     * @param size batches in the ring
     * @param rows rows of a batch
     * @param stages stages behind the producer
     */
    BatchRing(int size, int rows, int stages) {
        batches = new FlowBatch[size];
        for (int i = 0; i < size; i++) {
            batches[i] = new FlowBatch(rows);
        }
        done = new AtomicLong[stages + 1];
        for (int i = 0; i < done.length; i++) {
            done[i] = new AtomicLong();
        }
    }

    /** The batch with the number that the caller works on next. */
    FlowBatch batch(long number) {
        return batches[(int) (number % batches.length)];
    }

    /**
     * Waits until the producer may fill batch {@code number}; false if a stage failed. Who found the ring full waits for a quarter of
     * it, since to sleep and wake up for each batch takes as long as to fill it.
     */
    boolean awaitFree(long number) {
        AtomicLong last = done[done.length - 1];
        long full = number - batches.length;
        if (last.get() <= full) {
            int waits = 0;
            while (last.get() < full + batches.length / 4) {
                if (stopped.get()) {
                    return false;
                }
                idle(waits++);
            }
        }
        return !stopped.get();
    }

    /** Waits until batch {@code number} is ready for a stage, 1 being the first; false at the end. */
    boolean awaitReady(int stage, long number) {
        AtomicLong before = done[stage - 1];
        int waits = 0;
        while (before.get() <= number) {
            if (stopped.get() || number >= end) {
                return false;
            }
            idle(waits++);
        }
        return true;
    }

    /** Whether batch {@code number} is ready for a stage, 1 being the first. */
    boolean isReady(int stage, long number) {
        return done[stage - 1].get() > number;
    }

    /** How many batches the producer has filled. */
    long filled() {
        return done[0].get();
    }

    /** @param waits how often nothing had come */
    private static void idle(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(Math.min((waits - SPINS + 1) * PARK_NANOS, LONGEST_PARK_NANOS));
        }
    }

    /** The producer (0) or a stage is done with batch {@code number}. */
    void done(int stage, long number) {
        done[stage].set(number + 1);
    }

    /** No batch will follow {@code count} batches. */
    void endAfter(long count) {
        end = count;
    }

    /** Makes everybody stop, since a stage failed. */
    void stop() {
        stopped.set(true);
    }
}
