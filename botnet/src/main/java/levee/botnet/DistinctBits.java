package levee.botnet;

import levee.detection.HeavyTable;

/**
 * Counts distinct keys in a few counters of a {@link HeavyTable}, used as bits: linear counting (Whang, Vander-Zanden, Taylor
 * 1990). That a key is counted once costs no memory of its own. Where all bits are set, the count is a lower bound.
 */
final class DistinctBits {
    private DistinctBits() {}

    /** Whether the key, or one that looks like it, was counted. @param hash of the key */
    static boolean isMarked(HeavyTable table, int entry, int first, int words, long hash) {
        long mixed = mix(hash);
        return (table.value(entry, first + word(words, mixed)) >>> mixed & 1) != 0;
    }

    /** Counts a key. @param at the first of the counters, as in {@link HeavyTable#add} */
    static void mark(HeavyTable table, int at, int words, long hash) {
        long mixed = mix(hash);
        int counter = at + word(words, mixed);
        table.set(counter, table.value(counter) | 1L << mixed);
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

    /** Mixes what may be a mere product: of numbers in a row these are spread too evenly to be counted so. */
    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51_afd7_ed55_8ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** The last six bits say which bit. @param words a power of two */
    private static int word(int words, long mixed) {
        return (int) (mixed >>> 6) & words - 1;
    }
}
