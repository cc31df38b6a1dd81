package levee.detection;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.security.SecureRandom;
import java.util.Arrays;
import levee.model.Attack.Count;

/**
 * Counts distinct keys, given as 64-bit hashes: exactly up to a limit, and by an UltraLogLog sketch beyond (Ertl 2023;
 * standard error about 1.2 % at this precision).
 */
public final class DistinctCounter {
    /** Keys that are counted exactly. */
    public static final int EXACT_LIMIT = 65_536;

    /** Odd, and secret: who sends chooses the keys, and could otherwise choose such as all have the same place. */
    private static final long PLACING = new SecureRandom().nextLong() | 1;

    private static final int PRECISION = 12;
    private static final int FIRST_CAPACITY = 64;

    private final MemoryBudget budget;
    private long[] keys = new long[FIRST_CAPACITY];
    private int size;
    private UltraLogLog[] sketch = {};

    /** The keys that were counted before the sketch began, of which there are no fewer, whatever that thinks. */
    private int leastOfSketch;

    /** @param budget for the exact count; where it is used up the sketch begins earlier */
    public DistinctCounter(MemoryBudget budget) {
        this.budget = budget;
    }

    /** @param hash a well-mixed hash of the key */
    public void add(long hash) {
        if (sketch.length > 0) {
            sketch[0].add(hash);
            return;
        }
        long key = hash == 0 ? 1 : hash;
        int mask = keys.length - 1;
        int slot = place(key) & mask;
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return;
            }
            slot = slot + 1 & mask;
        }
        if (size == EXACT_LIMIT || size * 2 == keys.length && !budget.take((long) keys.length * Long.BYTES)) {
            beginSketch();
            sketch[0].add(hash);
            return;
        }
        keys[slot] = key;
        size++;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    /** Whether the key was added; false also where that is no longer known. */
    public boolean contains(long hash) {
        if (sketch.length > 0) {
            return false;
        }
        long key = hash == 0 ? 1 : hash;
        int mask = keys.length - 1;
        int slot = place(key) & mask;
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return true;
            }
            slot = slot + 1 & mask;
        }
        return false;
    }

    private static int place(long key) {
        return (int) (key * PLACING >>> 32);
    }

    private void grow() {
        long[] old = keys;
        keys = new long[old.length * 2];
        int mask = keys.length - 1;
        for (long key : old) {
            if (key != 0) {
                int slot = place(key) & mask;
                while (keys[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                keys[slot] = key;
            }
        }
    }

    private void beginSketch() {
        UltraLogLog estimate = UltraLogLog.create(PRECISION);
        for (long key : keys) {
            if (key != 0) {
                estimate.add(key);
            }
        }
        sketch = new UltraLogLog[] {estimate};
        leastOfSketch = size;
        releaseKeys();
    }

    public long value() {
        return sketch.length == 0 ? size : Math.max(leastOfSketch, Math.round(sketch[0].getDistinctCountEstimate()));
    }

    /** Adds all keys of another counter, so that this one counts the union. */
    public void addAll(DistinctCounter other) {
        if (other.sketch.length == 0) {
            for (long key : other.keys) {
                if (key != 0) {
                    add(key);
                }
            }
            return;
        }
        if (sketch.length == 0) {
            beginSketch();
        }
        sketch[0].add(other.sketch[0]);
        leastOfSketch = Math.max(leastOfSketch, other.leastOfSketch);
    }

    public Count count() {
        return new Count(value(), sketch.length == 0);
    }

    /** Forgets everything. */
    public void clear() {
        releaseKeys();
        size = 0;
        leastOfSketch = 0;
        sketch = new UltraLogLog[0];
    }

    private void releaseKeys() {
        if (keys.length > FIRST_CAPACITY) {
            budget.giveBack((long) (keys.length - FIRST_CAPACITY) * Long.BYTES);
            keys = new long[FIRST_CAPACITY];
        } else {
            Arrays.fill(keys, 0);
        }
    }
}
