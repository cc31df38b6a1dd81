package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "1, 1.0",
        "0.98, 0.98",
        "0.123456, 0.1235",
        "0.00004, 0.0",
        "1.7, 1.0",
        "-0.2, 0.0",
        "NaN, 0.0"
    })
    void fractionHasFourDecimalsAndStaysInItsRange(double value, String written) {
        assertThat(JsonNumbers.fraction(value)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "0.00012, 0.0001",
        "88.12345, 88.1235",
        "100, 100.0",
        "100.4, 100",
        "358900000.5, 358900001",
        "1e12, 1000000000000",
        "-1, 0.0",
        "Infinity, 0.0"
    })
    void rateIsWholeAboveHundred(double value, String written) {
        assertThat(JsonNumbers.rate(value)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "37841, 37841",
        "12345.678, 12345.7",
        "12345678.9, 12345679",
        "100, 100",
        "-0.5, -0.5",
        "0.123456789, 0.123457",
        "1e-9, 1E-9"
    })
    void measureKeepsSixDigits(double value, String written) {
        assertThat(JsonNumbers.measure(value))
                .hasValueSatisfying(number -> assertThat(number).hasToString(written));
    }

    @Test
    void measureThatIsNotFiniteIsAbsent() {
        assertThat(JsonNumbers.measure(Double.NaN)).isEmpty();
        assertThat(JsonNumbers.measure(Double.POSITIVE_INFINITY)).isEmpty();
    }

    @Test
    void sharesThatRoundingWouldLoseStillAddUp() {
        double[] equal = new double[67];
        Arrays.fill(equal, 1.0 / 67);

        assertThat(JsonNumbers.shares(equal).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1");
        assertThat(JsonNumbers.shares(0.33333, 0.66666, 0.00001))
                .map(BigDecimal::toString)
                .containsExactly("0.3333", "0.6667", "0.0");
        assertThat(JsonNumbers.shares()).isEmpty();
        assertThat(JsonNumbers.shares(Double.NaN, 1)).map(BigDecimal::toString).containsExactly("0.0", "1.0");
    }

    @Test
    void sharesOfAPartAreNotStretched() {
        assertThat(JsonNumbers.shares(0.25, 0.25)).map(BigDecimal::toString).containsExactly("0.25", "0.25");
    }
}
