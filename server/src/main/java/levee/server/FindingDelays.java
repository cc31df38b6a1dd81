package levee.server;

import java.time.Duration;
import java.util.Arrays;

/** How long attacks lasted before they were found, as a histogram. Not safe for several threads. */
final class FindingDelays {
    private static final double[] BOUNDS_SECONDS = {0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600};

    private final long[] counts;
    private double sumSeconds;

    FindingDelays() {
        this(new long[BOUNDS_SECONDS.length + 1], 0);
    }

    private FindingDelays(long[] counts, double sumSeconds) {
        this.counts = counts;
        this.sumSeconds = sumSeconds;
    }

    void add(Duration delay) {
        // A clock that is ahead may make it negative.
        double seconds = Math.max(0, delay.toSeconds() + delay.getNano() / 1e9);
        int slot = 0;
        while (slot < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[slot]) {
            slot++;
        }
        counts[slot]++;
        sumSeconds += seconds;
    }

    FindingDelays copy() {
        return new FindingDelays(counts.clone(), sumSeconds);
    }

    double sumSeconds() {
        return sumSeconds;
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    /** Upper bounds, without the last, infinite one. */
    static double[] boundsSeconds() {
        return BOUNDS_SECONDS.clone();
    }

    /** How many took no longer than the bound of this index. */
    long upTo(int bound) {
        return Arrays.stream(counts, 0, bound + 1).sum();
    }
}
