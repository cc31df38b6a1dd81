package levee.flowexport;

import levee.telemetry.FlowBatch;

/** Writes NetFlow v5. */
final class NetFlow5Writer extends DatagramWriter {
    private final int mostRecords;

    NetFlow5Writer(EncoderSettings settings, DatagramSink sink) {
        super(settings, sink);
        int room = (settings.largestDatagram() - NetFlow5.HEADER) / NetFlow5.RECORD;
        mostRecords = Math.min(room, NetFlow5.MAXIMUM_RECORDS);
    }

    @Override
    void add(FlowBatch batch, int row, boolean isIpv4, long exportNanos) {
        position = NetFlow5.HEADER + records * NetFlow5.RECORD;
        int rate = batch.samplingRate[row];
        put32(batch.sourceLow[row]);
        put32(batch.destinationLow[row]);
        put32(0);
        put16(batch.ingressInterface[row]);
        put16(0);
        put32(batch.packets[row] / rate);
        put32(batch.bytes[row] / rate);
        put32(uptimeMillis(batch.firstNanos[row]));
        put32(uptimeMillis(batch.lastNanos[row]));
        put16(batch.sourcePort[row]);
        put16(batch.destinationPort[row]);
        put8(0);
        put8(batch.tcpFlags[row]);
        put8(batch.protocol[row]);
        put8(0);
        put64(0);
        records++;
        if (records == mostRecords) {
            flush(exportNanos);
        }
    }

    @Override
    void flush(long exportNanos) {
        if (records == 0) {
            return;
        }
        int count = records;
        position = 0;
        put16(5);
        put16(count);
        put32(uptimeMillis(exportNanos));
        put32(exportNanos / NANOS_PER_SECOND);
        put32(exportNanos % NANOS_PER_SECOND);
        put32(sequence);
        put16(settings.domain());
        put16(settings.samplingRate() == 1 ? 0 : 1 << 14 | settings.samplingRate() & NetFlow5.RATE_MASK);
        position = NetFlow5.HEADER + count * NetFlow5.RECORD;
        send();
        sequence += count;
    }
}
