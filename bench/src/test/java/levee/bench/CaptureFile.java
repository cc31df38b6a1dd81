package levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads a capture with its own eyes, so that the generator is not checked by itself; fails on anything malformed. */
final class CaptureFile {
    record Packet(
            long micros,
            int length,
            String source,
            String destination,
            int sourcePort,
            int destinationPort,
            int protocol,
            boolean ipv6,
            boolean tagged,
            int flags,
            int sequence,
            int acknowledgment,
            int payloadLength) {
        String direction() {
            return protocol + " " + source + " " + sourcePort + " " + destination + " " + destinationPort;
        }

        String oppositeDirection() {
            return protocol + " " + destination + " " + destinationPort + " " + source + " " + sourcePort;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    private CaptureFile() {}

    static List<Packet> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.getInt() == 0xa1b2c3d4, "magic");
        require(bytes.getShort() == 2 && bytes.getShort() == 4, "version");
        require(bytes.getLong() == 0, "time zone");
        require(bytes.getInt() == 65_535, "snap length");
        require(bytes.getInt() == 1, "link type");
        List<Packet> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long micros = bytes.getInt() * 1_000_000L;
            int fraction = bytes.getInt();
            require(fraction >= 0 && fraction < 1_000_000, "microseconds");
            int captured = bytes.getInt();
            require(bytes.getInt() == captured, "original length");
            ByteBuffer frame = bytes.slice(bytes.position(), captured).order(ByteOrder.BIG_ENDIAN);
            packets.add(packet(micros + fraction, frame));
            bytes.position(bytes.position() + captured);
        }
        return packets;
    }

    private static Packet packet(long micros, ByteBuffer frame) {
        int network = 14;
        int type = frame.getShort(12) & 0xffff;
        boolean tagged = type == 0x8100;
        if (tagged) {
            network = 18;
            type = frame.getShort(16) & 0xffff;
        }
        boolean ipv6 = type == 0x86dd;
        require(ipv6 || type == 0x0800, "Ethernet type");
        int addressLength = ipv6 ? 16 : 4;
        int addresses = network + (ipv6 ? 8 : 12);
        int transport = network + (ipv6 ? 40 : 20);
        int protocol = frame.get(network + (ipv6 ? 6 : 9)) & 0xff;
        int end = network + (ipv6 ? 40 + unsigned(frame, network + 4) : unsigned(frame, network + 2));
        require(frame.get(network) == (ipv6 ? 0x60 : 0x45), "IP version");
        require(end <= frame.limit(), "IP length");
        if (!ipv6) {
            require(onesComplement(frame, network, transport, 0) == 0xffff, "IP checksum");
        }
        require(onesComplement(frame, addresses, end, protocol + end - transport) == 0xffff, "transport checksum");
        int header = 8;
        if (protocol == 6) {
            header = (frame.get(transport + 12) & 0xf0) >>> 2;
        } else {
            require(protocol == 17, "protocol");
            require(unsigned(frame, transport + 4) == end - transport, "UDP length");
        }
        require(transport + header <= end, "transport header");
        require(frame.limit() == end || frame.limit() <= 64, "padding");
        boolean tcp = protocol == 6;
        return new Packet(
                micros,
                frame.limit(),
                address(frame, addresses, addressLength),
                address(frame, addresses + addressLength, addressLength),
                unsigned(frame, transport),
                unsigned(frame, transport + 2),
                protocol,
                ipv6,
                tagged,
                tcp ? frame.get(transport + 13) : 0,
                tcp ? frame.getInt(transport + 4) : 0,
                tcp ? frame.getInt(transport + 8) : 0,
                end - transport - header);
    }

    private static String address(ByteBuffer frame, int start, int length) {
        byte[] address = new byte[length];
        frame.get(start, address);
        return HexFormat.of().formatHex(address);
    }

    private static int unsigned(ByteBuffer frame, int index) {
        return frame.getShort(index) & 0xffff;
    }

    private static int onesComplement(ByteBuffer frame, int start, int end, int more) {
        int sum = more;
        for (int i = start; i < end; i++) {
            int octet = frame.get(i) & 0xff;
            sum += (i - start) % 2 == 0 ? octet << 8 : octet;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("malformed: " + what);
        }
    }
}
