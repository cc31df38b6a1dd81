package levee.flowexport;

import levee.telemetry.FlowBatch;

/** Writes datagrams of one format. */
abstract class DatagramWriter {
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final long NANOS_PER_MILLISECOND = 1_000_000L;

    final EncoderSettings settings;
    final byte[] bytes;
    private final DatagramSink sink;

    /** Where the next byte goes. */
    int position;

    /** Records in the datagram, and sent before it. */
    int records;

    int sequence;
    int datagrams;

    DatagramWriter(EncoderSettings settings, DatagramSink sink) {
        this.settings = settings;
        this.sink = sink;
        bytes = new byte[settings.largestDatagram()];
    }

    abstract void add(FlowBatch batch, int row, boolean isIpv4, long exportNanos);

    abstract void flush(long exportNanos);

    final void send() {
        sink.accept(bytes, position);
        datagrams++;
        position = 0;
        records = 0;
    }

    final void put8(int value) {
        bytes[position++] = (byte) value;
    }

    final void put16(int value) {
        BigEndian.putShort(bytes, position, value);
        position += 2;
    }

    final void put32(long value) {
        BigEndian.putInteger(bytes, position, (int) value);
        position += 4;
    }

    final void put64(long value) {
        BigEndian.putLong(bytes, position, value);
        position += 8;
    }

    final void put(int width, long value) {
        BigEndian.putNumber(bytes, position, width, value);
        position += width;
    }

    /** The uptime at a time, modulo 2^32 milliseconds. */
    final int uptimeMillis(long nanos) {
        return (int) Math.floorDiv(nanos - settings.bootNanos(), NANOS_PER_MILLISECOND);
    }
}
