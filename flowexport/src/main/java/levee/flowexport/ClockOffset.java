package levee.flowexport;

import java.util.concurrent.TimeUnit;

/**
 * How far an exporter's clock is behind the receiver's: the time of receipt less the time of export. Datagrams take
 * their time and headers have whole seconds, both of which only add, so the smallest of the last minutes is the best
 * estimate. Used under the exporter's lock.
 */
final class ClockOffset {
    /** Smaller offsets are left as they are: no clock in a header is better. */
    private static final long NEGLIGIBLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The smallest of at least one and at most two such windows is taken. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A step of more is believed after some datagrams that agree: one header proves nothing. */
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int CONFIRMATIONS = 3;

    private boolean started;
    private long previousSmallest;
    private long smallest;
    private long windowEndNanos;
    private long candidate;
    private int agreeing;

    /** Takes account of a datagram. Times are nanoseconds since 1970. */
    void add(long receivedNanos, long exportNanos) {
        long offset = receivedNanos - exportNanos;
        if (!started) {
            begin(receivedNanos, offset);
            return;
        }
        long estimate = estimate();
        // Datagrams in a queue of the network are late, never early; but a clock may be set either way.
        if (Math.abs(offset - estimate) > STEP_NANOS) {
            if (agreeing > 0 && Math.abs(offset - candidate) <= STEP_NANOS) {
                candidate = offset;
                agreeing++;
                if (agreeing >= CONFIRMATIONS) {
                    begin(receivedNanos, offset);
                }
            } else {
                candidate = offset;
                agreeing = 1;
            }
            return;
        }
        agreeing = 0;
        if (receivedNanos >= windowEndNanos) {
            previousSmallest = smallest;
            smallest = offset;
            windowEndNanos = receivedNanos + WINDOW_NANOS;
        } else {
            smallest = Math.min(smallest, offset);
        }
    }

    private void begin(long receivedNanos, long offset) {
        started = true;
        previousSmallest = offset;
        smallest = offset;
        windowEndNanos = receivedNanos + WINDOW_NANOS;
        agreeing = 0;
    }

    private long estimate() {
        return Math.min(previousSmallest, smallest);
    }

    /** The offset in nanoseconds; positive where the exporter's clock is behind. */
    long nanos() {
        return started ? estimate() : 0;
    }

    /** What to add to the exporter's times; zero for an offset of less than a second. */
    long correctionNanos() {
        long nanos = nanos();
        return Math.abs(nanos) < NEGLIGIBLE_NANOS ? 0 : nanos;
    }
}
