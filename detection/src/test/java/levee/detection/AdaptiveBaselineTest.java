package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveBaselineTest {
    private final AdaptiveBaseline baseline = new AdaptiveBaseline();

    @Test
    void knowsNothingAtFirst() {
        assertThat(baseline.packetsPerSecond()).isZero();
        assertThat(baseline.observations()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void arrivesAtTheNinetyFifthPercentile(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[5_000];
        double sumOfLogarithms = 0;
        int counted = 0;
        for (int i = 0; i < rates.length; i++) {
            // log-normal: most around 1000 packets/s, 5 % above 2270
            rates[i] = 1_000 * Math.exp(0.5 * gaussian(random));
            baseline.observe(rates[i]);
            if (i >= rates.length / 2) {
                sumOfLogarithms += Math.log(baseline.packetsPerSecond());
                counted++;
            }
        }
        Arrays.sort(rates);
        double percentile = rates[rates.length * 95 / 100];
        assertThat(Math.exp(sumOfLogarithms / counted)).isCloseTo(percentile, within(0.1 * percentile));
        assertThat(baseline.packetsPerSecond()).isBetween(0.7 * percentile, 1.4 * percentile);
        assertThat(baseline.observations()).isEqualTo(rates.length);
    }

    /** Box and Muller 1958. */
    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    @Test
    void arrivesWithinADayOfMinutes() {
        for (int i = 0; i < 1_440; i++) {
            baseline.observe(10_000);
        }
        assertThat(baseline.packetsPerSecond()).isCloseTo(10_000, within(100.0));
    }

    @Test
    void oneObservationMovesItLittleWhateverItIs() {
        settle(1_000);
        double before = baseline.packetsPerSecond();
        baseline.observe(Double.MAX_VALUE);
        assertThat(baseline.packetsPerSecond()).isBetween(before, 1.04 * before);
        before = baseline.packetsPerSecond();
        baseline.observe(0);
        assertThat(baseline.packetsPerSecond()).isBetween(0.99 * before, before);
    }

    @Test
    void anAttackOfAnHourRaisesItByLessThanAnOrderOfMagnitude() {
        settle(1_000);
        for (int minute = 0; minute < 60; minute++) {
            baseline.observe(10_000_000);
        }
        // 60 steps of 2^(0.05 * 0.95)
        assertThat(baseline.packetsPerSecond()).isBetween(1_000.0, 7_300.0);
    }

    @Test
    void isNeverAboveWhatWasSeen() {
        for (int i = 0; i < 1_000; i++) {
            baseline.observe(500);
            assertThat(baseline.packetsPerSecond()).isLessThanOrEqualTo(500.001);
        }
    }

    @Test
    void staysWhereItIsWhileItIsNotFed() {
        settle(1_000);
        double before = baseline.packetsPerSecond();
        assertThat(baseline.packetsPerSecond()).isEqualTo(before);
        assertThat(baseline.observations()).isEqualTo(1_000);
    }

    @Test
    void nonsenseIsTakenForNothing() {
        settle(1_000);
        baseline.observe(-5);
        assertThat(baseline.packetsPerSecond()).isBetween(980.0, 1_000.0);
    }

    private void settle(double rate) {
        for (int i = 0; i < 1_000; i++) {
            baseline.observe(rate);
        }
        assertThat(baseline.packetsPerSecond()).isCloseTo(rate, within(rate / 100));
    }
}
