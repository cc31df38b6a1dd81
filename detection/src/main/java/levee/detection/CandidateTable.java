package levee.detection;

import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * The first tier of detection: for every pair of target and traffic class a count over a window of ten seconds, and the
 * window's first rows. What exceeds {@link RowStore#ROWS} rows is worth a closer look. Bounded: the pair that was
 * silent longest makes way.
 */
public final class CandidateTable {
    /** Rows within one window that make a pair worth a closer look. */
    public static final int SUSPICIOUS_ROWS = RowStore.ROWS;

    /** No closer look is taken at this pair. */
    public static final int NOT_TRACKED = -1;

    private static final int WAYS = 8;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final long seed;
    private final int bucketMask;
    private final long[] fingerprints;
    private final long[] windowStart;
    private final int[] windowRows;
    private final int[] tracks;
    private final RowStore store;
    private long evicted;

    /** @param capacity pairs held at the most; a power of two, at least 8 */
    public CandidateTable(int capacity, long seed) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        this.seed = seed;
        bucketMask = capacity / WAYS - 1;
        fingerprints = new long[capacity];
        windowStart = new long[capacity];
        windowRows = new int[capacity];
        tracks = new int[capacity];
        store = new RowStore(capacity);
    }

    /** Pairs that had to make way within their window. */
    public long evicted() {
        return evicted;
    }

    /**
     * The entry of a pair, found or made; {@link #NOT_TRACKED} where all entries that it may take have tracks.
     *
     * @param high the target's first 64 bits, host bits zero
     * @param low the target's last 64 bits
     * @param bits the target's prefix length of 128
     * @param trafficClass any number that tells classes apart, 0 to 255
     */
    public int find(long high, long low, int bits, int trafficClass, long nowNanos) {
        long fingerprint = fingerprint(high, low, bits, trafficClass);
        int first = ((int) fingerprint & bucketMask) * WAYS;
        int victim = -1;
        for (int way = first; way < first + WAYS; way++) {
            long held = fingerprints[way];
            if (held == fingerprint) {
                return way;
            }
            if (held == 0) {
                victim = way;
                break;
            }
            if (tracks[way] == NOT_TRACKED && (victim < 0 || windowStart[way] < windowStart[victim])) {
                victim = way;
            }
        }
        if (victim < 0) {
            return NOT_TRACKED;
        }
        if (fingerprints[victim] != 0 && nowNanos - windowStart[victim] < WINDOW_NANOS) {
            evicted++;
        }
        fingerprints[victim] = fingerprint;
        windowStart[victim] = nowNanos;
        windowRows[victim] = 0;
        tracks[victim] = NOT_TRACKED;
        return victim;
    }

    /** The track of a pair, or {@link #NOT_TRACKED}; makes no entry. */
    public int trackOf(long high, long low, int bits, int trafficClass) {
        long fingerprint = fingerprint(high, low, bits, trafficClass);
        int first = ((int) fingerprint & bucketMask) * WAYS;
        for (int way = first; way < first + WAYS; way++) {
            if (fingerprints[way] == fingerprint) {
                return tracks[way];
            }
        }
        return NOT_TRACKED;
    }

    private long fingerprint(long high, long low, int bits, int trafficClass) {
        return Hashing.hash(seed, high, low, (long) bits << 8 | trafficClass) | 1L << 63;
    }

    /** The track of an entry, or {@link #NOT_TRACKED}. */
    public int track(int entry) {
        return tracks[entry];
    }

    /** Gives an entry a track; it is then not evicted until that is taken away again. */
    public void track(int entry, int track) {
        tracks[entry] = track;
        windowRows[entry] = 0;
    }

    /**
     * Counts a row.
     *
     * @return the rows of the entry's window, with this one
     */
    public int count(int entry, FlowBatch batch, int row, long nowNanos) {
        long age = nowNanos - windowStart[entry];
        if (age > WINDOW_NANOS) {
            windowStart[entry] = nowNanos;
            windowRows[entry] = 0;
        }
        int rows = windowRows[entry];
        if (rows < RowStore.ROWS) {
            store.put(entry, rows, batch, row);
        }
        windowRows[entry] = rows + 1;
        return rows + 1;
    }

    /** Adds the first rows of an entry's window to a sample. */
    public void replay(int entry, RowSample sample) {
        store.copyTo(entry, Math.min(windowRows[entry], RowStore.ROWS), sample);
    }
}
