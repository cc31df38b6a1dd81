package levee.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InputSummary.Damage;
import org.junit.jupiter.api.Test;

class SourceStatisticsTest {
    private final SourceStatistics statistics = new SourceStatistics();

    @Test
    void keepsTheEarliestAndLatestTime() {
        assertThat(statistics.anyTime).isFalse();
        for (long nanos : new long[] {-5, 7, -9, 0}) {
            statistics.time(nanos);
        }
        assertThat(statistics.anyTime).isTrue();
        assertThat(statistics.firstNanos).isEqualTo(-9);
        assertThat(statistics.lastNanos).isEqualTo(7);
    }

    @Test
    void keepsTheFirstDamage() {
        assertThat(statistics.damage()).isEmpty();
        statistics.damaged(7, "first");
        statistics.damaged(5, "second");
        assertThat(statistics.damage()).contains(new Damage(7, "first"));
    }
}
