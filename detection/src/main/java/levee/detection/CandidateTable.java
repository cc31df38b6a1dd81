package levee.detection;

import levee.telemetry.FlowBatch;

/**
 * The first tier of detection: for every pair of target and traffic class a count over a window, and the window's first
 * rows. What exceeds {@link #SUSPICIOUS_ROWS} within a window is worth a closer look. Bounded: the pair whose window
 * began first makes way.
 */
public final class CandidateTable {
    /** Rows within one window that make a pair worth a closer look. */
    public static final int SUSPICIOUS_ROWS = RowStore.ROWS;

    /** No closer look is taken at this pair. */
    public static final int NOT_TRACKED = -1;

    private static final int WAYS = 8;

    // An entry is two longs side by side: the fingerprint, and 32 bits of window start in units of 2^20 ns (about a
    // millisecond; they wrap after 52 days), 16 bits of rows and 16 bits of track + 1.
    private static final int ENTRY_LONGS = 2;
    private static final int TIME_UNIT_BITS = 20;

    /** A pair that began its window less than about a second ago, and was half-way to a closer look, is missed. */
    private static final int FRESH_UNITS = 1_000;

    private static final int TRACK_MASK = 0xffff;
    private static final int ROWS_SHIFT = 16;
    private static final int ROWS_MASK = 0xffff;
    private static final int START_SHIFT = 32;

    /** Makes fingerprints differ from a free entry. */
    private static final long OCCUPIED = 1L << 63;

    private final int bucketMask;
    private final long[] entries;
    private final RowStore store;
    private long evicted;

    /** @param capacity pairs held at the most; a power of two, at least 8 */
    public CandidateTable(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        bucketMask = capacity / WAYS - 1;
        entries = new long[capacity * ENTRY_LONGS];
        store = new RowStore(capacity);
    }

    /** Pairs that had to make way for others though they could soon have been worth a closer look. */
    public long evicted() {
        return evicted;
    }

    /**
     * The entry of a pair, found or made; {@link #NOT_TRACKED} where all entries that it may take have tracks.
     *
     * @param pair a hash of target and class; see {@link #pair}
     */
    public int find(long pair, long nowNanos) {
        long fingerprint = pair | OCCUPIED;
        int first = ((int) fingerprint & bucketMask) * WAYS;
        for (int way = first; way < first + WAYS; way++) {
            long held = entries[way * ENTRY_LONGS];
            if (held == fingerprint) {
                return way;
            }
            if (held == 0) {
                return take(way, fingerprint, nowNanos);
            }
        }
        int victim = NOT_TRACKED;
        int oldest = 0;
        int now = (int) (nowNanos >>> TIME_UNIT_BITS);
        for (int way = first; way < first + WAYS; way++) {
            int age = now - (int) (entries[way * ENTRY_LONGS + 1] >>> START_SHIFT);
            if (track(way) == NOT_TRACKED && (victim == NOT_TRACKED || age > oldest)) {
                victim = way;
                oldest = age;
            }
        }
        if (victim == NOT_TRACKED) {
            return NOT_TRACKED;
        }
        int rows = (int) (entries[victim * ENTRY_LONGS + 1] >>> ROWS_SHIFT) & ROWS_MASK;
        if (oldest < FRESH_UNITS && rows > SUSPICIOUS_ROWS / 2) {
            evicted++;
        }
        return take(victim, fingerprint, nowNanos);
    }

    private int take(int entry, long fingerprint, long nowNanos) {
        entries[entry * ENTRY_LONGS] = fingerprint;
        entries[entry * ENTRY_LONGS + 1] = window(nowNanos, 0);
        return entry;
    }

    private static long window(long startNanos, long rows) {
        return startNanos >>> TIME_UNIT_BITS << START_SHIFT | rows << ROWS_SHIFT;
    }

    /** The entry of a pair, or {@link #NOT_TRACKED} where it has none. */
    public int entryOf(long pair) {
        long fingerprint = pair | OCCUPIED;
        int first = ((int) fingerprint & bucketMask) * WAYS;
        for (int way = first; way < first + WAYS; way++) {
            if (entries[way * ENTRY_LONGS] == fingerprint) {
                return way;
            }
        }
        return NOT_TRACKED;
    }

    /**
     * The key of a target and a class.
     *
     * @param targetHash a seeded hash of the target's address and prefix length
     * @param trafficClass any number that tells classes apart
     */
    public static long pair(long targetHash, int trafficClass) {
        long hash = (targetHash + trafficClass) * 0x9e37_79b9_7f4a_7c15L;
        return hash ^ hash >>> 32;
    }

    /** The track of an entry, or {@link #NOT_TRACKED}. */
    public int track(int entry) {
        return ((int) entries[entry * ENTRY_LONGS + 1] & TRACK_MASK) - 1;
    }

    /**
     * Gives an entry a track; it is then not evicted until that is taken away again.
     *
     * @param track 0 to 65534, or {@link #NOT_TRACKED}
     */
    public void track(int entry, int track) {
        int at = entry * ENTRY_LONGS + 1;
        entries[at] = entries[at] >>> START_SHIFT << START_SHIFT | track + 1;
    }

    /**
     * Counts a row of an entry without a track.
     *
     * @param windowNanos the length of a window in nanoseconds
     * @return the rows of the entry's window, with this one
     */
    public int count(int entry, FlowBatch batch, int row, long nowNanos, long windowNanos) {
        int at = entry * ENTRY_LONGS + 1;
        long meta = entries[at];
        int age = (int) (nowNanos >>> TIME_UNIT_BITS) - (int) (meta >>> START_SHIFT);
        int rows = (int) (meta >>> ROWS_SHIFT) & ROWS_MASK;
        if (age > windowNanos >>> TIME_UNIT_BITS) {
            meta = window(nowNanos, 0);
            rows = 0;
        }
        if (rows < RowStore.ROWS) {
            store.put(entry, rows, batch, row);
        }
        if (rows < ROWS_MASK) {
            rows++;
            entries[at] = meta & ~((long) ROWS_MASK << ROWS_SHIFT) | (long) rows << ROWS_SHIFT;
        }
        return rows;
    }

    /** Takes a row of an entry without a track back: it turned out to be harmless. */
    public void takeBack(int entry) {
        long one = 1L << ROWS_SHIFT;
        int at = entry * ENTRY_LONGS + 1;
        if ((entries[at] & (long) ROWS_MASK << ROWS_SHIFT) != 0) {
            entries[at] -= one;
        }
    }

    /** Adds the first rows of an entry's window to a sample. */
    public void replay(int entry, RowSample sample) {
        int rows = (int) (entries[entry * ENTRY_LONGS + 1] >>> ROWS_SHIFT) & ROWS_MASK;
        store.copyTo(entry, Math.min(rows, RowStore.ROWS), sample);
    }
}
