package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateAxisTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "12_600_000; Mbit/s; 0, 5, 10",
                "4_500_000; Mbit/s; 0, 1, 2, 3, 4",
                "1_200_000; Mbit/s; 0, 0.5, 1",
                "980; bit/s; 0, 200, 400, 600, 800",
                "1000; kbit/s; 0, 0.2, 0.4, 0.6, 0.8, 1",
                "0.3; bit/s; 0, 0.1, 0.2, 0.3"
            })
    void marksAreRound(String top, String unit, String labels) {
        RateAxis axis = RateAxis.upTo(Double.parseDouble(top.replace("_", "")));

        assertThat(axis.unit("bit/s")).isEqualTo(unit);
        assertThat(axis.ticks().stream().map(RateAxis.Tick::label).toList()).isEqualTo(List.of(labels.split(", ")));
    }

    @Test
    void ratesBelongToTheLabels() {
        assertThat(RateAxis.upTo(12_600_000).ticks().stream().map(RateAxis.Tick::rate))
                .containsExactly(0.0, 5e6, 1e7);
    }

    @Test
    void nothingHasAnAxisToo() {
        assertThat(RateAxis.upTo(0).top()).isEqualTo(1);
        assertThat(RateAxis.upTo(Double.NaN).top()).isEqualTo(1);
    }
}
