package levee.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes Ethernet frames as a classic pcap file (little-endian, microseconds). Lengths and checksums of IP, TCP and UDP
 * are right; frames shorter than the minimum are padded, as on Ethernet.
 */
final class PcapWriter implements Closeable {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    static final int MAXIMUM_FRAME = 1514;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int MAXIMUM_SEGMENT_SIZE_OPTION = 4;
    private static final int RECORD_HEADER = 16;
    private static final int BUFFER = 1 << 20;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final WritableByteChannel channel;
    private final int minimumFrame;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long flushed;
    private short identification;

    /** @param channel is closed with this */
    PcapWriter(WritableByteChannel channel, int minimumFrame) {
        this.channel = channel;
        this.minimumFrame = minimumFrame;
        putLittleEndian(0xa1b2_c3d4);
        putLittleEndian(4 << 16 | 2);
        putLittleEndian(0);
        putLittleEndian(0);
        putLittleEndian(65_535);
        putLittleEndian(1);
    }

    /** The length of the file so far. */
    long length() {
        return flushed + buffer.position();
    }

    /** Writes a TCP segment; {@code micros} is the time since 1970 in microseconds. */
    void tcp(long micros, Flow flow, int sequence, int acknowledgment, int flags, byte[] payload, int length)
            throws IOException {
        boolean opening = (flags & SYN) != 0;
        int header = Flow.TCP_HEADER + (opening ? MAXIMUM_SEGMENT_SIZE_OPTION : 0);
        int frame = begin(micros, flow, TCP, header + length);
        int start = buffer.position();
        putPorts(flow);
        buffer.putInt(sequence);
        buffer.putInt(acknowledgment);
        buffer.put((byte) (header << 2));
        buffer.put((byte) flags);
        buffer.putShort((short) 0xfaf0); // the window
        buffer.putInt(0); // the checksum, filled in at the end, and the urgent pointer
        if (opening) {
            buffer.putInt(0x0204_05b4);
        }
        buffer.put(payload, 0, length);
        buffer.putShort(start + 16, transportChecksum(flow, TCP, start));
        pad(frame);
    }

    /** Writes a UDP datagram; {@code micros} is the time since 1970 in microseconds. */
    void udp(long micros, Flow flow, byte[] payload, int length) throws IOException {
        int frame = begin(micros, flow, UDP, Flow.UDP_HEADER + length);
        int start = buffer.position();
        putPorts(flow);
        buffer.putShort((short) (Flow.UDP_HEADER + length));
        buffer.putShort((short) 0);
        buffer.put(payload, 0, length);
        short checksum = transportChecksum(flow, UDP, start);
        // Zero would mean "no checksum".
        buffer.putShort(start + 6, checksum == 0 ? (short) 0xffff : checksum);
        pad(frame);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }

    /** Writes everything before the transport header and returns where the frame starts. */
    private int begin(long micros, Flow flow, int protocol, int transportLength) throws IOException {
        if (buffer.remaining() < RECORD_HEADER + MAXIMUM_FRAME) {
            flush();
        }
        int length = Math.max(minimumFrame, flow.networkHeaders() + transportLength);
        putLittleEndian((int) (micros / MICROS_PER_SECOND));
        putLittleEndian((int) (micros % MICROS_PER_SECOND));
        putLittleEndian(length);
        putLittleEndian(length);
        int frame = buffer.position();
        putEthernet(flow);
        if (flow.ipv6()) {
            putIpv6(flow, protocol, transportLength);
        } else {
            putIpv4(flow, protocol, transportLength);
        }
        return frame;
    }

    /** The routers on the two sides of the link are 02:00:00:00:00:01, inside, and 02:00:00:00:00:02. */
    private void putEthernet(Flow flow) {
        putMac(flow.destination());
        putMac(flow.source());
        if (flow.vlan() != 0) {
            buffer.putShort((short) 0x8100);
            buffer.putShort((short) flow.vlan());
        }
        buffer.putShort((short) (flow.ipv6() ? 0x86dd : 0x0800));
    }

    private void putMac(int address) {
        buffer.putInt(0x0200_0000);
        buffer.putShort((short) (Flow.inside(address) ? 1 : 2));
    }

    private void putIpv4(Flow flow, int protocol, int transportLength) {
        int start = buffer.position();
        buffer.putShort((short) 0x4500);
        buffer.putShort((short) (Flow.IPV4_HEADER + transportLength));
        buffer.putShort(identification++);
        buffer.putShort((short) 0x4000); // do not fragment
        buffer.put(hopLimit(flow));
        buffer.put((byte) protocol);
        buffer.putShort((short) 0);
        buffer.putInt(flow.source());
        buffer.putInt(flow.destination());
        buffer.putShort(start + 10, checksum(sum(start, buffer.position())));
    }

    private void putIpv6(Flow flow, int protocol, int transportLength) {
        buffer.putInt(0x6000_0000);
        buffer.putShort((short) transportLength);
        buffer.put((byte) protocol);
        buffer.put(hopLimit(flow));
        putIpv6Address(flow.source());
        putIpv6Address(flow.destination());
    }

    private void putIpv6Address(int address) {
        buffer.putLong(Flow.inside(address) ? 0x2001_0db8_0001_0000L : 0x2001_0db8_8000_0000L);
        buffer.putInt(0);
        buffer.putInt(address);
    }

    /** Hosts inside are one hop away; those outside at a distance that depends on the host. */
    private static byte hopLimit(Flow flow) {
        return (byte) (Flow.inside(flow.source()) ? 63 : 63 - (flow.source() & 15));
    }

    private void putPorts(Flow flow) {
        buffer.putShort((short) flow.sourcePort());
        buffer.putShort((short) flow.destinationPort());
    }

    private void pad(int frame) {
        while (buffer.position() - frame < minimumFrame) {
            buffer.put((byte) 0);
        }
    }

    private void putLittleEndian(int value) {
        buffer.putInt(Integer.reverseBytes(value));
    }

    /** The checksum of the segment from {@code start} to the position, with the addresses right before it. */
    private short transportChecksum(Flow flow, int protocol, int start) {
        int end = buffer.position();
        int addresses = flow.ipv6() ? 32 : 8;
        return checksum(sum(start - addresses, end) + protocol + (end - start));
    }

    private long sum(int start, int end) {
        long sum = 0;
        int i = start;
        for (; i + 4 <= end; i += 4) {
            sum += Integer.toUnsignedLong(buffer.getInt(i));
        }
        for (int shift = 24; i < end; i++, shift -= 8) {
            sum += (buffer.get(i) & 0xffL) << shift;
        }
        return sum;
    }

    private static short checksum(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (short) ~folded;
    }

    private void flush() throws IOException {
        buffer.flip();
        flushed += buffer.limit();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
