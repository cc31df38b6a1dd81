package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import levee.flowexport.ExporterStatistics;
import org.junit.jupiter.api.Test;

final class ExporterRatesTest {
    private static final Instant START = Instant.parse("2026-03-01T13:00:00Z");
    private final ExporterRates rates = new ExporterRates();

    private static ExporterStatistics sent(long flows) {
        return FakeSystem.exporter("203.0.113.1", flows, START);
    }

    private void look(long flows, int second) {
        rates.look(List.of(sent(flows)), START.plusSeconds(second));
    }

    @Test
    void nothingIsSaidBeforeSomebodyLookedLongEnoughAgo() {
        look(1_000, 0);

        assertThat(rates.of(sent(1_500), START.plusSeconds(5))).isEmpty();
        assertThat(rates.of(sent(2_000), START.plusSeconds(10))).hasValue(100);
    }

    @Test
    void theNewestLookThatIsOldEnoughCounts() {
        look(0, 0);
        look(100_000, 10);
        look(100_400, 14);

        assertThat(rates.of(sent(101_000), START.plusSeconds(20))).hasValue(100);
    }

    @Test
    void restartsAndOldLooksTellNothing() {
        look(5_000, 0);

        assertThat(rates.of(sent(10), START.plusSeconds(10)))
                .as("it counts from the start again")
                .isEmpty();
        look(6_000, 100);
        assertThat(rates.of(sent(6_000), START.plusSeconds(101))).isEmpty();
        look(6_000, 50);
        assertThat(rates.of(sent(6_500), START.plusSeconds(60)))
                .as("after the clock was set back")
                .hasValue(50);
    }
}
