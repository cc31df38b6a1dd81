package levee.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TimeErrorTest {

    @Test
    void noErrorsHaveNoMedian() {
        assertThat(TimeError.of(List.of())).isEmpty();
    }

    @Test
    void medianKeepsItsSign() {
        assertThat(TimeError.of(List.of(3.0, -2.0, -1.0))).contains(new TimeError(-1, 3, 3));
        assertThat(TimeError.of(List.of(-4.0, 2.0, -1.0, 1.0))).contains(new TimeError(0, 4, -4));
    }

    /** Of twenty errors nineteen are 95 %. */
    @Test
    void percentileIsTheNearestRank() {
        List<Double> errors =
                IntStream.rangeClosed(1, 20).mapToObj(i -> (double) -i).toList();

        assertThat(TimeError.of(errors)).contains(new TimeError(-10.5, 19, -20));
        assertThat(TimeError.of(errors.subList(0, 19))).contains(new TimeError(-10, 19, -19));
    }

    @Test
    void earlyIsNegativeToTheNanosecond() {
        Instant expected = Instant.parse("2026-01-31T00:00:00Z");

        assertThat(TimeError.between(expected, expected.plusNanos(1))).isEqualTo(1e-9);
        assertThat(TimeError.between(expected, expected.minusMillis(1_500))).isEqualTo(-1.5);
        assertThat(TimeError.between(Instant.parse("0000-01-01T00:00:00Z"), expected))
                .as("more nanoseconds than fit into 64 bits")
                .isGreaterThan(6e10);
    }
}
