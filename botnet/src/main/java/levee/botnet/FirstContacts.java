package levee.botnet;

import java.util.Arrays;

/**
 * Remembers which pairs of keys were met lately: what a sequential test of first contacts needs (Jung et al. 2004). A blocked
 * Bloom filter in two generations; the older one is forgotten when the younger one is full. That one in some hundred new
 * contacts is taken for a known one makes a scanner look a little slower.
 */
final class FirstContacts {
    private static final int BITS_PER_CONTACT = 12;

    /** So that a small network costs little; each time that it does not suffice, four times as much follows. */
    private static final int FIRST_WORDS = 1 << 15;

    private static final int GROWTH = 4;

    private final int mostWords;
    private long[] young;
    private long[] old;
    private int added;

    /** @param words of 64 bits of each generation at the most; a power of two */
    FirstContacts(int words) {
        if (Integer.bitCount(words) != 1) {
            throw new IllegalArgumentException("words " + words + " are not a power of two");
        }
        mostWords = words;
        young = new long[Math.min(words, FIRST_WORDS)];
        old = young.clone();
    }

    /** Reads what {@link #add} will need, so that it is at hand then; what is returned means nothing. */
    long fetch(long key) {
        return young[(int) key & young.length - 1] + old[(int) key & old.length - 1];
    }

    /** Notes a contact; whether it is the first one, as far as is remembered. */
    boolean add(long key) {
        int word = (int) key & young.length - 1;
        long bits = 1L << (key >>> 58) | 1L << (key >>> 52 & 63) | 1L << (key >>> 46 & 63) | 1L << (key >>> 40 & 63);
        if ((young[word] & bits) == bits) {
            return false;
        }
        boolean isFirst = (old[(int) key & old.length - 1] & bits) != bits;
        young[word] |= bits;
        if (++added >= (long) young.length * Long.SIZE / BITS_PER_CONTACT) {
            beginGeneration();
        }
        return isFirst;
    }

    private void beginGeneration() {
        long[] oldest = old;
        old = young;
        int words = (int) Math.min(mostWords, (long) young.length * GROWTH);
        if (oldest.length == words) {
            Arrays.fill(oldest, 0);
            young = oldest;
        } else {
            young = new long[words];
        }
        added = 0;
    }

    void clear() {
        Arrays.fill(young, 0);
        Arrays.fill(old, 0);
        added = 0;
    }
}
