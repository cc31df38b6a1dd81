package levee.detection;

import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Keeps a few ordinary rows of every destination, so that an attack finds its target's normal traffic still there. One
 * row in {@value #STEP} is looked at; of those a destination keeps a uniform sample. Which rows that are depends on their
 * times alone, so that a rerun keeps the same.
 */
public final class FlightRecorder {
    /** One in how many rows is looked at. */
    public static final int STEP = 32;

    /** Makes fingerprints differ from a free slot. */
    private static final long OCCUPIED = 1L << 63;

    private static final int WAYS = 8;

    private static final long CHOICE_SEED = 0x3c6e_f372_fe94_f82bL;

    private final int bucketMask;
    private final long[] fingerprints;
    private final int[] seen;
    private final RowStore store;

    /** @param bytes the most memory to use for rows */
    public FlightRecorder(long bytes) {
        long slots = Math.max(64, bytes / (RowStore.ROWS * RowSample.STRIDE * Long.BYTES));
        int size = (int) Math.min(Long.highestOneBit(slots), 1 << 24);
        bucketMask = size / WAYS - 1;
        fingerprints = new long[size];
        seen = new int[size];
        store = new RowStore(size);
    }

    /** Looks at a row. A destination that is not held takes the place of another. */
    public void record(FlowBatch batch, int row) {
        long fingerprint = batch.destinationHash[row] | OCCUPIED;
        int slot = quietestOrOf(fingerprint);
        if (fingerprints[slot] != fingerprint) {
            // Of destinations that would share a place, the busier one tends to keep it.
            if (seen[slot] > 0) {
                seen[slot] -= 1;
                return;
            }
            fingerprints[slot] = fingerprint;
        }
        int count = seen[slot]++;
        if (seen[slot] == Integer.MAX_VALUE) {
            seen[slot] = RowStore.ROWS;
        }
        if (count < RowStore.ROWS) {
            store.put(slot, count, batch, row);
            return;
        }
        long random = Hashing.hash(CHOICE_SEED, batch.firstNanos[row], count);
        long index = Math.unsignedMultiplyHigh(random, count + 1L);
        if (index < RowStore.ROWS) {
            store.put(slot, (int) index, batch, row);
        }
    }

    /** The destination's place, or else the one in its bucket that was used least. */
    private int quietestOrOf(long fingerprint) {
        int first = ((int) fingerprint & bucketMask) * WAYS;
        int quietest = first;
        for (int slot = first; slot < first + WAYS; slot++) {
            if (fingerprints[slot] == fingerprint) {
                return slot;
            }
            if (seen[slot] < seen[quietest]) {
                quietest = slot;
            }
        }
        return quietest;
    }

    /** Adds what is kept of the destination with this {@link FlowBatch#destinationHash} to a sample. */
    public void replay(long hash, RowSample sample) {
        long fingerprint = hash | OCCUPIED;
        int slot = quietestOrOf(fingerprint);
        if (fingerprints[slot] == fingerprint) {
            store.copyTo(slot, Math.min(seen[slot], RowStore.ROWS), sample);
        }
    }
}
