package levee.botnet;

import java.util.Arrays;

/**
 * What is known of hosts and the servers they come back to that have no place in the {@link PairTable}: when they met last, how long
 * after the time before, how often that was as long as ever, and how often it failed. Eight bytes each, so that millions wait
 * until they show a beat or a dead server and are worth a closer look. Not exact: two pairs may share a cell, and a bucket that is
 * full forgets the one that shows least.
 */
final class PairSketch {
    /** Gaps in a row that are alike, or failures, from which on a pair is worth a place. */
    static final int ENOUGH_ALIKE = 4;

    static final int ENOUGH_FAILED = 5;

    private static final int WAYS = 8;

    /** Gaps that differ by less are alike: whoever keeps a beat may still hesitate. */
    private static final double ALIKE = 0.3;

    /** What one gap alike, or one failure, is worth when it is decided who is forgotten: an hour of silence. */
    private static final int WORTH_SECONDS = 3_600;

    private static final int LATEST_SECONDS = 3_600;

    // A cell, from its highest bits: a part of the key, time, gap, gaps alike, failures.
    private static final int TAG_BITS = 20;
    private static final int TIME_BITS = 20;
    private static final int GAP_BITS = 14;
    private static final int COUNT_BITS = 5;
    private static final int ALIKE_SHIFT = COUNT_BITS;
    private static final int GAP_SHIFT = ALIKE_SHIFT + COUNT_BITS;
    private static final int TIME_SHIFT = GAP_SHIFT + GAP_BITS;
    private static final int TAG_SHIFT = TIME_SHIFT + TIME_BITS;
    private static final int TIME_MASK = (1 << TIME_BITS) - 1;
    private static final int GAP_MASK = (1 << GAP_BITS) - 1;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    private final long[] cells;

    /** @param capacity pairs that it knows of at the most; a power of two of at least 8 */
    PairSketch(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        cells = new long[capacity];
    }

    /** Reads what {@link #note} will need, so that it is at hand then; what is returned means nothing. */
    long fetch(long key) {
        return cells[first(key)] + cells[first(key) + WAYS - 1];
    }

    private int first(long key) {
        return (int) (key >>> 8) & cells.length - 1 & -WAYS;
    }

    /**
     * Notes a contact, or that one goes on.
     *
     * @param seconds since 1970
     * @return whether the pair is worth a place; the sketch forgets it then
     */
    boolean note(long key, int seconds, boolean hasFailed) {
        int first = first(key);
        long tag = key >>> 64 - TAG_BITS | 1;
        int chosen = first;
        long least = Long.MAX_VALUE;
        for (int at = first; at < first + WAYS; at++) {
            long cell = cells[at];
            if (cell >>> TAG_SHIFT == tag) {
                return goOn(at, seconds, hasFailed);
            }
            long rank = cell == 0 ? Long.MIN_VALUE : worth(cell, seconds);
            if (rank < least) {
                least = rank;
                chosen = at;
            }
        }
        cells[chosen] = tag << TAG_SHIFT | (long) (seconds & TIME_MASK) << TIME_SHIFT | (hasFailed ? 1 : 0);
        return false;
    }

    private boolean goOn(int at, int seconds, boolean hasFailed) {
        long cell = cells[at];
        int gap = Math.min(GAP_MASK, silence(cell, seconds));
        int gapBefore = (int) (cell >>> GAP_SHIFT) & GAP_MASK;
        int alike = (int) (cell >>> ALIKE_SHIFT) & COUNT_MASK;
        int failed = (int) cell & COUNT_MASK;
        // Of those that are longer than can be told, nobody knows whether they are alike.
        if (gap > 0 && gap < GAP_MASK) {
            boolean isAlike = Math.abs(gap - gapBefore) <= ALIKE * Math.max(gap, gapBefore);
            alike = isAlike ? Math.min(COUNT_MASK, alike + 1) : alike / 2;
        }
        failed = Math.min(COUNT_MASK, failed + (hasFailed ? 1 : 0));
        if (alike >= ENOUGH_ALIKE || failed >= ENOUGH_FAILED) {
            cells[at] = 0;
            return true;
        }
        cells[at] = cell >>> TAG_SHIFT << TAG_SHIFT
                | (long) (seconds & TIME_MASK) << TIME_SHIFT
                | (long) (gap > 0 ? gap : gapBefore) << GAP_SHIFT
                | (long) alike << ALIKE_SHIFT
                | failed;
        return false;
    }

    private static long worth(long cell, int seconds) {
        int shown = ((int) (cell >>> ALIKE_SHIFT) & COUNT_MASK) + ((int) cell & COUNT_MASK);
        return (long) shown * WORTH_SECONDS - silence(cell, seconds);
    }

    /** For how long nothing was heard, up to twelve days; rows may come up to an hour late. */
    private static int silence(long cell, int seconds) {
        int silence = seconds - (int) (cell >>> TIME_SHIFT) & TIME_MASK;
        return silence > TIME_MASK - LATEST_SECONDS ? 0 : silence;
    }

    void clear() {
        Arrays.fill(cells, 0);
    }
}
