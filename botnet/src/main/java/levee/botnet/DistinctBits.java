package levee.botnet;

import levee.detection.HeavyTable;

/**
 * Counts distinct keys in a few counters of a {@link HeavyTable}, used as bits: linear counting (Whang, Vander-Zanden, Taylor
 * 1990). That a key is counted once costs no memory of its own. Where all bits are set, the count is a lower bound.
 */
final class DistinctBits {
    private DistinctBits() {}

    /** Whether the key, or one that looks like it, was counted. @param hash of the key, well mixed */
    static boolean isMarked(HeavyTable table, int entry, int first, int words, long hash) {
        return (table.value(entry, first + word(words, hash)) >>> hash & 1) != 0;
    }

    /** Counts a key. @param at the first of the counters, as in {@link HeavyTable#add} */
    static void mark(HeavyTable table, int at, int words, long hash) {
        int counter = at + word(words, hash);
        table.set(counter, table.value(counter) | 1L << hash);
    }

    /** How many keys were counted. @param first of the counters of the entry */
    static long estimate(HeavyTable table, int entry, int first, int words) {
        int set = 0;
        for (int word = 0; word < words; word++) {
            set += Long.bitCount(table.value(entry, first + word));
        }
        return estimate(set, words * Long.SIZE);
    }

    /** How many keys set so many bits of so many. */
    static long estimate(int set, int bits) {
        int free = Math.max(1, bits - set);
        return Math.max(set, Math.round(bits * Math.log((double) bits / free)));
    }

    /** The last six bits of the hash say which bit; others which word. @param words a power of two */
    private static int word(int words, long hash) {
        return (int) (hash >>> 40) & words - 1;
    }
}
