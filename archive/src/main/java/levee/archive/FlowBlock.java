package levee.archive;

import java.util.Arrays;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;

/**
 * Some thousand rows, as they are kept together. Allocated once and used again. It has the columns of {@link FlowBatch}
 * that are kept, public for the same reason.
 */
public final class FlowBlock {
    /** Rows of a block at the most: both addresses of each can be numbered by 16 bits. */
    public static final int CAPACITY = 1 << 14;

    /** Rows in use. */
    public int size;

    /** When the first and the last row were received, in nanoseconds since 1970, by the clock of the receiver. */
    public long receivedFirstNanos;

    public long receivedLastNanos;

    public final long[] firstNanos = new long[CAPACITY];
    public final long[] lastNanos = new long[CAPACITY];
    public final long[] sourceHigh = new long[CAPACITY];
    public final long[] sourceLow = new long[CAPACITY];
    public final long[] destinationHigh = new long[CAPACITY];
    public final long[] destinationLow = new long[CAPACITY];
    public final char[] sourcePort = new char[CAPACITY];
    public final char[] destinationPort = new char[CAPACITY];
    public final byte[] protocol = new byte[CAPACITY];
    public final byte[] tcpFlags = new byte[CAPACITY];

    /** Packets and bytes, after multiplication by the sampling rate. */
    public final long[] packets = new long[CAPACITY];

    public final long[] bytes = new long[CAPACITY];
    public final int[] samplingRate = new int[CAPACITY];

    /** Where rows are received: the index of the exporter there. In a block that was read: see {@link #exporterOf}. */
    public final int[] exporter = new int[CAPACITY];

    public final int[] ingressInterface = new int[CAPACITY];

    private long[] exporterHigh = {};
    private long[] exporterLow = {};

    public boolean isFull() {
        return size == CAPACITY;
    }

    /** Copies rows of a batch behind those that are there, as many as there is room for, and says how many. */
    int append(FlowBatch batch, int from) {
        int count = Math.min(CAPACITY - size, batch.size - from);
        System.arraycopy(batch.firstNanos, from, firstNanos, size, count);
        System.arraycopy(batch.lastNanos, from, lastNanos, size, count);
        System.arraycopy(batch.sourceHigh, from, sourceHigh, size, count);
        System.arraycopy(batch.sourceLow, from, sourceLow, size, count);
        System.arraycopy(batch.destinationHigh, from, destinationHigh, size, count);
        System.arraycopy(batch.destinationLow, from, destinationLow, size, count);
        System.arraycopy(batch.sourcePort, from, sourcePort, size, count);
        System.arraycopy(batch.destinationPort, from, destinationPort, size, count);
        System.arraycopy(batch.protocol, from, protocol, size, count);
        System.arraycopy(batch.tcpFlags, from, tcpFlags, size, count);
        System.arraycopy(batch.packets, from, packets, size, count);
        System.arraycopy(batch.bytes, from, bytes, size, count);
        System.arraycopy(batch.samplingRate, from, samplingRate, size, count);
        System.arraycopy(batch.exporter, from, exporter, size, count);
        System.arraycopy(batch.ingressInterface, from, ingressInterface, size, count);
        size += count;
        return count;
    }

    /** Room for the addresses of so many exporters, which {@link #exporter} then counts from 0 on. */
    void exporters(int count) {
        if (exporterHigh.length < count) {
            exporterHigh = Arrays.copyOf(exporterHigh, count);
            exporterLow = Arrays.copyOf(exporterLow, count);
        }
    }

    void exporter(int number, long high, long low) {
        exporterHigh[number] = high;
        exporterLow[number] = low;
    }

    /** The exporter that sent a row of a block that was read; {@code ::} where it was not known. */
    public IpAddress exporterOf(int row) {
        return new IpAddress(exporterHigh[exporter[row]], exporterLow[exporter[row]]);
    }
}
