package levee.detection;

import java.util.Arrays;

/**
 * The keys with most weight of a stream, with counters for each, in constant memory: Space-Saving (Metwally, Agrawal, El
 * Abbadi 2005) within buckets of {@value #WAYS}, into which a seeded hash puts keys. Where a bucket is full, the key with
 * the least weight makes way for a new one, which inherits that weight as what may have been missed of it. Hence, exactly
 * and whatever comes:
 *
 * <ul>
 *   <li>what was counted of a key that is there is not too much, and too little by {@link #missed} at the most;
 *   <li>of a key that is not there came {@link #leastOf} at the most;
 *   <li>both are an eighth of all weight in the bucket at the most.
 * </ul>
 *
 * <p>Nobody outside can choose keys of one bucket, so that each gets about its part of what many light keys weigh: keys
 * heavier than the whole divided by the capacity are there but by bad luck.
 */
public final class HeavyTable {
    private static final int WAYS = 8;

    /** Not there. */
    public static final int NONE = -1;

    private static final int WAY_BITS = 3;

    // Before the counters of an entry: its fingerprint, its key, and the weight that may have been missed.
    private static final int FINGERPRINT = 0;
    private static final int HIGH = 1;
    private static final int LOW = 2;
    private static final int TAG = 3;
    private static final int MISSED = 4;
    private static final int COUNTERS = 5;

    /** Makes fingerprints differ from a free entry. */
    private static final long OCCUPIED = 1L << 63;

    private static final int BYTE_SHIFT = 56;
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private final int bucketMask;
    private final int stride;

    /** By bucket, the first byte of each fingerprint, so that one comparison finds an entry; 0 where it is free. */
    private final long[] bytes;

    /** By entry, the weight and in the last bits the way, so that the least of them says which it is. */
    private final long[] weights;

    private final long[] rows;
    private long evicted;

    /** Nothing was taken in since all was forgotten. */
    private boolean isEmpty = true;

    /**
     * @param capacity keys held at the most; a power of two, at least 8
     * @param counters of each key
     */
    public HeavyTable(int capacity, int counters) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        bucketMask = capacity / WAYS - 1;
        stride = COUNTERS + counters;
        bytes = new long[capacity / WAYS];
        weights = new long[capacity];
        rows = new long[capacity * stride];
        weighNothing();
    }

    /** How many entries there are, in use or not. */
    public int capacity() {
        return weights.length;
    }

    /** How many counters each key has. */
    public int counters() {
        return stride - COUNTERS;
    }

    /** How often a key had to make way for another. */
    public long evicted() {
        return evicted;
    }

    /**
     * Counts a weight for a key, which is taken in if it is not there.
     *
     * @param hash a seeded hash of the key, which stands for it
     * @param high any number, as {@code low} and {@code tag}; the three are the key
     * @param weight 1 to 2^44
     * @return where its counters are, for {@link #add} and {@link #value}
     */
    public int count(long hash, long high, long low, long tag, long weight) {
        int entry = find(hash);
        if (entry == NONE) {
            entry = take(hash, high, low, tag);
        }
        weights[entry] += weight << WAY_BITS;
        return entry * stride + COUNTERS;
    }

    private int take(long hash, long high, long low, long tag) {
        isEmpty = false;
        long fingerprint = hash | OCCUPIED;
        int bucket = (int) hash & bucketMask;
        long least = lightest(bucket);
        int way = (int) least & WAYS - 1;
        long missed = least >>> WAY_BITS;
        int entry = bucket * WAYS + way;
        int at = entry * stride;
        if (missed > 0) {
            evicted++;
            Arrays.fill(rows, at + COUNTERS, at + stride, 0);
        }
        int shift = way * Byte.SIZE;
        bytes[bucket] = bytes[bucket] & ~(0xffL << shift) | fingerprint >>> BYTE_SHIFT << shift;
        rows[at + FINGERPRINT] = fingerprint;
        rows[at + HIGH] = high;
        rows[at + LOW] = low;
        rows[at + TAG] = tag;
        rows[at + MISSED] = missed;
        return entry;
    }

    /** The least weight of a bucket, with its way; a free entry weighs nothing. */
    private long lightest(int bucket) {
        int first = bucket * WAYS;
        long a = Math.min(weights[first], weights[first + 1]);
        long b = Math.min(weights[first + 2], weights[first + 3]);
        long c = Math.min(weights[first + 4], weights[first + 5]);
        long d = Math.min(weights[first + 6], weights[first + 7]);
        return Math.min(Math.min(a, b), Math.min(c, d));
    }

    /** Adds to a counter of a key. @param at what {@link #count} returned, plus the number of the counter */
    public void add(int at, long amount) {
        rows[at] += amount;
    }

    /** A counter of a key. @param at as in {@link #add} */
    public long value(int at) {
        return rows[at];
    }

    /** Sets a counter of a key. @param at as in {@link #add} */
    public void set(int at, long value) {
        rows[at] = value;
    }

    /** The entry of a key, or {@link #NONE}. @param hash of the key */
    public int find(long hash) {
        long fingerprint = hash | OCCUPIED;
        int bucket = (int) hash & bucketMask;
        // Bytes that are equal become zero, of which the subtraction sets the highest bit; of those behind one it may
        // be
        // wrong, but no more than bytes that are equal by chance.
        long different = bytes[bucket] ^ (fingerprint >>> BYTE_SHIFT) * LOWEST_BITS;
        long equal = different - LOWEST_BITS & ~different & HIGHEST_BITS;
        while (equal != 0) {
            int entry = bucket * WAYS + (Long.numberOfTrailingZeros(equal) >>> WAY_BITS);
            if (rows[entry * stride + FINGERPRINT] == fingerprint) {
                return entry;
            }
            equal &= equal - 1;
        }
        return NONE;
    }

    /** The weight that a key which is not there has at the most. @param hash of the key */
    public long leastOf(long hash) {
        return lightest((int) hash & bucketMask) >>> WAY_BITS;
    }

    /** Whether an entry holds a key. */
    public boolean isUsed(int entry) {
        return weight(entry) > 0;
    }

    private long weight(int entry) {
        return weights[entry] >>> WAY_BITS;
    }

    /** What stands for the key of an entry, as well as its hash does. */
    public long hash(int entry) {
        return rows[entry * stride + FINGERPRINT];
    }

    public long high(int entry) {
        return rows[entry * stride + HIGH];
    }

    public long low(int entry) {
        return rows[entry * stride + LOW];
    }

    public long tag(int entry) {
        return rows[entry * stride + TAG];
    }

    /** The weight of the key of an entry that may not have been counted, at the most. */
    public long missed(int entry) {
        return rows[entry * stride + MISSED];
    }

    /** The weight of the key of an entry that was counted. */
    public long counted(int entry) {
        return weight(entry) - missed(entry);
    }

    /** A counter of an entry. */
    public long value(int entry, int counter) {
        return rows[entry * stride + COUNTERS + counter];
    }

    /** Forgets everything. */
    public void clear() {
        if (!isEmpty) {
            Arrays.fill(bytes, 0);
            Arrays.fill(rows, 0);
            weighNothing();
            evicted = 0;
            isEmpty = true;
        }
    }

    private void weighNothing() {
        for (int entry = 0; entry < weights.length; entry++) {
            weights[entry] = entry & WAYS - 1;
        }
    }
}
