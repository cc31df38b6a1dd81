package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2011/08/18 15:40:53.826372, 2011-08-18T15:40:53.826372Z",
        "1970/01/01 01:00:00.000000, 1970-01-01T01:00:00Z",
        "2024-02-29T23:59:60Z, 2024-03-01T00:00:00Z",
        "2024-04-19T12:00:00.123456789+02:00, 2024-04-19T10:00:00.123456789Z",
        "2024-04-19t12:00:00-00:30, 2024-04-19T12:30:00Z",
        "2024-04-19T12:00:00, 2024-04-19T12:00:00Z",
        "1713484795.943239, 2024-04-18T23:59:55.943239Z",
        "1713484795943.239, 2024-04-18T23:59:55.943239Z",
        "928.943457, 1970-01-01T00:15:28.943457Z"
    })
    void readsTimes(String text, Instant expected) {
        assertThat(instant(text)).isEqualTo(nanos(expected));
    }

    @Test
    void readsEveryDayAsTheLibraryDoes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(9_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(instant(instant.toString())).isEqualTo(nanos(instant));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-1",
                "yesterday",
                "2011/08/18",
                "2011/13/18 15:40:53",
                "2011/00/18 15:40:53",
                "2011/08/32 15:40:53",
                "2011/08/18 24:40:53",
                "2011/08/18 15:60:53",
                "2011/08/18 15:40:61",
                "2011/08-18 15:40:53",
                "2011/08/18x15:40:53",
                "2011/08/18 15:40:53.",
                "2011/08/18 15:40:53.1x",
                "2011/08/18 15:40:53+2:00",
                "1969/08/18 15:40:53",
                "2262/08/18 15:40:53",
                "99999999999999999999"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(instant(text)).isEqualTo(Numbers.UNREADABLE);
    }

    @Test
    void negativeDurationsAreNone() {
        assertThat(Times.duration(bytes("-0.5"), 0, 4)).isZero();
        assertThat(Times.duration(bytes("2.983247"), 0, 8)).isEqualTo(2_983_247_000L);
    }

    private static long instant(String text) {
        return Times.instant(bytes(text), 0, text.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
