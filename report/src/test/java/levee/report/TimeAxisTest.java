package levee.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TimeAxisTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2021-06-14T19:45:01.003Z; PT0.024S; 19:45:01.005, 19:45:01.010, 19:45:01.015, 19:45:01.020,"
                        + " 19:45:01.025",
                "2021-06-14T19:45:01.003Z; PT0.4S; 19:45:01.1, 19:45:01.2, 19:45:01.3, 19:45:01.4",
                "2021-06-14T19:45:01.003Z; PT23S; 19:45:05, 19:45:10, 19:45:15, 19:45:20",
                "2021-06-14T19:45:00Z; PT4M12S; 19:45, 19:46, 19:47, 19:48, 19:49",
                "2021-06-14T19:59:00Z; PT9H; 20:00, 22:00, 00:00, 02:00, 04:00",
                "2021-06-14T19:59:00Z; PT50H; 06-15 00:00, 06-15 12:00, 06-16 00:00, 06-16 12:00",
                "2021-06-14T19:59:00Z; P10D; 2021-06-16, 2021-06-18, 2021-06-20, 2021-06-22, 2021-06-24"
            })
    void marksAreAtRoundTimes(Instant start, Duration length, String labels) {
        assertThat(new TimeAxis(start, length)
                        .ticks().stream().map(TimeAxis.Tick::label).toList())
                .isEqualTo(List.of(labels.split(", ")));
    }

    @Test
    void positionsAreParts() {
        List<TimeAxis.Tick> ticks = new TimeAxis(Instant.parse("2021-06-14T19:45:00Z"), Duration.ofMinutes(4)).ticks();

        assertThat(ticks.stream().mapToDouble(TimeAxis.Tick::position).toArray())
                .containsExactly(new double[] {0, 0.25, 0.5, 0.75, 1}, within(1e-9));
    }

    static LongStream nanos() {
        return LongStream.iterate(1, n -> n < Long.MAX_VALUE / 7, n -> n * 7 + 3);
    }

    @ParameterizedTest
    @MethodSource("nanos")
    void everyLengthHasFewMarksAndAllWithin(long nanos) {
        List<TimeAxis.Tick> ticks =
                new TimeAxis(Instant.parse("2021-06-14T19:45:01.003299Z"), Duration.ofNanos(nanos)).ticks();

        assertThat(ticks)
                .hasSizeLessThanOrEqualTo(7)
                .allSatisfy(tick -> assertThat(tick.position()).isBetween(0.0, 1.0));
    }

    @Test
    void resolutionDecidesTheDecimals() {
        Instant time = Instant.parse("2021-06-14T19:45:01.003299Z");

        assertThat(TimeAxis.timeOfDay(time, Duration.ofSeconds(2))).isEqualTo("19:45:01");
        assertThat(TimeAxis.timeOfDay(time, Duration.ofMillis(4))).isEqualTo("19:45:01.003");
        assertThat(TimeAxis.timeOfDay(time, Duration.ofNanos(1))).isEqualTo("19:45:01.003299000");
    }

    @Test
    void lengthIsNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeAxis(Instant.EPOCH, Duration.ZERO));
    }
}
