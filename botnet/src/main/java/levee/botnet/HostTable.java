package levee.botnet;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All own hosts. Bounded: where no more fit, those that have been silent longest and show nothing make way. */
final class HostTable {
    private static final int WAYS = 8;
    private static final int FIRST_BUCKETS = 1 << 9;

    private final int mostBuckets;
    private final Consumer<Host> forgotten;
    private @Nullable Host[] slots = new Host[FIRST_BUCKETS * WAYS];
    private long[] hashes = new long[FIRST_BUCKETS * WAYS];
    private int size;
    private int nextPart;
    private long evicted;

    /**
     * @param capacity about how many hosts are kept; a power of two
     * @param forgotten is told of each that makes way
     */
    HostTable(int capacity, Consumer<Host> forgotten) {
        mostBuckets = Math.max(FIRST_BUCKETS, capacity / WAYS * 2);
        this.forgotten = forgotten;
    }

    int size() {
        return size;
    }

    long evicted() {
        return evicted;
    }

    /** Reads what {@link #find} will need, so that it is at hand then; what is returned means nothing. */
    long fetch(long hash) {
        int first = first(hash);
        return hashes[first] + hashes[first + WAYS - 1] + (slots[first] == null ? 1 : 0);
    }

    @Nullable
    Host find(long high, long low, long hash) {
        int first = first(hash);
        for (int at = first; at < first + WAYS; at++) {
            if (hashes[at] == hash) {
                Host host = slots[at];
                if (host != null && host.low == low && host.high == high) {
                    return host;
                }
            }
        }
        return null;
    }

    Host findOrAdd(long high, long low, long hash, int seconds) {
        Host known = find(high, low, hash);
        if (known != null) {
            return known;
        }
        Host added = new Host(high, low, hash, seconds);
        add(added);
        return added;
    }

    private void add(Host added) {
        while (true) {
            int at = free(added.hash);
            if (at >= 0) {
                slots[at] = added;
                hashes[at] = added.hash;
                size++;
                return;
            }
            if (slots.length / WAYS == mostBuckets) {
                replace(added);
                return;
            }
            grow();
        }
    }

    private int free(long hash) {
        int first = first(hash);
        for (int at = first; at < first + WAYS; at++) {
            if (slots[at] == null) {
                return at;
            }
        }
        return -1;
    }

    private void replace(Host added) {
        int first = first(added.hash);
        int chosen = first;
        long least = Long.MAX_VALUE;
        for (int at = first; at < first + WAYS; at++) {
            Host host = slots[at];
            long rank = host == null ? Long.MIN_VALUE : worth(host);
            if (rank < least) {
                least = rank;
                chosen = at;
            }
        }
        Host gone = slots[chosen];
        if (gone != null) {
            forgotten.accept(gone);
            evicted++;
        }
        slots[chosen] = added;
        hashes[chosen] = added.hash;
    }

    /** What was told of somebody, or is about to be, is not forgotten for a newcomer. */
    private static long worth(Host host) {
        long shown = host.told != null ? 1L << 40 : host.signs().isEmpty() ? 0 : 1L << 20;
        return host.lastSeconds + shown;
    }

    private void grow() {
        @Nullable Host[] old = slots;
        slots = new Host[old.length * 2];
        hashes = new long[old.length * 2];
        size = 0;
        for (Host host : old) {
            if (host != null) {
                add(host);
            }
        }
    }

    void clear() {
        Arrays.fill(slots, null);
        Arrays.fill(hashes, 0);
        size = 0;
    }

    private int first(long hash) {
        return ((int) (hash >>> 8) & slots.length / WAYS - 1) * WAYS;
    }

    /** Shows some hosts, others each time, until all were shown. */
    void someOf(int parts, Consumer<Host> visitor) {
        int length = slots.length / parts;
        nextPart = (nextPart + 1) % parts;
        for (int at = nextPart * length; at < (nextPart + 1) * length; at++) {
            Host host = slots[at];
            if (host != null) {
                visitor.accept(host);
            }
        }
    }
}
