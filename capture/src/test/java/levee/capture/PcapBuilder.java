package levee.capture;

import java.nio.ByteOrder;

/** Builds classic captures (draft-ietf-opsawg-pcap). */
final class PcapBuilder {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    static final int MODIFIED = 0xa1b2cd34;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int magic;
    private final Wire wire;

    private PcapBuilder(ByteOrder order, int magic, int linkType) {
        this.magic = magic;
        wire = new Wire(order)
                .u32(magic)
                .u16(2) // version 2.4
                .u16(4)
                .u32(0) // time zone and accuracy, never used
                .u32(0)
                .u32(CaptureReader.MAXIMUM_PACKET)
                .u32(linkType);
    }

    static PcapBuilder of(ByteOrder order, int magic, int linkType) {
        return new PcapBuilder(order, magic, linkType);
    }

    /** Little-endian with nanoseconds, of Ethernet frames. */
    static PcapBuilder ethernet() {
        return of(ByteOrder.LITTLE_ENDIAN, NANOSECONDS, 1);
    }

    PcapBuilder packet(long nanos, PacketBuilder packet) {
        return packet(nanos, packet.bytes());
    }

    PcapBuilder packet(long nanos, byte[] packet) {
        return packet(nanos, packet, packet.length);
    }

    /** @param length what the record says of the length on the wire */
    PcapBuilder packet(long nanos, byte[] captured, int length) {
        long fraction = nanos % NANOS_PER_SECOND;
        wire.u32(nanos / NANOS_PER_SECOND)
                .u32(magic == NANOSECONDS ? fraction : fraction / 1_000)
                .u32(captured.length)
                .u32(length);
        if (magic == MODIFIED) {
            wire.u32(2).u16(0x0800).u16(0); // interface index, protocol, packet type and padding
        }
        wire.bytes(captured);
        return this;
    }

    /** Anything in between. */
    PcapBuilder bytes(byte[] bytes) {
        wire.bytes(bytes);
        return this;
    }

    int size() {
        return wire.size();
    }

    byte[] array() {
        return wire.array();
    }
}
