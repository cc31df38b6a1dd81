package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000",
        "1700828217.314165, 1700828217314165000",
        "1545403816.962094, 1545403816962094000",
        "0.20696377754211426, 206963777",
        "9.5367431640625e-07, 953",
        "1.5E+1, 15000000000",
        "-2.5, -2500000000",
        ".5, 500000000",
        "5., 5000000000",
        "9223372036.8547758, 9223372036854775800",
        "0.00000000000000000000000000000000000001, 0",
        "0e999, 0",
        "1e-999, 0"
    })
    void readsDecimalsToTheNanosecond(String text, long nanos) {
        assertThat(decimal(text, 9)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "x",
                "1x",
                "1.2.3",
                "1e",
                "1e+",
                "1e9999",
                "1e10",
                "9223372037",
                "--1",
                "1 ",
                "0x10"
            })
    void refusesWhatIsNoDecimal(String text) {
        assertThat(decimal(text, 9)).isEqualTo(Numbers.UNREADABLE);
    }

    @Test
    void countsAreBounded() {
        assertThat(count("1125899906842624")).isEqualTo(Numbers.MAXIMUM_COUNT);
        assertThat(count("1125899906842625")).isEqualTo(Numbers.UNREADABLE);
        assertThat(count("18446744073709551615")).isEqualTo(Numbers.UNREADABLE);
        assertThat(count("-1")).isEqualTo(Numbers.UNREADABLE);
        assertThat(count("12.0")).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65535, 65535", "0x0303, 771", "0XfFfF, 65535", "0x3, 3"})
    void readsPorts(String text, long port) {
        assertThat(port(text)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65536", "-1", "0x", "0x10000", "0xg", "80.0", "99999999999999999999"})
    void refusesWhatIsNoPort(String text) {
        assertThat(port(text)).isEqualTo(Numbers.UNREADABLE);
    }

    private static long decimal(String text, int scale) {
        return Numbers.decimal(text.getBytes(ISO_8859_1), 0, text.length(), scale);
    }

    private static long count(String text) {
        return Numbers.count(text.getBytes(ISO_8859_1), 0, text.length());
    }

    private static long port(String text) {
        return Numbers.port(text.getBytes(ISO_8859_1), 0, text.length());
    }
}
