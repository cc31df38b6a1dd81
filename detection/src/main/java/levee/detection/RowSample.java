package levee.detection;

import java.util.Arrays;
import levee.telemetry.FlowBatch;

/**
 * A uniform sample of rows (Vitter 1985, algorithm R), of known weight. Up to its capacity it holds every row; its
 * array grows with what is put in. The choice depends on the times of the rows, so that a rerun chooses alike, but who
 * sends cannot foresee it.
 */
public final class RowSample {
    /** Longs of one row, one cache line. */
    static final int STRIDE = 8;

    private static final int FIRST_ROWS = 16;

    private final MemoryBudget budget;
    private final int fullCapacity;
    private int capacity;
    private long[] rows;
    private int size;
    private long seen;
    private long random = 1;

    /**
     * @param capacity rows held at the most; fewer if the budget is used up
     */
    public RowSample(int capacity, MemoryBudget budget) {
        this.budget = budget;
        this.capacity = capacity;
        fullCapacity = capacity;
        rows = new long[Math.min(FIRST_ROWS, capacity) * STRIDE];
    }

    public void add(FlowBatch batch, int row) {
        int at = place(batch.firstNanos[row]);
        if (at >= 0) {
            RowCodec.encode(batch, row, rows, at * STRIDE);
        }
    }

    /** Adds an encoded row. */
    void add(long[] source, int offset) {
        int at = place(source[offset]);
        if (at >= 0) {
            System.arraycopy(source, offset, rows, at * STRIDE, STRIDE);
        }
    }

    private int place(long nanos) {
        seen++;
        if (size < capacity) {
            if (size * STRIDE < rows.length || grow()) {
                return size++;
            }
            capacity = size;
        }
        random ^= nanos;
        // xorshift64* (Marsaglia 2003)
        random ^= random >>> 12;
        random ^= random << 25;
        random ^= random >>> 27;
        long at = Math.unsignedMultiplyHigh(random * 0x2545_f491_4f6c_dd1dL, seen);
        return at < capacity ? (int) at : -1;
    }

    private boolean grow() {
        int grown = Math.min(size * 4, capacity);
        if (!budget.take((long) (grown - size) * STRIDE * Long.BYTES)) {
            return false;
        }
        rows = Arrays.copyOf(rows, grown * STRIDE);
        return true;
    }

    /** Forgets everything and gives its memory back. */
    public void clear() {
        capacity = fullCapacity;
        int first = Math.min(FIRST_ROWS, capacity);
        budget.giveBack((long) (rows.length / STRIDE - first) * STRIDE * Long.BYTES);
        size = 0;
        seen = 0;
        rows = new long[first * STRIDE];
    }

    public int size() {
        return size;
    }

    /** Rows seen; each sampled row stands for {@code seen / size} of them. */
    public long seen() {
        return seen;
    }

    /** How many rows each sampled row stands for. */
    public double weight() {
        return size == 0 ? 0 : (double) seen / size;
    }

    public boolean isComplete() {
        return seen == size;
    }

    public long nanos(int index) {
        return rows[index * STRIDE];
    }

    public long sourceHigh(int index) {
        return rows[index * STRIDE + 1];
    }

    public long sourceLow(int index) {
        return rows[index * STRIDE + 2];
    }

    public long destinationHigh(int index) {
        return rows[index * STRIDE + 3];
    }

    public long destinationLow(int index) {
        return rows[index * STRIDE + 4];
    }

    public int sourcePort(int index) {
        return RowCodec.sourcePort(rows[index * STRIDE + 5]);
    }

    public int destinationPort(int index) {
        return RowCodec.destinationPort(rows[index * STRIDE + 5]);
    }

    public int protocol(int index) {
        return RowCodec.protocol(rows[index * STRIDE + 5]);
    }

    public int tcpFlags(int index) {
        return RowCodec.tcpFlags(rows[index * STRIDE + 5]);
    }

    /** TTL or hop limit; 0 where the source does not say. */
    public int timeToLive(int index) {
        return RowCodec.timeToLive(rows[index * STRIDE + 5]);
    }

    public int payloadHint(int index) {
        return RowCodec.payloadHint(rows[index * STRIDE + 5]);
    }

    public long packets(int index) {
        return RowCodec.packets(rows[index * STRIDE + 6]);
    }

    /** The time of the row's last packet. */
    public long lastNanos(int index) {
        return nanos(index) + RowCodec.durationNanos(rows[index * STRIDE + 6]);
    }

    public long bytes(int index) {
        return RowCodec.bytes(rows[index * STRIDE + 7]);
    }

    /** As {@link FlowBatch#exporter}. */
    public int exporter(int index) {
        return RowCodec.exporter(rows[index * STRIDE + 7]);
    }

    /** Mean IP length of the row's packets in bytes. */
    public int packetLength(int index) {
        return (int) Math.min(bytes(index) / Math.max(1, packets(index)), Integer.MAX_VALUE);
    }
}
