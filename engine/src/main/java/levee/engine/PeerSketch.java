package levee.engine;

import levee.detection.HeavyTable;

/**
 * About how many different hashes were added: a HyperLogLog (Flajolet and others 2007) of 32 registers of four bits in two
 * counters. The standard error is 1.04 / sqrt(32), a fifth; up to about thirty it is less, and beyond half a million it says
 * too little. Sketches are put together by the greater of each register.
 */
final class PeerSketch {
    /** Counters that it takes. */
    static final int WORDS = 2;

    private static final int REGISTERS = 32;
    private static final int REGISTER_BITS = 4;
    private static final int IN_A_WORD = Long.SIZE / REGISTER_BITS;
    private static final int MOST = (1 << REGISTER_BITS) - 1;
    private static final int INDEX_BITS = 5;
    private static final double ALPHA = 0.697;

    /** Below this many for each register it is better to look how many are empty. */
    private static final double FEW = 2.5;

    private PeerSketch() {}

    /** @param at of the first counter */
    static void add(HeavyTable table, int at, long hash) {
        int register = (int) (hash >>> Long.SIZE - INDEX_BITS);
        // A bit at the end, so that there is always one.
        int rank = Math.min(Long.numberOfLeadingZeros(hash << INDEX_BITS | 1) + 1, MOST);
        int word = at + register / IN_A_WORD;
        int shift = register % IN_A_WORD * REGISTER_BITS;
        long value = table.value(word);
        if ((value >>> shift & MOST) < rank) {
            table.set(word, value & ~((long) MOST << shift) | (long) rank << shift);
        }
    }

    /** The union of two, word by word. */
    static long union(long word, long other) {
        long union = 0;
        for (int shift = 0; shift < Long.SIZE; shift += REGISTER_BITS) {
            union |= Math.max(word >>> shift & MOST, other >>> shift & MOST) << shift;
        }
        return union;
    }

    static long estimate(long first, long second) {
        int empty = 0;
        double sum = 0;
        for (int register = 0; register < REGISTERS; register++) {
            long word = register < IN_A_WORD ? first : second;
            int rank = (int) (word >>> register % IN_A_WORD * REGISTER_BITS) & MOST;
            empty += rank == 0 ? 1 : 0;
            sum += 1.0 / (1 << rank);
        }
        double estimate = ALPHA * REGISTERS * REGISTERS / sum;
        if (estimate <= FEW * REGISTERS && empty > 0) {
            estimate = REGISTERS * Math.log((double) REGISTERS / empty);
        }
        return Math.round(estimate);
    }
}
