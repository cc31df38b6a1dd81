package levee.detection;

import levee.telemetry.FlowBatch;

/** The form in which rows are kept: eight longs, one cache line. */
final class RowCodec {
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;
    private static final long MAXIMUM_INT = 0xffff_ffffL;

    /** A row of more than 281 terabytes is nonsense, and there are fewer than 65,536 exporters. */
    private static final int EXPORTER_SHIFT = 48;

    private static final long MAXIMUM_BYTES = (1L << EXPORTER_SHIFT) - 1;

    private RowCodec() {}

    static void encode(FlowBatch batch, int row, long[] target, int offset) {
        target[offset] = batch.firstNanos[row];
        target[offset + 1] = batch.sourceHigh[row];
        target[offset + 2] = batch.sourceLow[row];
        target[offset + 3] = batch.destinationHigh[row];
        target[offset + 4] = batch.destinationLow[row];
        target[offset + 5] = (long) batch.sourcePort[row] << 48
                | (long) batch.destinationPort[row] << 32
                | (batch.protocol[row] & 0xffL) << 24
                | (batch.tcpFlags[row] & 0xffL) << 16
                | (batch.timeToLive[row] & 0xffL) << 8
                | batch.payloadHint[row] & 0xffL;
        long milliseconds = (batch.lastNanos[row] - batch.firstNanos[row]) / NANOS_PER_MILLISECOND;
        target[offset + 6] =
                Math.clamp(milliseconds, 0, MAXIMUM_INT) << 32 | Math.clamp(batch.packets[row], 0, MAXIMUM_INT);
        target[offset + 7] =
                (long) batch.exporter[row] << EXPORTER_SHIFT | Math.clamp(batch.bytes[row], 0, MAXIMUM_BYTES);
    }

    static long bytes(long volume) {
        return volume & MAXIMUM_BYTES;
    }

    static int exporter(long volume) {
        return (int) (volume >>> EXPORTER_SHIFT);
    }

    static long packets(long counts) {
        return counts & MAXIMUM_INT;
    }

    /** How long the row lasted, in nanoseconds, to the millisecond. */
    static long durationNanos(long counts) {
        return (counts >>> 32) * NANOS_PER_MILLISECOND;
    }

    static int sourcePort(long details) {
        return (int) (details >>> 48);
    }

    static int destinationPort(long details) {
        return (int) (details >>> 32) & 0xffff;
    }

    static int protocol(long details) {
        return (int) (details >>> 24) & 0xff;
    }

    static int tcpFlags(long details) {
        return (int) (details >>> 16) & 0xff;
    }

    static int timeToLive(long details) {
        return (int) (details >>> 8) & 0xff;
    }

    static int payloadHint(long details) {
        return (int) details & 0xff;
    }
}
