package levee.botnet;

import java.util.Arrays;

/**
 * Remembers which pairs of keys were met lately: what a sequential test of first contacts needs (Jung et al. 2004). A blocked
 * Bloom filter in two generations; the older one is forgotten when the younger one is full. That one in some hundred new
 * contacts is taken for a known one makes a scanner look a little slower.
 */
final class FirstContacts {
    private static final int BITS_PER_CONTACT = 12;

    private long[] young;
    private long[] old;
    private final int mask;
    private final int limit;
    private int added;

    /** @param words of 64 bits of each generation; a power of two */
    FirstContacts(int words) {
        if (Integer.bitCount(words) != 1) {
            throw new IllegalArgumentException("words " + words + " are not a power of two");
        }
        young = new long[words];
        old = new long[words];
        mask = words - 1;
        limit = (int) Math.min(Integer.MAX_VALUE, (long) words * Long.SIZE / BITS_PER_CONTACT);
    }

    /** Notes a contact; whether it is the first one, as far as is remembered. */
    boolean add(long key) {
        int word = (int) key & mask;
        long bits = 1L << (key >>> 58) | 1L << (key >>> 52 & 63) | 1L << (key >>> 46 & 63) | 1L << (key >>> 40 & 63);
        if ((young[word] & bits) == bits) {
            return false;
        }
        boolean isFirst = (old[word] & bits) != bits;
        young[word] |= bits;
        if (++added == limit) {
            long[] oldest = old;
            old = young;
            young = oldest;
            Arrays.fill(young, 0);
            added = 0;
        }
        return isFirst;
    }

    void clear() {
        Arrays.fill(young, 0);
        Arrays.fill(old, 0);
        added = 0;
    }
}
