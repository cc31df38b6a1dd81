package levee.detection;

import java.util.Arrays;

/**
 * Counts rows of prefixes and classes over about a second, so coarsely that it costs next to nothing: pairs that share
 * a counter are not told apart. A pair whose counter stays low needs no closer look.
 */
public final class PrefixGate {
    private static final int COUNTERS = 1 << 12;

    private final int threshold;
    private final int[] counters = new int[COUNTERS];

    /** @param threshold rows within a second from which on a pair needs a closer look */
    public PrefixGate(int threshold) {
        this.threshold = threshold;
    }

    /**
     * Counts a row.
     *
     * @param pair see {@link CandidateTable#pair}
     * @return whether the pair needs a closer look
     */
    public boolean opens(long pair) {
        return ++counters[(int) pair & COUNTERS - 1] >= threshold;
    }

    /** Takes a row back: it turned out to be harmless. */
    public void takeBack(long pair) {
        counters[(int) pair & COUNTERS - 1]--;
    }

    /** Begins another second. A pair that was busy needs fewer rows to be looked at again. */
    public void nextSecond() {
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = Math.clamp(counters[i] / 2, 0, threshold);
        }
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(counters, 0);
    }
}
