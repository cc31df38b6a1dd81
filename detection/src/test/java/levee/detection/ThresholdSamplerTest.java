package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdSamplerTest {
    private static final long TICK_NANOS = 100_000_000L;

    private final SplittableRandom random = new SplittableRandom(1);
    private long now = 1_770_000_000_000_000_000L;

    @Test
    void everythingIsTakenOfLittle() {
        ThresholdSampler sampler = new ThresholdSampler(10_000, 1);
        for (int tick = 0; tick < 100; tick++) {
            sampler.tick(now += TICK_NANOS);
            for (int row = 0; row < 900; row++) {
                assertThat(sampler.scale(random.nextLong(1, 1_000_000))).isEqualTo(1);
            }
        }
        assertThat(sampler.threshold()).isZero();
    }

    /** Of two kinds of rows that take turns, each weighs as much as it did, within five standard errors. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsTakenWeighsAsMuchAsWhatCame(long seed) {
        ThresholdSampler sampler = new ThresholdSampler(10_000, seed);
        long[] came = new long[2];
        double[] told = new double[2];
        double[] variance = new double[2];
        long taken = 0;
        long heavy = 1_000_000_000;
        for (int tick = 0; tick < 100; tick++) {
            sampler.tick(now += TICK_NANOS);
            for (int row = 0; row < 20_000; row++) {
                int kind = row & 1;
                long weight = 540L + 900L * kind * random.nextInt(2);
                double scale = sampler.scale(weight);
                came[kind] += weight;
                told[kind] += sampler.scaled(weight, scale == 0 ? 0 : scale) * (scale == 0 ? 0 : 1);
                variance[kind] += (double) weight * sampler.threshold();
                taken += scale > 0 && tick > 10 ? 1 : 0;
            }
            assertThat(sampler.scale(heavy)).isEqualTo(1);
        }
        assertThat(sampler.threshold()).isPositive();
        // A twentieth of what came.
        assertThat(taken / 8.9).isBetween(5_000.0, 20_000.0);
        for (int kind = 0; kind < 2; kind++) {
            assertThat(Math.abs(told[kind] - came[kind])).isLessThan(5 * Math.sqrt(variance[kind]));
        }
    }

    @Test
    void everythingIsTakenAgainWhenItIsLittle() {
        ThresholdSampler sampler = new ThresholdSampler(10_000, 1);
        for (int tick = 0; tick < 20; tick++) {
            sampler.tick(now += TICK_NANOS);
            for (int row = 0; row < 50_000; row++) {
                sampler.scale(600);
            }
        }
        assertThat(sampler.threshold()).isPositive();
        for (int tick = 0; tick < 20; tick++) {
            sampler.tick(now += TICK_NANOS);
            for (int row = 0; row < 100; row++) {
                sampler.scale(600);
            }
        }
        assertThat(sampler.threshold()).isZero();
    }

    @Test
    void clockMayJump() {
        ThresholdSampler sampler = new ThresholdSampler(10_000, 1);
        for (long jump : new long[] {0, -1, -TICK_NANOS * 1_000_000, Long.MAX_VALUE / 2, 1, TICK_NANOS}) {
            sampler.tick(now + jump);
            for (int row = 0; row < 50_000; row++) {
                double scale = sampler.scale(1);
                assertThat(scale).isFinite().isNotNegative();
            }
        }
        assertThat(sampler.threshold()).isNotNegative();
    }
}
