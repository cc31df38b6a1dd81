package levee.indicator;

import java.util.Arrays;

/**
 * Numbers of two bytes by keys of 64 bits, 11.75 bytes each. A filter of ten bits a key (Putze, Sanders, Singler 2007: all
 * bits of a key in one word) answers most questions for keys that are not there by one access to memory. What
 * passes it is looked up among the sorted keys, of which a directory says by the first bits where to begin. The keys are
 * compared as a whole, so that among ten million a question for another key is wrong with a probability of 10^7 / 2^64,
 * 5 * 10^-13.
 */
final class KeyTable {
    static final int NONE = -1;

    private static final int FILTER_BITS_PER_KEY = 10;

    /** Keys for one entry of the directory. */
    private static final int KEYS_PER_BUCKET = 8;

    /** Up to here insertion is the fastest way to sort. */
    private static final int FEW = 24;

    private final long[] filter;
    private final int[] directory;
    private final long[] keys;
    private final char[] values;

    private KeyTable(long[] keys, char[] values, int[] directory) {
        this.keys = keys;
        this.values = values;
        this.directory = directory;
        filter = new long[(int) Math.max(1, (long) keys.length * FILTER_BITS_PER_KEY / Long.SIZE)];
    }

    int size() {
        return keys.length;
    }

    long bytes() {
        return 8L * keys.length + 2L * values.length + 8L * filter.length + 4L * directory.length;
    }

    /**
     * Where in the filter to look.
     *
     * @param place all keys that are asked for together may have the same, so that they share an access to memory
     */
    long word(long place) {
        return filter[index(place)];
    }

    private int index(long place) {
        return (int) Math.unsignedMultiplyHigh(place, filter.length);
    }

    /** Whether a key may be there, by its word of the filter. */
    static boolean mayHold(long word, long key) {
        long mask = mask(key);
        return (word & mask) == mask;
    }

    /** Four bits of a word, of the last bits of the key, on which the place depends least. */
    private static long mask(long key) {
        return 1L << key | 1L << (key >>> 6) | 1L << (key >>> 12) | 1L << (key >>> 18);
    }

    /** Buckets hold keys in their order. */
    private static int bucket(long key, int buckets) {
        return (int) Math.unsignedMultiplyHigh(key, buckets);
    }

    /** The number of a key that passed the filter, or {@link #NONE}. */
    int find(long key) {
        if (keys.length == 0) {
            return NONE;
        }
        int bucket = bucket(key, directory.length - 1);
        int low = directory[bucket];
        int high = directory[bucket + 1];
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(keys[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < keys.length && keys[low] == key ? values[low] : NONE;
    }

    /** Takes keys in any order; of equal ones the first counts. */
    static final class Builder {
        /** Keys are kept in parts, so that growing copies little. */
        private static final int PART = 1 << 16;

        private long[][] keys = new long[16][];
        private long[][] places = new long[16][];
        private char[][] values = new char[16][];
        private int size;

        /**
         * @param place for {@link #word}
         * @param value at most 65,535
         */
        void add(long key, long place, int value) {
            int part = size / PART;
            if (part == keys.length) {
                keys = Arrays.copyOf(keys, part * 2);
                places = Arrays.copyOf(places, part * 2);
                values = Arrays.copyOf(values, part * 2);
            }
            if (size % PART == 0) {
                keys[part] = new long[PART];
                places[part] = new long[PART];
                values[part] = new char[PART];
            }
            keys[part][size % PART] = key;
            places[part][size % PART] = place;
            values[part][size % PART] = (char) value;
            size++;
        }

        int size() {
            return size;
        }

        KeyTable build() {
            int buckets = Math.max(1, size / KEYS_PER_BUCKET);
            int[] directory = new int[buckets + 1];
            for (int i = 0; i < size; i++) {
                directory[bucket(keys[i / PART][i % PART], buckets) + 1]++;
            }
            for (int bucket = 1; bucket < directory.length; bucket++) {
                directory[bucket] += directory[bucket - 1];
            }
            long[] sorted = new long[size];
            char[] sortedValues = new char[size];
            int[] next = Arrays.copyOf(directory, directory.length - 1);
            for (int i = 0; i < size; i++) {
                long key = keys[i / PART][i % PART];
                int at = next[bucket(key, buckets)]++;
                sorted[at] = key;
                sortedValues[at] = values[i / PART][i % PART];
            }
            int kept = 0;
            for (int bucket = 0; bucket < buckets; bucket++) {
                int from = directory[bucket];
                int to = directory[bucket + 1];
                sort(sorted, sortedValues, from, to);
                directory[bucket] = kept;
                for (int i = from; i < to; i++) {
                    if (i == from || sorted[i] != sorted[kept - 1]) {
                        sorted[kept] = sorted[i];
                        sortedValues[kept++] = sortedValues[i];
                    }
                }
            }
            directory[buckets] = kept;
            KeyTable table = new KeyTable(
                    kept == size ? sorted : Arrays.copyOf(sorted, kept),
                    kept == size ? sortedValues : Arrays.copyOf(sortedValues, kept),
                    directory);
            for (int i = 0; i < size; i++) {
                table.filter[table.index(places[i / PART][i % PART])] |= mask(keys[i / PART][i % PART]);
            }
            return table;
        }

        /** Stable for the few keys that a bucket has; a list made to have more of them costs no more than any sort. */
        private static void sort(long[] keys, char[] values, int from, int to) {
            if (to - from > FEW) {
                sortMany(keys, values, from, to);
                return;
            }
            for (int i = from + 1; i < to; i++) {
                long key = keys[i];
                char value = values[i];
                int at = i;
                while (at > from && Long.compareUnsigned(keys[at - 1], key) > 0) {
                    keys[at] = keys[at - 1];
                    values[at] = values[at - 1];
                    at--;
                }
                keys[at] = key;
                values[at] = value;
            }
        }

        private static void sortMany(long[] keys, char[] values, int from, int to) {
            int middle = from + to >>> 1;
            sort(keys, values, from, middle);
            sort(keys, values, middle, to);
            long[] left = Arrays.copyOfRange(keys, from, middle);
            char[] leftValues = Arrays.copyOfRange(values, from, middle);
            int right = middle;
            for (int i = 0, at = from; i < left.length; at++) {
                if (right < to && Long.compareUnsigned(keys[right], left[i]) < 0) {
                    keys[at] = keys[right];
                    values[at] = values[right++];
                } else {
                    keys[at] = left[i];
                    values[at] = leftValues[i++];
                }
            }
        }
    }
}
