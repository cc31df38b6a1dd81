package levee.attack;

import levee.telemetry.Hashing;
import org.jspecify.annotations.Nullable;

/** The targets that are looked at more closely, found by address without allocating. */
final class TargetTable {
    private final long seed;
    private final int mask;
    private final @Nullable Target[] slots;

    /** @param capacity targets held at the most; a power of two */
    TargetTable(int capacity, long seed) {
        this.seed = seed;
        slots = new Target[capacity * 4];
        mask = slots.length - 1;
    }

    @Nullable Target find(long high, long low, int bits) {
        int slot = home(high, low, bits);
        for (Target target = slots[slot]; target != null; target = slots[slot]) {
            if (target.low == low && target.high == high && target.bits == bits) {
                return target;
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    void add(Target target) {
        int slot = home(target.high, target.low, target.bits);
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = target;
    }

    void remove(Target target) {
        int hole = home(target.high, target.low, target.bits);
        while (slots[hole] != target) {
            hole = hole + 1 & mask;
        }
        slots[hole] = null;
        // What was pushed on by the removed one moves back (Knuth 6.4, algorithm R).
        int slot = hole + 1 & mask;
        for (Target next = slots[slot]; next != null; next = slots[slot]) {
            int distanceFromHome = slot - home(next.high, next.low, next.bits) & mask;
            if (distanceFromHome >= (slot - hole & mask)) {
                slots[hole] = next;
                slots[slot] = null;
                hole = slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private int home(long high, long low, int bits) {
        return (int) Hashing.hash(seed + bits, high, low) & mask;
    }
}
