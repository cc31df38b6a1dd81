package levee.archive;

import java.util.Arrays;
import levee.telemetry.Hashing;

/** The addresses of a block, numbered in the order in which they come up. */
final class AddressDictionary {
    private static final int MOST = 2 * FlowBlock.CAPACITY;
    private static final int SLOTS = 4 * FlowBlock.CAPACITY;

    final long[] high = new long[MOST];
    final long[] low = new long[MOST];
    int size;

    private final long seed;

    /** Number of the address from 1 on; 0 where a slot is free. */
    private final char[] slots = new char[SLOTS];

    /** @param seed secret, so that nobody outside can choose colliding addresses */
    AddressDictionary(long seed) {
        this.seed = seed;
    }

    void clear() {
        size = 0;
        Arrays.fill(slots, (char) 0);
    }

    /** 0 if the address is new, and gets the next number by that; else its number from 1 on. */
    int code(long addressHigh, long addressLow) {
        int at = (int) Hashing.hash(seed, addressHigh, addressLow) & SLOTS - 1;
        while (true) {
            int number = slots[at];
            if (number == 0) {
                high[size] = addressHigh;
                low[size] = addressLow;
                size++;
                slots[at] = (char) size;
                return 0;
            }
            if (low[number - 1] == addressLow && high[number - 1] == addressHigh) {
                return number;
            }
            at = at + 1 & SLOTS - 1;
        }
    }
}
