package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage costs the lines that it is in, and those after it at the most. */
class DamagedLogTest {

    @ParameterizedTest
    @EnumSource
    void aLogMayBeCutAnywhere(LogFormat format) {
        byte[] log = SampleLogs.of(format).getBytes(ISO_8859_1);
        for (int length = 0; length <= log.length; length++) {
            byte[] cut = Arrays.copyOf(log, length);
            assertSameBefore(format, log, cut, length);
            LogType.detect(cut, length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyByteMayBeWrong(LogFormat format) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] log = SampleLogs.of(format).getBytes(ISO_8859_1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = log.clone();
            int first = log.length;
            for (int wrong = random.nextInt(1, 5); wrong > 0; wrong--) {
                int place = random.nextInt(log.length);
                damaged[place] = (byte) random.nextInt(256);
                first = Math.min(first, place);
            }
            assertSameBefore(format, log, damaged, first);
            LogType.detect(damaged, damaged.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void piecesMayBeMovedAbout(LogFormat format) {
        SplittableRandom random = new SplittableRandom(6);
        byte[] log = SampleLogs.of(format).getBytes(ISO_8859_1);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = log.clone();
            int length = random.nextInt(log.length / 2);
            int from = random.nextInt(log.length - length);
            int to = random.nextInt(log.length - length);
            System.arraycopy(log, from, damaged, to, length);
            assertSameBefore(format, log, damaged, Math.min(to, log.length));
        }
    }

    /** The rows of the whole lines before the damage are those of the sound log. */
    private static void assertSameBefore(LogFormat format, byte[] log, byte[] damaged, int firstDamage) {
        int lineStart = firstDamage;
        while (lineStart > 0 && log[lineStart - 1] != '\n') {
            lineStart--;
        }
        List<Row> sound = ReadLog.of(format, Arrays.copyOf(log, lineStart)).rows();
        List<Row> rows = ReadLog.of(format, damaged).rows();
        assertThat(rows.subList(0, Math.min(sound.size(), rows.size()))).isEqualTo(sound);
    }
}
