package levee.sharing;

import java.security.SecureRandom;
import java.util.Arrays;
import levee.model.IpAddress;

/** Numbers addresses in the order in which they come, without an object for each. */
final class AddressTable {
    static final int ABSENT = -1;

    private static final int FIRST_ADDRESSES = 16;

    /** Secret, so that nobody outside can choose colliding addresses. */
    private static final long SEED = new SecureRandom().nextLong();

    private final EntryBudget budget;
    private long[] highs = new long[FIRST_ADDRESSES];
    private long[] lows = new long[FIRST_ADDRESSES];

    /** Twice as many slots as there is room for addresses; a slot holds a number plus one. */
    private int[] slots = new int[2 * FIRST_ADDRESSES];

    private int size;
    private boolean refused;

    AddressTable(EntryBudget budget) {
        this.budget = budget;
    }

    int size() {
        return size;
    }

    /** Whether an address was refused because the budget is used up. */
    boolean refused() {
        return refused;
    }

    IpAddress address(int number) {
        return new IpAddress(highs[number], lows[number]);
    }

    /** The number of an address, or {@link #ABSENT}. */
    int find(long high, long low) {
        return slots[slot(high, low)] - 1;
    }

    /** The number of an address, which is added if it is new; {@link #ABSENT} if there is no room. */
    int add(long high, long low) {
        int slot = slot(high, low);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (!budget.take()) {
            refused = true;
            return ABSENT;
        }
        if (size == highs.length) {
            grow();
            slot = slot(high, low);
        }
        highs[size] = high;
        lows[size] = low;
        slots[slot] = ++size;
        return size - 1;
    }

    private int slot(long high, long low) {
        long hash = (low ^ SEED) * 0x9e37_79b9_7f4a_7c15L;
        hash = (Long.rotateLeft(hash, 29) ^ high) * 0xd6e8_feb8_6659_fd93L;
        int slot = (int) (hash ^ hash >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && (lows[slots[slot] - 1] != low || highs[slots[slot] - 1] != high)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        highs = Arrays.copyOf(highs, 2 * size);
        lows = Arrays.copyOf(lows, 2 * size);
        slots = new int[4 * size];
        for (int i = 0; i < size; i++) {
            slots[slot(highs[i], lows[i])] = i + 1;
        }
    }
}
