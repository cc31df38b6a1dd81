package levee.detection;

import java.util.Arrays;
import levee.telemetry.FlowBatch;

/**
 * A few rows for each of many slots, in chunks that are allocated when first written: what tables remember of the past
 * until they know whether it matters.
 */
final class RowStore {
    /** Rows of a slot. */
    static final int ROWS = 8;

    private static final int CHUNK_SLOTS = 64;
    private static final int SLOT_LONGS = ROWS * RowSample.STRIDE;

    private final long[][] chunks;

    RowStore(int slots) {
        chunks = new long[(slots + CHUNK_SLOTS - 1) / CHUNK_SLOTS][];
        Arrays.fill(chunks, new long[0]);
    }

    void put(int slot, int index, FlowBatch batch, int row) {
        int chunk = slot / CHUNK_SLOTS;
        if (chunks[chunk].length == 0) {
            chunks[chunk] = new long[CHUNK_SLOTS * SLOT_LONGS];
        }
        RowCodec.encode(batch, row, chunks[chunk], offset(slot, index));
    }

    /** Adds the first {@code count} rows of a slot to a sample. */
    void copyTo(int slot, int count, RowSample sample) {
        long[] chunk = chunks[slot / CHUNK_SLOTS];
        if (chunk.length > 0) {
            for (int i = 0; i < count; i++) {
                sample.add(chunk, offset(slot, i));
            }
        }
    }

    private static int offset(int slot, int index) {
        return slot % CHUNK_SLOTS * SLOT_LONGS + index * RowSample.STRIDE;
    }
}
