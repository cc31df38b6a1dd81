package levee.detection;

import java.util.Arrays;

/**
 * Counts rows of prefixes and classes over about a second, so coarsely that it costs next to nothing: pairs that share
 * a counter are not told apart. A pair whose counter stays low needs no closer look.
 */
public final class PrefixGate {
    private static final int COUNTERS = 1 << 12;

    private final int most;
    private final int[] counters = new int[COUNTERS];

    /** @param most the largest threshold that will be asked for */
    public PrefixGate(int most) {
        this.most = most;
    }

    /**
     * Counts a row.
     *
     * @param pair see {@link CandidateTable#pair}
     * @param threshold rows within a second from which on such a pair needs a closer look
     * @return whether the pair needs a closer look
     */
    public boolean opens(long pair, int threshold) {
        return ++counters[(int) pair & COUNTERS - 1] >= threshold;
    }

    /** Takes a row back: it turned out to be harmless. */
    public void takeBack(long pair) {
        counters[(int) pair & COUNTERS - 1]--;
    }

    /** Begins another second. A pair that was busy needs fewer rows to be looked at again. */
    public void nextSecond() {
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = Math.clamp(counters[i] / 2, 0, most);
        }
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(counters, 0);
    }
}
