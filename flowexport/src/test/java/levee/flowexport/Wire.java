package levee.flowexport;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import levee.model.IpAddress;

/** Bytes as they go over the wire, in network order. */
final class Wire {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Reads hexadecimal digits; what stands behind a number sign is a comment. */
    static byte[] of(String annotated) {
        return HexFormat.of().parseHex(annotated.replaceAll("#.*", "").replaceAll("\\s", ""));
    }

    /** Fields of two bytes. */
    static Wire shorts(int... values) {
        Wire wire = new Wire();
        for (int value : values) {
            wire.u16(value);
        }
        return wire;
    }

    Wire u8(int value) {
        bytes.write(value);
        return this;
    }

    Wire u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    Wire u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    Wire u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    Wire ipv4(String address) {
        return u32(IpAddress.parse(address).low());
    }

    Wire ipv6(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return u64(parsed.high()).u64(parsed.low());
    }

    Wire add(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    Wire add(Wire value) {
        return add(value.array());
    }

    Wire zeros(int count) {
        return add(new byte[count]);
    }

    int size() {
        return bytes.size();
    }

    byte[] array() {
        return bytes.toByteArray();
    }

    /** A set of NetFlow v9 or IPFIX. */
    static Wire set(int id, Wire content) {
        return shorts(id, content.size() + 4).add(content);
    }

    static Wire set(int id, byte[] content) {
        return set(id, new Wire().add(content));
    }

    /** A template: pairs of element and length. */
    static Wire template(int id, int... elementsAndLengths) {
        return shorts(id, elementsAndLengths.length / 2).add(shorts(elementsAndLengths));
    }

    /** Seconds since 1970 of a time in nanoseconds. */
    static long seconds(long nanos) {
        return nanos / 1_000_000_000L;
    }

    /** A NetFlow v9 datagram, sent when {@link ExportFile#NANOS} it came, ten minutes after the exporter started. */
    static byte[] netFlow9(int sequence, int source, Wire... sets) {
        return netFlow9(600_000, seconds(ExportFile.NANOS), sequence, source, sets);
    }

    static byte[] netFlow9(long uptimeMillis, long seconds, int sequence, int source, Wire... sets) {
        Wire wire = shorts(9, sets.length)
                .u32(uptimeMillis)
                .u32(seconds)
                .u32(sequence)
                .u32(source);
        for (Wire set : sets) {
            wire.add(set);
        }
        return wire.array();
    }

    static byte[] ipfix(int sequence, int domain, Wire... sets) {
        return ipfix(seconds(ExportFile.NANOS), sequence, domain, sets);
    }

    static byte[] ipfix(long seconds, int sequence, int domain, Wire... sets) {
        Wire all = new Wire();
        for (Wire set : sets) {
            all.add(set);
        }
        return shorts(10, all.size() + 16)
                .u32(seconds)
                .u32(sequence)
                .u32(domain)
                .add(all)
                .array();
    }
}
