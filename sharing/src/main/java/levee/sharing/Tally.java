package levee.sharing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts how often each value occurs. Where there are too many different ones, further ones count to the total only. */
final class Tally {
    /** All ports and all lengths of IP packets find room. */
    private static final int MOST_VALUES = 1 << 16;

    private static final int FIRST_SLOTS = 16;

    private final int mostValues;
    private long[] values = new long[FIRST_SLOTS];

    /** Zero marks a free slot. */
    private long[] counts = new long[FIRST_SLOTS];

    private int size;
    private long total;

    Tally() {
        this(MOST_VALUES);
    }

    /** @param mostValues different values that are told apart at the most */
    Tally(int mostValues) {
        this.mostValues = mostValues;
    }

    /** A value and how often it occurs. */
    record Entry(long value, long count) {}

    /** @return whether the value is new and found room */
    boolean add(long value, long count) {
        if (count <= 0) {
            return false;
        }
        total += count;
        int slot = slot(value);
        if (counts[slot] != 0) {
            counts[slot] += count;
            return false;
        }
        if (size == mostValues) {
            return false;
        }
        if (2 * (size + 1) > values.length) {
            grow();
            slot = slot(value);
        }
        values[slot] = value;
        counts[slot] = count;
        size++;
        return true;
    }

    /** Counts what is not told apart. */
    void addOther(long count) {
        total += count;
    }

    boolean has(long value) {
        return counts[slot(value)] != 0;
    }

    private int slot(long value) {
        long hash = value * 0x9e37_79b9_7f4a_7c15L;
        int slot = (int) (hash >>> 32) & values.length - 1;
        while (counts[slot] != 0 && values[slot] != value) {
            slot = slot + 1 & values.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldValues = values;
        long[] oldCounts = counts;
        values = new long[2 * oldValues.length];
        counts = new long[values.length];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldValues[i]);
                values[slot] = oldValues[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** How many different values were told apart. */
    int size() {
        return size;
    }

    long total() {
        return total;
    }

    /** The most common values that each make up at least {@code share}, the most common first. */
    List<Entry> atLeast(double share) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (counts[i] != 0 && counts[i] >= share * total) {
                entries.add(new Entry(values[i], counts[i]));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::count).reversed().thenComparingLong(Entry::value));
        return entries;
    }
}
