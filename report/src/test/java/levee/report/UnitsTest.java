package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 pps",
        "0.26, 0.3 pps",
        "12, 12 pps",
        "999.4, 999 pps",
        "999.6, 1 kpps",
        "12345, 12.3 kpps",
        "99960, 100 kpps",
        "999950, 1 Mpps",
        "NaN, 0 pps"
    })
    void packetRate(double value, String text) {
        assertThat(Units.packetRate(value)).isEqualTo(text);
    }

    @Test
    void bitRateAndBytes() {
        assertThat(Units.bitRate(358_900_000)).isEqualTo("359 Mbit/s");
        assertThat(Units.bitRate(3.47e12)).isEqualTo("3.5 Tbit/s");
        assertThat(Units.bytes(4_200_000)).isEqualTo("4.2 MB");
        assertThat(Units.bytes(17)).isEqualTo("17 B");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT-5S, 0 s",
        "PT0.0004S, <1 ms",
        "PT0.0235S, 23.5 ms",
        "PT0.9999S, 999 ms",
        "PT23.5S, 23.5 s",
        "PT59.99S, 59.9 s",
        "PT60S, 1 min",
        "PT4M12S, 4 min 12 s",
        "PT2H5M59S, 2 h 5 min",
        "P3DT4H, 3 d 4 h"
    })
    void duration(Duration duration, String text) {
        assertThat(Units.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0", "0.00012345;0.0001235", "12.5;12.5", "100;100", "12345.678;12,346"})
    void number(double value, String text) {
        assertThat(Units.number(value)).isEqualTo(text);
    }

    @Test
    void times() {
        assertThat(UtcTime.toSecond(Instant.parse("2021-06-14T19:45:01.9Z"))).isEqualTo("2021-06-14 19:45:01");
    }
}
