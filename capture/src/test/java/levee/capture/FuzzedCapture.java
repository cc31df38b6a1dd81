package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** What holds for any bytes. */
final class FuzzedCapture {
    private FuzzedCapture() {}

    static void check(CaptureFormat format, byte[] file) {
        CaptureFormat.detect(file, file.length);
        ReadCapture capture = ReadCapture.of(format, new Pieces(file, Integer.MAX_VALUE), 64, false);
        checkStatistics(capture, file.length);
        // Neither the size of batches nor the pace at which bytes come makes a difference.
        assertSame(capture, ReadCapture.of(format, new Pieces(file, Integer.MAX_VALUE), 5, false));
        assertSame(capture, ReadCapture.of(format, new Pieces(file, 13), 64, true));
    }

    private static void checkStatistics(ReadCapture capture, int length) {
        SourceStatistics statistics = capture.statistics();
        assertThat(statistics.bytes).isLessThanOrEqualTo(length);
        boolean isDamaged = capture.rejected(RejectionReason.TRUNCATED) + capture.rejected(RejectionReason.DAMAGED) > 0;
        if (!isDamaged) {
            assertThat(statistics.bytes).isEqualTo(length);
        }
        if (statistics.damage().isPresent()) {
            assertThat(isDamaged).isTrue();
            assertThat(statistics.damage().get().offset()).isBetween(0L, (long) length);
        }
        assertThat(capture.rows().size()).isLessThanOrEqualTo((int) (4 * statistics.packets));
        assertThat(statistics.anyTime || capture.rows().isEmpty()).isTrue();
        for (Row row : capture.rows()) {
            assertThat(row.nanos()).isBetween(statistics.firstNanos, statistics.lastNanos);
            assertThat(row.bytes()).isBetween(20L, 1L << 20);
        }
    }

    private static void assertSame(ReadCapture expected, ReadCapture actual) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.restarts()).isEqualTo(expected.restarts());
        assertThat(actual.statistics().packets).isEqualTo(expected.statistics().packets);
        assertThat(actual.statistics().bytes).isEqualTo(expected.statistics().bytes);
        assertThat(actual.statistics().damage()).isEqualTo(expected.statistics().damage());
        assertThat(actual.statistics().rejections.asMap())
                .isEqualTo(expected.statistics().rejections.asMap());
    }

    /** Gives out a few bytes at a read. */
    private static final class Pieces implements ReadableByteChannel {
        private final byte[] bytes;
        private final int most;
        private int position;

        Pieces(byte[] bytes, int most) {
            this.bytes = bytes;
            this.most = most;
        }

        @Override
        public int read(ByteBuffer target) {
            int length = Math.min(Math.min(most, bytes.length - position), target.remaining());
            if (length == 0) {
                return -1;
            }
            target.put(bytes, position, length);
            position += length;
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
