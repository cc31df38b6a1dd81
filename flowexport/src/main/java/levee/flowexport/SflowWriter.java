package levee.flowexport;

import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;

/** Writes sFlow: samples of frames, or for each row a sample with the headers that the packet must have had. */
final class SflowWriter extends DatagramWriter {
    private static final int HEADER = 28;
    private static final int ETHERNET = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    /** The bytes of a frame that agents usually tell. */
    private static final int LONGEST_HEADER = 128;

    /** Sample header and fields, record header and fields, and a packet header. */
    private static final int LONGEST_SAMPLE = 8 + 32 + 8 + 16 + LONGEST_HEADER;

    private int samples;

    // Where the lengths go of what is being written.
    private int sampleAt;
    private int recordAt;
    private int headerAt;

    SflowWriter(EncoderSettings settings, DatagramSink sink) {
        super(settings, sink);
    }

    @Override
    void add(FlowBatch batch, int row, boolean isIpv4, long exportNanos) {
        int length = (int) (batch.bytes[row] / batch.samplingRate[row]);
        begin(batch.samplingRate[row], batch.ingressInterface[row], ETHERNET + length, exportNanos);
        frame(batch, row, isIpv4, length);
        end();
    }

    /** @param length of the frame, which may be longer than what of it is there */
    void add(byte[] frame, int offset, int there, int length, int ingressInterface, long exportNanos) {
        int told = Math.min(there, LONGEST_HEADER);
        begin(settings.samplingRate(), ingressInterface, length, exportNanos);
        System.arraycopy(frame, offset, bytes, position, told);
        position += told;
        end();
    }

    private void begin(int rate, int ingressInterface, int frameLength, long exportNanos) {
        if (records > 0 && position > settings.largestDatagram() - LONGEST_SAMPLE) {
            flush(exportNanos);
        }
        if (records == 0) {
            position = HEADER;
        }
        put32(1);
        sampleAt = position;
        put32(0);
        put32(samples++);
        put32(ingressInterface & 0xff_ffff);
        put32(rate);
        put32((long) samples * rate);
        put32(0);
        put32(ingressInterface);
        put32(0);
        put32(1);
        put32(1);
        recordAt = position;
        put32(0);
        put32(1);
        put32(frameLength);
        put32(0);
        headerAt = position;
        put32(0);
    }

    private void end() {
        BigEndian.putInteger(bytes, headerAt, position - headerAt - 4);
        while (position % 4 != 0) {
            put8(0);
        }
        BigEndian.putInteger(bytes, recordAt, position - recordAt - 4);
        BigEndian.putInteger(bytes, sampleAt, position - sampleAt - 4);
        records++;
    }

    private void frame(FlowBatch batch, int row, boolean isIpv4, int length) {
        put64(0);
        put32(0);
        put16(isIpv4 ? 0x0800 : 0x86dd);
        int fragment = batch.fragment[row];
        boolean isFragment = (fragment & Fragment.FRAGMENT) != 0;
        boolean continues = (fragment & Fragment.CONTINUES) != 0;
        int protocol = batch.protocol[row] & 0xff;
        if (isIpv4) {
            put16(0x4500);
            put16(length);
            put16(batch.ipIdentification[row]);
            put16(isFragment ? continues ? 0x00b9 : 0x2000 : 0);
            put8(batch.timeToLive[row]);
            put8(protocol);
            put16(0);
            put32(batch.sourceLow[row]);
            put32(batch.destinationLow[row]);
        } else {
            put32(6L << 28);
            put16(Math.max(0, length - IPV6_HEADER));
            put8(isFragment ? 44 : protocol);
            put8(batch.timeToLive[row]);
            put64(batch.sourceHigh[row]);
            put64(batch.sourceLow[row]);
            put64(batch.destinationHigh[row]);
            put64(batch.destinationLow[row]);
            if (isFragment) {
                put8(protocol);
                put8(0);
                put16(continues ? 0x05a8 : 1);
                put32(batch.ipIdentification[row]);
            }
        }
        if (!continues) {
            transport(batch, row, protocol, length - (isIpv4 ? IPV4_HEADER : IPV6_HEADER));
        }
    }

    private void transport(FlowBatch batch, int row, int protocol, int length) {
        switch (protocol) {
            case Protocols.TCP -> {
                put16(batch.sourcePort[row]);
                put16(batch.destinationPort[row]);
                put32(batch.tcpSequence[row]);
                put32(0);
                put8(5 << 4);
                put8(batch.tcpFlags[row]);
                put16(batch.tcpWindow[row]);
                put32(0);
            }
            case Protocols.UDP -> {
                put16(batch.sourcePort[row]);
                put16(batch.destinationPort[row]);
                put16(length);
                put16(0);
            }
            case Protocols.ICMP, Protocols.ICMPV6 -> {
                put16(batch.destinationPort[row]);
                put16(0);
            }
            default -> {
                // an IP header is all that is looked at
            }
        }
    }

    @Override
    void flush(long exportNanos) {
        if (records == 0) {
            return;
        }
        int end = position;
        position = 0;
        put32(SflowReader.VERSION);
        put32(1);
        put32(0);
        put32(settings.domain());
        put32(sequence++);
        put32(uptimeMillis(exportNanos));
        put32(records);
        position = end;
        send();
    }
}
