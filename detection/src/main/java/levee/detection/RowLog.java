package levee.detection;

import levee.telemetry.FlowBatch;

/**
 * The latest rows of all candidates, one after the other, each with a link to the one before of the same owner. Writing
 * in sequence is many times cheaper than writing to a place of each owner's own, and hardly any row is ever read.
 */
final class RowLog {
    /** Rows kept; a power of two. */
    static final int CAPACITY = 1 << 16;

    /** An owner's first row links to none. */
    static final int NONE = 0;

    private static final int OWNER = RowSample.STRIDE;
    private static final int LINK = RowSample.STRIDE + 1;
    private static final int RECORD = RowSample.STRIDE + 2;

    private final long[] records = new long[CAPACITY * RECORD];
    private int next = 1;

    /**
     * Appends a row.
     *
     * @param owner who it belongs to, not 0
     * @param previous the place of the owner's row before, or {@link #NONE}
     * @return its place
     */
    int append(long owner, int previous, FlowBatch batch, int row) {
        int place = next;
        next = next + 1 & CAPACITY - 1;
        if (next == NONE) {
            next = 1;
        }
        int at = place * RECORD;
        RowCodec.encode(batch, row, records, at);
        records[at + OWNER] = owner;
        records[at + LINK] = previous;
        return place;
    }

    /**
     * Adds the owner's latest rows to a sample, the oldest first, as far as they are still there.
     *
     * @param last the place of its latest row
     * @param count rows at the most
     */
    void copyTo(long owner, int last, int count, RowSample sample) {
        int at = last * RECORD;
        if (count == 0 || last == NONE || records[at + OWNER] != owner) {
            return;
        }
        copyTo(owner, (int) records[at + LINK], count - 1, sample);
        sample.add(records, at);
    }
}
