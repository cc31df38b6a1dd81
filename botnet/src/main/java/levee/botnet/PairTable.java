package levee.botnet;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and the servers to which they come back. Bounded: a bucket that is full gives up the pair that means least. Who meets
 * a server only once is not here at all when the table fills up, since an attacker chooses whom to meet.
 */
final class PairTable {
    private static final int WAYS = 8;

    private final @Nullable Pair[] slots;
    private final long[] keys;
    private final Consumer<Pair> forgotten;
    private int size;
    private long evicted;

    /**
     * @param capacity pairs at the most; a power of two
     * @param forgotten is told of each that makes way
     */
    PairTable(int capacity, Consumer<Pair> forgotten) {
        slots = new Pair[capacity];
        keys = new long[capacity];
        this.forgotten = forgotten;
    }

    /** Whether there is room for pairs of which nothing is known yet. */
    boolean hasPlenty() {
        return size < slots.length / 4;
    }

    long evicted() {
        return evicted;
    }

    /** Reads what {@link #find} will need, so that it is at hand then; what is returned means nothing. */
    long fetch(long key) {
        int first = first(key);
        return keys[first] + keys[first + WAYS - 1] + (slots[first] == null ? 1 : 0);
    }

    @Nullable
    Pair find(long key) {
        int first = first(key);
        for (int at = first; at < first + WAYS; at++) {
            if (keys[at] == key) {
                return slots[at];
            }
        }
        return null;
    }

    void add(Pair added) {
        int first = first(added.key);
        int chosen = first;
        double least = Double.MAX_VALUE;
        for (int at = first; at < first + WAYS; at++) {
            Pair pair = slots[at];
            if (pair == null) {
                slots[at] = added;
                keys[at] = added.key;
                size++;
                return;
            }
            double worth = pair.interest * 1e6 + Math.min(pair.attempts, 1_000) * 600.0 + pair.lastNanos / 1e9;
            if (worth < least) {
                least = worth;
                chosen = at;
            }
        }
        Pair gone = slots[chosen];
        if (gone != null) {
            forgotten.accept(gone);
            evicted++;
        }
        slots[chosen] = added;
        keys[chosen] = added.key;
    }

    void remove(Pair pair) {
        int first = first(pair.key);
        for (int at = first; at < first + WAYS; at++) {
            if (pair.equals(slots[at])) {
                slots[at] = null;
                keys[at] = 0;
                size--;
                forgotten.accept(pair);
            }
        }
    }

    /** Forgets all, of which each is let go as if it made way. */
    void clear() {
        for (Pair pair : slots) {
            if (pair != null) {
                forgotten.accept(pair);
            }
        }
        Arrays.fill(slots, null);
        Arrays.fill(keys, 0);
        size = 0;
    }

    private int first(long key) {
        return ((int) (key >>> 20) & slots.length / WAYS - 1) * WAYS;
    }
}
