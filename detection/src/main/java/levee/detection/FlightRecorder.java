package levee.detection;

import levee.telemetry.FlowBatch;

/**
 * Keeps a few ordinary rows of every destination, so that an attack finds its target's normal traffic still there. One
 * row in {@value #STEP} is looked at; of those a destination keeps a uniform sample.
 */
public final class FlightRecorder {
    /** One in how many rows is looked at. */
    public static final int STEP = 32;

    /** Makes fingerprints differ from a free slot. */
    private static final long OCCUPIED = 1L << 63;

    private final int mask;
    private final long[] fingerprints;
    private final int[] seen;
    private final RowStore store;
    private long random;

    /**
     * @param bytes the most memory to use for rows
     * @param seed of the choice of rows
     */
    public FlightRecorder(long bytes, long seed) {
        long slots = Math.max(64, bytes / (RowStore.ROWS * RowSample.STRIDE * Long.BYTES));
        int size = (int) Math.min(Long.highestOneBit(slots), 1 << 24);
        mask = size - 1;
        fingerprints = new long[size];
        seen = new int[size];
        store = new RowStore(size);
        random = seed | 1;
    }

    /** Looks at a row. A destination that is not held takes the place of another. */
    public void record(FlowBatch batch, int row) {
        long fingerprint = batch.destinationHash[row] | OCCUPIED;
        int slot = (int) fingerprint & mask;
        if (fingerprints[slot] != fingerprint) {
            // Of two destinations that share a place, the busier one tends to keep it.
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
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        long index = Math.unsignedMultiplyHigh(random, count + 1L);
        if (index < RowStore.ROWS) {
            store.put(slot, (int) index, batch, row);
        }
    }

    /** Adds what is kept of the destination with this {@link FlowBatch#destinationHash} to a sample. */
    public void replay(long hash, RowSample sample) {
        long fingerprint = hash | OCCUPIED;
        int slot = (int) fingerprint & mask;
        if (fingerprints[slot] == fingerprint) {
            store.copyTo(slot, Math.min(seen[slot], RowStore.ROWS), sample);
        }
    }
}
