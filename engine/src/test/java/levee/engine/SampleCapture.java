package levee.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes captures of Ethernet frames with IPv4 packets, in the classic format. */
final class SampleCapture {
    static final int FILE_HEADER = 24;
    static final int RECORD_HEADER = 16;
    static final long START_SECONDS = 1_700_000_000L;
    static final int FLOOD_PACKETS = 8_000;
    static final String FLOOD_TARGET = "10.0.0.1/32";

    private static final int FRAME = 14;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int TARGET = 0x0a00_0001;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SampleCapture() {
        out.writeBytes(fileHeader());
    }

    static byte[] fileHeader() {
        return ByteBuffer.allocate(FILE_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1)
                .array();
    }

    /** A SYN flood of 2,000 packets a second from forged sources beside some conversations, 12,000 packets in all. */
    static byte[] flood() {
        SplittableRandom random = new SplittableRandom(1);
        SampleCapture capture = new SampleCapture();
        for (int i = 0; i < FLOOD_PACKETS; i++) {
            long micros = i * 500L;
            capture.tcp(micros, random.nextInt(), TARGET, random.nextInt(1_024, 65_536), 443, SYN, 0);
            if ((i & 1) == 0) {
                conversation(capture, micros + 100, random.nextInt(200), random.nextBoolean());
            }
        }
        return capture.bytes();
    }

    /** Conversations only, with as many packets. */
    static byte[] ordinary(int packets) {
        SplittableRandom random = new SplittableRandom(2);
        SampleCapture capture = new SampleCapture();
        for (int i = 0; i < packets; i++) {
            conversation(capture, i * 1_000L, random.nextInt(200), random.nextBoolean());
        }
        return capture.bytes();
    }

    private static void conversation(SampleCapture capture, long micros, int number, boolean back) {
        int host = 0x0a00_0100 | number % 50 + 1;
        int server = 0xc000_0200 | number % 20 + 1;
        int port = 20_000 + number;
        if (back) {
            capture.tcp(micros, server, host, 443, port, ACK, 400);
        } else {
            capture.tcp(micros, host, server, port, 443, ACK, 60);
        }
    }

    SampleCapture tcp(
            long micros, int source, int destination, int sourcePort, int destinationPort, int flags, int data) {
        int length = 40 + data;
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + FRAME + length);
        record.order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) (START_SECONDS + micros / 1_000_000)).putInt((int) (micros % 1_000_000));
        record.putInt(FRAME + length).putInt(FRAME + length);
        record.order(ByteOrder.BIG_ENDIAN);
        record.putLong(0x0202_0202_0202_0202L).putInt(0x0202_0202).putShort((short) 0x0800);
        record.putInt(0x4500_0000 | length)
                .putInt(0)
                .put((byte) 60)
                .put((byte) 6)
                .putShort((short) 0);
        record.putInt(source).putInt(destination);
        record.putShort((short) sourcePort).putShort((short) destinationPort);
        record.putInt((int) micros).putInt(0).putShort((short) (0x5000 | flags)).putShort((short) 8_192);
        out.writeBytes(record.array());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The offsets at which the whole records of a little-endian capture end; the first is that of the file header. */
    static List<Integer> recordEnds(byte[] capture) {
        ByteBuffer bytes = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ends = new ArrayList<>();
        long at = FILE_HEADER;
        ends.add(FILE_HEADER);
        while (at + RECORD_HEADER <= capture.length) {
            long end = at + RECORD_HEADER + bytes.getInt((int) at + 8);
            if (end < at + RECORD_HEADER || end > capture.length) {
                break;
            }
            ends.add((int) end);
            at = end;
        }
        return ends;
    }
}
