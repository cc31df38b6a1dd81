package levee.attack;

import org.jspecify.annotations.Nullable;

/**
 * The targets that are looked at more closely, found by the hash of their address without allocating. Most addresses
 * are not among them, and a few bits that stay in the fastest cache say so.
 */
final class TargetTable {
    private static final int FILTER_BITS = 1 << 15;

    private final int mask;
    private final @Nullable Target[] slots;
    private final byte[] filter = new byte[FILTER_BITS / 8];
    private final short[] filterCounts = new short[FILTER_BITS];

    /** @param capacity targets held at the most; a power of two */
    TargetTable(int capacity) {
        slots = new Target[capacity * 2];
        mask = slots.length - 1;
    }

    /** Whether a target may have this hash; false means that none has. */
    boolean mayHold(long hash) {
        int bit = filterBit(hash);
        return (filter[bit >>> 3] >>> (bit & 7) & 1) != 0;
    }

    private static int filterBit(long hash) {
        return (int) (hash >>> 40) & FILTER_BITS - 1;
    }

    /** @param hash see {@link Target#hash} */
    @Nullable
    Target find(long hash, long high, long low, int bits) {
        int slot = (int) hash & mask;
        for (Target target = slots[slot]; target != null; target = slots[slot]) {
            if (target.low == low && target.high == high && target.bits == bits) {
                return target;
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    void add(Target target) {
        int slot = (int) target.hash & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = target;
        int bit = filterBit(target.hash);
        filterCounts[bit]++;
        filter[bit >>> 3] |= (byte) (1 << (bit & 7));
    }

    void remove(Target target) {
        int hole = (int) target.hash & mask;
        while (slots[hole] != target) {
            hole = hole + 1 & mask;
        }
        slots[hole] = null;
        // What was pushed on by the removed one moves back (Knuth 6.4, algorithm R).
        int slot = hole + 1 & mask;
        for (Target next = slots[slot]; next != null; next = slots[slot]) {
            int distanceFromHome = slot - (int) next.hash & mask;
            if (distanceFromHome >= (slot - hole & mask)) {
                slots[hole] = next;
                slots[slot] = null;
                hole = slot;
            }
            slot = slot + 1 & mask;
        }
        int bit = filterBit(target.hash);
        if (--filterCounts[bit] == 0) {
            filter[bit >>> 3] &= (byte) ~(1 << (bit & 7));
        }
    }
}
