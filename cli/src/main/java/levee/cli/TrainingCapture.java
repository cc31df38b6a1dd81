package levee.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A capture of ordinary conversations and a forged SYN flood, to exercise the usual paths. */
final class TrainingCapture {
    private static final int PACKETS = 600_000;
    private static final int FRAME = 96;
    private static final int RECORD = 16 + FRAME;
    private static final int CONVERSATIONS = 5_000;

    private TrainingCapture() {}

    static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
            header.putInt(65_535).putInt(1);
            out.write(header.array());
            byte[] bytes = new byte[RECORD];
            for (int i = 0; i < PACKETS; i++) {
                packet(ByteBuffer.wrap(bytes), i, random);
                out.write(bytes);
            }
        }
    }

    private static void packet(ByteBuffer bytes, int number, SplittableRandom random) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1_700_000_000 + number / 300_000).putInt(number % 300_000 * 3);
        bytes.putInt(FRAME).putInt(FRAME);
        bytes.order(ByteOrder.BIG_ENDIAN);
        boolean flood = number % 3 == 0;
        int conversation = random.nextInt(CONVERSATIONS);
        boolean udp = !flood && conversation % 3 == 0;
        boolean back = random.nextBoolean();
        int host = 0x0a00_0000 | conversation % 500;
        int server = 0xc000_0200 | conversation % 200;
        int source = flood ? random.nextInt() : back ? server : host;
        int destination = flood ? 0x0a00_0001 : back ? host : server;
        int clientPort = 20_000 + conversation;
        bytes.putLong(0x0202_0202_0202_0202L).putInt(0x0202_0202).putShort((short) 0x0800);
        bytes.putInt(0x4500_0000 | FRAME - 14)
                .putInt(0)
                .put((byte) 60)
                .put((byte) (udp ? 17 : 6))
                .putShort((short) 0);
        bytes.putInt(source).putInt(destination);
        bytes.putShort((short) (flood ? random.nextInt(65_536) : back ? 443 : clientPort));
        bytes.putShort((short) (flood || !back ? 443 : clientPort));
        if (udp) {
            bytes.putShort((short) (FRAME - 34)).putShort((short) 0);
        } else {
            bytes.putInt(number)
                    .putInt(0)
                    .putShort((short) (flood ? 0x5002 : 0x5010))
                    .putShort((short) 8_192);
        }
    }
}
