package levee.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "4.9E-324, <1 %",
        "0.001, <1 %",
        "0.005, 1 %",
        "0.934, 93 %",
        "0.9949, 99 %",
        "0.996, >99 %",
        "0.9999999999999999, >99 %",
        "1, 100 %",
        "1.5, 100 %",
        "-0.5, 0 %",
        "NaN, 0 %"
    })
    void onlyAllIsAHundredPercentAndOnlyNothingIsNone(double part, String text) {
        assertThat(Amounts.percent(part)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 %",
        "0.0004, <0.1 %",
        "0.0005, 0.1 %",
        "0.5, 50.0 %",
        "0.9994, 99.9 %",
        "0.9995, >99.9 %",
        "1, 100.0 %"
    })
    void withADecimal(double part, String text) {
        assertThat(Amounts.percent(part, 1)).isEqualTo(text);
    }

    @Test
    void oneOfAThingIsOne() {
        assertThat(Amounts.count(0, "packet")).isEqualTo("0 packets");
        assertThat(Amounts.count(1, "packet")).isEqualTo("1 packet");
        assertThat(Amounts.count(37_841, "packet")).isEqualTo("37,841 packets");
        assertThat(Amounts.count(1, "address", "addresses")).isEqualTo("1 address");
        assertThat(Amounts.count(2, "address", "addresses")).isEqualTo("2 addresses");
    }
}
