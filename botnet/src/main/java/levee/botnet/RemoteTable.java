package levee.botnet;

import org.jspecify.annotations.Nullable;

/**
 * Servers by their key. Bounded: one that has no place shares none, and is known to its own pair only, so that its other guests
 * are not seen.
 */
final class RemoteTable {
    private static final int WAYS = 8;
    private static final int FIRST_BUCKETS = 1 << 8;
    private static final int MOST_BUCKETS = 1 << 16;

    private @Nullable Remote[] slots = new Remote[FIRST_BUCKETS * WAYS];
    private long[] keys = new long[FIRST_BUCKETS * WAYS];

    @Nullable
    Remote find(long key) {
        int first = first(key);
        for (int at = first; at < first + WAYS; at++) {
            if (keys[at] == key) {
                return slots[at];
            }
        }
        return null;
    }

    Remote findOrAdd(long key, long high, long low, int port, int protocol, @Nullable String name, int seconds) {
        int first = first(key);
        int oldest = first;
        for (int at = first; at < first + WAYS; at++) {
            Remote remote = slots[at];
            if (remote == null) {
                Remote added = new Remote(high, low, port, protocol, name, seconds);
                slots[at] = added;
                keys[at] = key;
                return added;
            }
            if (keys[at] == key) {
                return remote;
            }
            Remote candidate = slots[oldest];
            if (candidate != null && remote.lastSeconds < candidate.lastSeconds) {
                oldest = at;
            }
        }
        if (slots.length / WAYS < MOST_BUCKETS) {
            grow();
            return findOrAdd(key, high, low, port, protocol, name, seconds);
        }
        Remote added = new Remote(high, low, port, protocol, name, seconds);
        slots[oldest] = added;
        keys[oldest] = key;
        return added;
    }

    void clear() {
        slots = new Remote[FIRST_BUCKETS * WAYS];
        keys = new long[FIRST_BUCKETS * WAYS];
    }

    private void grow() {
        @Nullable Remote[] old = slots;
        long[] oldKeys = keys;
        slots = new Remote[old.length * 2];
        keys = new long[old.length * 2];
        for (int i = 0; i < old.length; i++) {
            Remote remote = old[i];
            if (remote != null) {
                int first = first(oldKeys[i]);
                int at = first;
                // At most as many come from one bucket as there is room in each of its two halves.
                while (slots[at] != null) {
                    at++;
                }
                slots[at] = remote;
                keys[at] = oldKeys[i];
            }
        }
    }

    private int first(long key) {
        return ((int) (key >>> 16) & slots.length / WAYS - 1) * WAYS;
    }
}
