package levee.capture;

import static levee.capture.ReadCapture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;

class LiveCaptureTest {
    private static final long T = 1_700_000_000_000_000_000L;

    /** Gives out one piece at a read, and counts the reads. */
    private static final class SlowChannel implements ReadableByteChannel {
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private int reads;

        @Override
        public int read(ByteBuffer target) {
            reads++;
            byte[] piece = pieces.poll();
            if (piece == null) {
                return -1;
            }
            target.put(piece);
            return piece.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void packetsArePassedOnBeforeMoreIsWaitedFor() throws IOException {
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(PcapBuilder.ethernet().array());
        for (int i = 1; i <= 3; i++) {
            channel.pieces.add(record(i));
        }
        assertPassedOnAtOnce(CaptureFormat.PCAP, channel, 1);
    }

    @Test
    void packetsOfPcapngArePassedOnBeforeMoreIsWaitedFor() throws IOException {
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(PcapngBuilder.ethernet().array());
        for (int i = 1; i <= 3; i++) {
            channel.pieces.add(block(i));
        }
        assertPassedOnAtOnce(CaptureFormat.PCAPNG, channel, 1);
    }

    /** After its n-th packet the source must not have read more than the header and n pieces. */
    private static void assertPassedOnAtOnce(CaptureFormat format, SlowChannel channel, int headerPieces)
            throws IOException {
        FlowBatch batch = new FlowBatch(100);
        try (BatchSource source = format.open(channel, true)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(source.fill(batch)).isTrue();
                assertThat(batch.size).isEqualTo(1);
                assertThat(batch.destinationPort[0]).isEqualTo((char) i);
                assertThat(channel.reads).isEqualTo(headerPieces + i);
            }
            assertThat(source.fill(batch)).isFalse();
            assertThat(batch.size).isZero();
            assertThat(source.statistics().damage()).isEmpty();
        }
    }

    @Test
    void halfAPacketDoesNotHoldUpThoseBeforeIt() throws IOException {
        byte[] second = record(2);
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(Wire.concat(PcapBuilder.ethernet().array(), record(1), Arrays.copyOf(second, 30)));
        channel.pieces.add(Arrays.copyOfRange(second, 30, second.length));
        assertFirstComesAlone(CaptureFormat.PCAP, channel);
    }

    @Test
    void halfABlockDoesNotHoldUpThePacketsBeforeIt() throws IOException {
        byte[] second = block(2);
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(Wire.concat(PcapngBuilder.ethernet().array(), block(1), Arrays.copyOf(second, 30)));
        channel.pieces.add(Arrays.copyOfRange(second, 30, second.length));
        assertFirstComesAlone(CaptureFormat.PCAPNG, channel);
    }

    @Test
    void halfABlockWithoutPacketsDoesNotHoldUpThePacketsBeforeIt() throws IOException {
        byte[] rest = Wire.concat(tail(PcapngBuilder.ethernet().custom(new byte[100])), block(2));
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(Wire.concat(PcapngBuilder.ethernet().array(), block(1), Arrays.copyOf(rest, 30)));
        channel.pieces.add(Arrays.copyOfRange(rest, 30, rest.length));
        assertFirstComesAlone(CaptureFormat.PCAPNG, channel);
    }

    private static void assertFirstComesAlone(CaptureFormat format, SlowChannel channel) throws IOException {
        FlowBatch batch = new FlowBatch(100);
        try (BatchSource source = format.open(channel, true)) {
            assertThat(source.fill(batch)).isTrue();
            assertThat(channel.reads).isEqualTo(1);
            assertThat(batch.size).isEqualTo(1);
            assertThat(source.fill(batch)).isTrue();
            assertThat(batch.size).isEqualTo(1);
            assertThat(batch.destinationPort[0]).isEqualTo((char) 2);
            assertThat(source.fill(batch)).isFalse();
            assertThat(source.statistics().rejections.asMap()).isEmpty();
            assertThat(source.statistics().packets).isEqualTo(2);
        }
    }

    @Test
    void bytesMayComeOneByOne() throws IOException {
        SlowChannel channel = new SlowChannel();
        byte[] file = Wire.concat(PcapBuilder.ethernet().array(), record(1), record(2), record(3));
        for (byte one : file) {
            channel.pieces.add(new byte[] {one});
        }
        List<Integer> ports = new ArrayList<>();
        FlowBatch batch = new FlowBatch(100);
        try (BatchSource source = CaptureFormat.PCAP.open(channel, true)) {
            while (source.fill(batch)) {
                for (int row = 0; row < batch.size; row++) {
                    ports.add((int) batch.destinationPort[row]);
                }
            }
            assertThat(source.statistics().rejections.asMap()).isEmpty();
        }
        assertThat(ports).containsExactly(1, 2, 3);
    }

    @Test
    void aFileFillsItsBatches() throws IOException {
        SlowChannel channel = new SlowChannel();
        channel.pieces.add(PcapBuilder.ethernet().array());
        for (int i = 1; i <= 3; i++) {
            channel.pieces.add(record(i));
        }
        FlowBatch batch = new FlowBatch(100);
        try (BatchSource source = CaptureFormat.PCAP.open(channel, false)) {
            assertThat(source.fill(batch)).isFalse();
            assertThat(batch.size).isEqualTo(3);
        }
    }

    private static byte[] record(int number) {
        byte[] file =
                PcapBuilder.ethernet().packet(T + number, numbered(number)).array();
        return Arrays.copyOfRange(file, PcapBuilder.ethernet().size(), file.length);
    }

    private static byte[] block(int number) {
        return tail(PcapngBuilder.ethernet().packet(0, T + number, numbered(number)));
    }

    /** What follows the section header and the interface. */
    private static byte[] tail(PcapngBuilder builder) {
        byte[] file = builder.array();
        return Arrays.copyOfRange(file, PcapngBuilder.ethernet().size(), file.length);
    }
}
