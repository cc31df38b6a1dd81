package levee.flowexport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.model.IpAddress;
import org.tukaani.xz.XZInputStream;

/** The datagrams of a file: a capture of Ethernet, or one datagram as it was. */
final class ExportFile {
    /** When datagrams came that were kept without a time: 2026-01-01T00:00Z. */
    static final long NANOS = 1_767_225_600_000_000_000L;

    static final IpAddress EXPORTER = IpAddress.parse("192.0.2.1");

    private ExportFile() {}

    static List<ReceivedDatagram> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            if (name.endsWith(".xz")) {
                try (InputStream in = new XZInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = in.readAllBytes();
                }
            }
            return name.contains(".pcap") ? capture(bytes) : List.of(new ReceivedDatagram(EXPORTER, NANOS, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ReceivedDatagram> capture(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int magic = buffer.getInt(0);
        boolean isLittle = magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1;
        boolean isNano = magic == 0xa1b23c4d || magic == 0x4d3cb2a1;
        buffer.order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int link = buffer.getInt(20);
        List<ReceivedDatagram> datagrams = new ArrayList<>();
        int at = 24;
        while (at + 16 <= file.length) {
            long nanos = (buffer.getInt(at) & 0xffff_ffffL) * 1_000_000_000L
                    + (buffer.getInt(at + 4) & 0xffff_ffffL) * (isNano ? 1 : 1_000);
            int length = buffer.getInt(at + 8);
            at += 16;
            datagram(file, at + linkHeader(link), at + length, nanos, datagrams);
            at += length;
        }
        return datagrams;
    }

    private static int linkHeader(int link) {
        return switch (link) {
            case 0 -> 4;
            case 1 -> 14;
            case 101 -> 0;
            case 113 -> 16;
            case 276 -> 20;
            default -> throw new IllegalArgumentException("link type " + link);
        };
    }

    private static void datagram(byte[] file, int at, int end, long nanos, List<ReceivedDatagram> datagrams) {
        ByteBuffer packet = ByteBuffer.wrap(file);
        boolean isIpv4 = file[at] >>> 4 == 4;
        int udp = at + (isIpv4 ? (file[at] & 0xf) * 4 : 40);
        int protocol = file[at + (isIpv4 ? 9 : 6)];
        if (protocol != 17 || udp + 8 > end) {
            return;
        }
        IpAddress from = isIpv4
                ? IpAddress.ofIpv4(packet.getInt(at + 12))
                : new IpAddress(packet.getLong(at + 8), packet.getLong(at + 16));
        int length = Math.min(packet.getChar(udp + 4), end - udp);
        datagrams.add(new ReceivedDatagram(from, nanos, Arrays.copyOfRange(file, udp + 8, udp + length)));
    }
}
