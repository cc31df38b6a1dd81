package levee.detection;

import levee.telemetry.FlowBatch;

/**
 * The first tier of detection: for every pair of target and traffic class a count over a window, and the window's first
 * rows. The caller says how many within a window are worth a closer look. Bounded: the pair whose window began first
 * makes way.
 */
public final class CandidateTable {
    /** The rows of a window that are remembered at the most, and may be asked for before a closer look is taken. */
    public static final int MAXIMUM_ROWS = 64;

    /** Rows that are missed when a pair makes way for another. */
    private static final int ROWS_TO_MISS = 8;

    /** No closer look is taken at this pair. */
    public static final int NOT_TRACKED = -1;

    /** The largest number that a track may have. */
    public static final int MAXIMUM_TRACK = 8_190;

    private static final int WAYS = 8;

    // An entry is two longs side by side: the fingerprint, and from the left 27 bits of window start in units of
    // 2^20 ns (about a millisecond; they wrap after 39 hours), 16 bits of place in the log, 8 of rows, 13 of track + 1.
    private static final int ENTRY_LONGS = 2;
    private static final int TIME_UNIT_BITS = 20;

    /** A pair that began its window less than about a second ago, and was half-way to a closer look, is missed. */
    private static final int FRESH_UNITS = 1_000;

    private static final int TRACK_MASK = 0x1fff;
    private static final int ROWS_SHIFT = 13;
    private static final int ROWS_MASK = 0xff;
    private static final int PLACE_SHIFT = 21;
    private static final int PLACE_MASK = 0xffff;
    private static final int START_SHIFT = 37;
    private static final int START_MASK = (1 << 27) - 1;

    /** How late rows may come, about 18 minutes; what seems to begin later than that began 39 hours before. */
    private static final int LATE_UNITS = 1 << 20;

    /** Makes fingerprints differ from a free entry. */
    private static final long OCCUPIED = 1L << 63;

    private final int bucketMask;
    private final long[] entries;
    private final RowLog log = new RowLog();
    private long evicted;

    /** @param capacity pairs held at the most; a power of two, at least 8 */
    public CandidateTable(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        bucketMask = capacity / WAYS - 1;
        entries = new long[capacity * ENTRY_LONGS];
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
        for (int way = first; way < first + WAYS; way++) {
            int age = age(entries[way * ENTRY_LONGS + 1], nowNanos);
            if (track(way) == NOT_TRACKED && (victim == NOT_TRACKED || age > oldest)) {
                victim = way;
                oldest = age;
            }
        }
        if (victim == NOT_TRACKED) {
            return NOT_TRACKED;
        }
        int rows = (int) (entries[victim * ENTRY_LONGS + 1] >>> ROWS_SHIFT) & ROWS_MASK;
        if (oldest < FRESH_UNITS && rows > ROWS_TO_MISS) {
            evicted++;
        }
        return take(victim, fingerprint, nowNanos);
    }

    private int take(int entry, long fingerprint, long nowNanos) {
        entries[entry * ENTRY_LONGS] = fingerprint;
        entries[entry * ENTRY_LONGS + 1] = windowFrom(nowNanos);
        return entry;
    }

    private static long windowFrom(long startNanos) {
        return startNanos >>> TIME_UNIT_BITS << START_SHIFT;
    }

    /** How long ago an entry's window began, in units of 2^20 ns. */
    private static int age(long meta, long nowNanos) {
        int difference = (int) (nowNanos >>> TIME_UNIT_BITS) - (int) (meta >>> START_SHIFT) & START_MASK;
        return difference < START_MASK - LATE_UNITS ? difference : difference - START_MASK - 1;
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
     * @param track 0 to {@link #MAXIMUM_TRACK}, or {@link #NOT_TRACKED}
     */
    public void track(int entry, int track) {
        int at = entry * ENTRY_LONGS + 1;
        entries[at] = entries[at] >>> START_SHIFT << START_SHIFT | (long) track + 1;
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
        if (age(meta, nowNanos) > windowNanos >>> TIME_UNIT_BITS) {
            meta = windowFrom(nowNanos);
        }
        int rows = (int) (meta >>> ROWS_SHIFT) & ROWS_MASK;
        if (rows < MAXIMUM_ROWS) {
            rows++;
            int previous = (int) (meta >>> PLACE_SHIFT) & PLACE_MASK;
            long place = log.append(entries[at - 1], previous, batch, row);
            meta = meta >>> START_SHIFT << START_SHIFT | place << PLACE_SHIFT | (long) rows << ROWS_SHIFT;
            entries[at] = meta;
            return rows;
        }
        if (rows < ROWS_MASK) {
            rows++;
            entries[at] = meta + (1L << ROWS_SHIFT);
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

    /** Adds the rows of an entry's window to a sample, as far as they are still there. */
    public void replay(int entry, RowSample sample) {
        long meta = entries[entry * ENTRY_LONGS + 1];
        int rows = (int) (meta >>> ROWS_SHIFT) & ROWS_MASK;
        int last = (int) (meta >>> PLACE_SHIFT) & PLACE_MASK;
        log.copyTo(entries[entry * ENTRY_LONGS], last, Math.min(rows, MAXIMUM_ROWS), sample);
    }
}
