package levee.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteOrder;

/** Builds captures in the newer format (draft-ietf-opsawg-pcapng). */
final class PcapngBuilder {
    private final Wire file = Wire.network();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private PcapngBuilder() {}

    /** Begins with a section. */
    static PcapngBuilder of(ByteOrder order) {
        return new PcapngBuilder().section(order);
    }

    /** One little-endian section and one interface of Ethernet with nanoseconds. */
    static PcapngBuilder ethernet() {
        return of(ByteOrder.LITTLE_ENDIAN).captureInterface(1, 0, timeResolution(9));
    }

    /** A message of fields in the order of the present section. */
    Wire fields() {
        return new Wire(order);
    }

    /** Type, total length, body padded to 32 bits, total length again (section 3.1). */
    PcapngBuilder block(long type, byte[] body) {
        byte[] padded = new Wire(order).bytes(body).pad().array();
        int length = 12 + padded.length;
        file.bytes(fields().u32(type).u32(length).bytes(padded).u32(length).array());
        return this;
    }

    /** Section Header Block: magic, version 1.0, unknown length. */
    PcapngBuilder section(ByteOrder sectionOrder) {
        order = sectionOrder;
        return block(0x0a0d0d0aL, fields().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1).array());
    }

    /** An option of an interface, to be written in the order of a section. */
    interface Option {
        void writeTo(Wire wire);
    }

    /** The if_tsresol option: a negative power of 10, or of 2 where the highest bit is set. */
    static Option timeResolution(int resolution) {
        return wire -> wire.u16(9).u16(1).u8(resolution).pad();
    }

    /** The if_tsoffset option. */
    static Option timeOffset(long seconds) {
        return wire -> wire.u16(14).u16(8).u64(seconds);
    }

    /** The if_name option. */
    static Option name(String name) {
        return wire ->
                wire.u16(2).u16(name.length()).bytes(name.getBytes(UTF_8)).pad();
    }

    /** Interface Description Block. */
    PcapngBuilder captureInterface(int linkType, int snapLength, Option... options) {
        Wire body = fields().u16(linkType).u16(0).u32(snapLength);
        for (Option option : options) {
            option.writeTo(body);
        }
        if (options.length > 0) {
            body.u32(0); // end of options
        }
        return block(1, body.array());
    }

    /** Enhanced Packet Block. */
    PcapngBuilder packet(int captureInterface, long time, byte[] captured) {
        return packet(captureInterface, time, captured, captured.length);
    }

    PcapngBuilder packet(int captureInterface, long time, PacketBuilder packet) {
        return packet(captureInterface, time, packet.bytes());
    }

    PcapngBuilder packet(int captureInterface, long time, byte[] captured, int length) {
        return block(
                6,
                fields().u32(captureInterface)
                        .u32(time >>> 32)
                        .u32(time)
                        .u32(captured.length)
                        .u32(length)
                        .bytes(captured)
                        .pad()
                        .bytes(fields().u16(2).u16(4).u32(1).u32(0).array()) // epb_flags: inbound
                        .array());
    }

    /** The obsolete Packet Block: 16 bits of interface, 16 bits of drops. */
    PcapngBuilder obsoletePacket(int captureInterface, long time, byte[] captured) {
        return block(
                2,
                fields().u16(captureInterface)
                        .u16(0xffff)
                        .u32(time >>> 32)
                        .u32(time)
                        .u32(captured.length)
                        .u32(captured.length)
                        .bytes(captured)
                        .array());
    }

    /** Simple Packet Block: the length on the wire, and the bytes. */
    PcapngBuilder simplePacket(byte[] captured, int length) {
        return block(3, fields().u32(length).bytes(captured).array());
    }

    /** Name Resolution Block: 192.0.2.1 is a.example. */
    PcapngBuilder nameResolution() {
        byte[] record = Wire.of("c0 00 02 01  61 2e 65 78 61 6d 70 6c 65 00");
        return block(
                4, fields().u16(1).u16(record.length).bytes(record).pad().u32(0).array());
    }

    /** Interface Statistics Block. */
    PcapngBuilder statistics(int captureInterface) {
        return block(5, fields().u32(captureInterface).u32(0x0005_0000).u32(7).array());
    }

    /** Custom Block: a private enterprise number and anything. */
    PcapngBuilder custom(byte[] data) {
        return block(0x0000_0bad, fields().u32(32_473).bytes(data).array());
    }

    /** Anything in between. */
    PcapngBuilder bytes(byte[] bytes) {
        file.bytes(bytes);
        return this;
    }

    int size() {
        return file.size();
    }

    byte[] array() {
        return file.array();
    }
}
