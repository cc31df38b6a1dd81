package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.stream.IntStream;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private static final String HEADER = "ts,id.orig_h,id.resp_h,proto,orig_pkts,resp_pkts\n";
    private static final long DAY = 86_400;

    @Test
    void aClockThatMovedStartsANewBatch() throws IOException {
        long later = 30 * DAY;
        String log = HEADER
                + line(0)
                + line(1)
                + line(later)
                + line(later + 1)
                + line(later + 2)
                + line(later + 3)
                + line(later + 4);
        try (BatchSource source = new LogType(LogFormat.ZEEK_CSV, LogKind.CONNECTIONS).open(stream(log))) {
            FlowBatch batch = new FlowBatch(100);
            assertThat(source.fill(batch)).isTrue();
            assertThat(batch.rows).isEqualTo(FlowBatch.Rows.CONNECTIONS);
            assertThat(batch.restart).isFalse();
            assertThat(batch.size).isEqualTo(4);
            assertThat(source.fill(batch)).isFalse();
            assertThat(batch.restart).isTrue();
            assertThat(batch.size).isEqualTo(4);
            assertThat(batch.firstNanos[0]).isEqualTo((later + 3) * 1_000_000_000L);
            assertThat(source.statistics().rejections.of(RejectionReason.CLOCK_LEAP))
                    .isEqualTo(3);
            assertThat(source.statistics().flows).isEqualTo(7);
        }
    }

    @Test
    void aRestartMayBeginAnEmptyBatch() {
        String log = HEADER + line(0) + line(30 * DAY) + line(30 * DAY) + line(30 * DAY) + line(30 * DAY);
        ReadLog read = ReadLog.of(LogFormat.ZEEK_CSV, stream(log), 2);
        assertThat(read.rows()).extracting(Row::restart).containsExactly(false, false, true, false);
    }

    @Test
    void hoursOutOfOrderAreNoLeap() {
        String log = HEADER + line(2 * DAY) + line(DAY) + line(8 * DAY) + line(7 * DAY);
        ReadLog read = ReadLog.of(LogFormat.ZEEK_CSV, log);
        assertThat(read.rows()).hasSize(8).noneMatch(Row::restart);
    }

    @Test
    void theSizeOfTheBatchDoesNotMatter() {
        String log = HEADER
                + String.join(
                        "", IntStream.range(0, 50).mapToObj(LogReaderTest::line).toList());
        List<Row> expected = ReadLog.of(LogFormat.ZEEK_CSV, log).rows();
        assertThat(expected).hasSize(100);
        for (int capacity = 2; capacity < 110; capacity += 3) {
            assertThat(ReadLog.of(LogFormat.ZEEK_CSV, stream(log), capacity).rows())
                    .isEqualTo(expected);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ReadLog.of(LogFormat.ZEEK_CSV, stream(log), 1));
    }

    @Test
    void overlongLinesAreCounted() {
        String log = HEADER + line(0) + "x".repeat(1 << 20) + "\n" + line(1);
        ReadLog read = ReadLog.of(LogFormat.ZEEK_CSV, log);
        assertThat(read.rows()).hasSize(4);
        assertThat(read.rejected(RejectionReason.UNREADABLE_LINE)).isEqualTo(1);
        assertThat(read.statistics().bytes).isEqualTo(log.length());
    }

    @Test
    void whatCameBeforeAFailureIsInTheBatch() throws IOException {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        FlowBatch batch = new FlowBatch(100);
        try (BatchSource source = new LogType(LogFormat.ZEEK_CSV, LogKind.CONNECTIONS)
                .open(new SequenceInputStream(stream(HEADER + line(0) + line(1)), broken))) {
            assertThatIOException().isThrownBy(() -> source.fill(batch)).withMessage("the disk is gone");
            assertThat(batch.size).isEqualTo(4);
        }
    }

    private static String line(long seconds) {
        return seconds + ",192.0.2.1,198.51.100.7,udp,1,1\n";
    }

    private static InputStream stream(String log) {
        return new ByteArrayInputStream(log.getBytes(ISO_8859_1));
    }
}
