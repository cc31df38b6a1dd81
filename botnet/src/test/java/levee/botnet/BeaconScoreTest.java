package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import levee.detection.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of RITA v5, by cases that were worked out by hand. */
class BeaconScoreTest {
    private static final int HOUR = 3_600;
    private static final int DAY = 24 * HOUR;

    private static BeaconScore score(int[] seconds, int[] sizes) {
        return BeaconScore.of(seconds.clone(), sizes.clone(), seconds.length, 0, DAY);
    }

    private static int[] sameSizes(int count) {
        int[] sizes = new int[count];
        Arrays.fill(sizes, 100);
        return sizes;
    }

    private static int[] every(int gap, int count) {
        int[] seconds = new int[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = i * gap;
        }
        return seconds;
    }

    @Test
    void aPerfectBeatIsOne() {
        BeaconScore score = score(every(60, 1_440), sameSizes(1_440));
        assertThat(score.time()).isEqualTo(1);
        assertThat(score.size()).isEqualTo(1);
        assertThat(score.histogram()).isEqualTo(1);
        assertThat(score.duration()).isEqualTo(1);
        assertThat(score.concentration()).isEqualTo(1);
        assertThat(score.medianGapSeconds()).isEqualTo(60);
        assertThat(score.contacts()).isEqualTo(1_440);
        assertThat(score.score()).isEqualTo(1);
    }

    /** Gaps 10, 20, 40, 100: quartiles 15, 30, 70, so Bowley's skewness (15 + 70 - 60) / 55; deviations 10, 10, 20, 70. */
    @Test
    void gapsThatAreSkew() {
        BeaconScore score = score(new int[] {0, 10, 30, 70, 170}, sameSizes(5));
        double skewness = 25.0 / 55;
        double deviation = (30.0 - 15) / 30;
        assertThat(score.time()).isCloseTo((1 - skewness + deviation) / 2, within(1e-9));
    }

    /** Sizes 1, 2, 5, 6: their median is 3.5, and from that they are 2.5, 1.5, 1.5 and 2.5 apart, so 2 in the middle. */
    @Test
    void mediansBetweenTwoNumbersAreNotCutOff() {
        BeaconScore score = score(new int[] {0, 100, 200, 300}, new int[] {5, 1, 6, 2});
        assertThat(score.size()).isCloseTo((1 + (3.5 - 2) / 3.5) / 2, within(1e-9));
    }

    /** An odd number has its median left out of both halves: of 10, 20, 30, 60, 100 the quartiles are 15 and 80. */
    @Test
    void sizesThatAreSkew() {
        BeaconScore score = score(every(100, 5), new int[] {100, 10, 60, 30, 20});
        double skewness = (15.0 + 80 - 2 * 30) / 65;
        assertThat(score.size()).isCloseTo((1 - skewness + (30.0 - 20) / 30) / 2, within(1e-9));
    }

    /** Less than ten apart, quartiles say nothing. */
    @Test
    void aSmallSpreadIsNotSkew() {
        BeaconScore score = score(new int[] {0, 60, 121, 185, 250}, sameSizes(5));
        assertThat(score.time()).isGreaterThan(0.95);
    }

    @Test
    void contactsInTheSameSecondAreOneTime() {
        BeaconScore score = score(new int[] {0, 0, 0, 60, 60, 120, 180}, sameSizes(7));
        assertThat(score.contacts()).isEqualTo(4);
        assertThat(score.medianGapSeconds()).isEqualTo(60);
        assertThat(score.time()).isEqualTo(1);
    }

    @Test
    void tooFewSayNothing() {
        assertThat(score(new int[0], new int[0]).score()).isZero();
        assertThat(score(new int[] {5}, new int[] {1}).time()).isZero();
        assertThat(score(new int[] {5, 6, 7}, new int[] {1, 1, 1}).time()).isZero();
    }

    /** Bytes of nothing: the second half is 0 where the median is below one. */
    @Test
    void emptySizesAreNotAlike() {
        assertThat(score(every(60, 10), new int[10]).size()).isEqualTo(0.5);
    }

    /** Six of 24 hours, 10 contacts in each: mean 2.5, deviation sqrt(18.75), so worse than even; six in a row of twelve. */
    @Test
    void someHoursOfADay() {
        int[] seconds = new int[60];
        for (int i = 0; i < 60; i++) {
            seconds[i] = 5 * HOUR + i * 360;
        }
        BeaconScore score = score(seconds, sameSizes(60));
        assertThat(score.histogram()).isZero();
        assertThat(score.duration()).isEqualTo(0.5);
    }

    /** Five hours are too few to say for how long. */
    @Test
    void fewHours() {
        assertThat(score(every(360, 50), sameSizes(50)).duration()).isZero();
    }

    /** Twelve hours with ten contacts each, and twelve with twenty: two heights are as good as one. */
    @Test
    void aBeatThatChangesItsPaceOnce() {
        int[] seconds = new int[360];
        int at = 0;
        for (int hour = 0; hour < 24; hour++) {
            int contacts = hour < 12 ? 10 : 20;
            for (int i = 0; i < contacts; i++) {
                seconds[at++] = hour * HOUR + i * HOUR / contacts;
            }
        }
        assertThat(score(seconds, sameSizes(360)).histogram()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allPartsAreFromZeroToOneAndTheOrderMeansNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            int count = random.nextInt(0, 60);
            int[] seconds =
                    random.ints(count, 0, random.nextBoolean() ? 2 * DAY : 500).toArray();
            int[] sizes = random.ints(count, 0, random.nextBoolean() ? Integer.MAX_VALUE : 10)
                    .toArray();
            BeaconScore score = score(seconds, sizes);
            for (double part : new double[] {
                score.time(), score.size(), score.histogram(), score.duration(), score.concentration(), score.score()
            }) {
                assertThat(part).isBetween(0.0, 1.0);
            }
            int[] sorted = seconds.clone();
            Arrays.sort(sorted);
            int[] sortedSizes = sizes.clone();
            Arrays.sort(sortedSizes);
            assertThat(score(sorted, sortedSizes)).isEqualTo(score);
        }
    }

    @Test
    void aBeatIsMoreRegularThanChance() {
        SplittableRandom random = new SplittableRandom(7);
        int[] jittered = new int[300];
        int[] byChance = new int[300];
        for (int i = 0; i < 300; i++) {
            jittered[i] = i * 288 + random.nextInt(30);
            byChance[i] = random.nextInt(DAY);
        }
        BeaconScore beat = score(jittered, sameSizes(300));
        BeaconScore chance = score(byChance, sameSizes(300));
        assertThat(beat.time()).isGreaterThan(chance.time());
        assertThat(beat.concentration()).isGreaterThan(chance.concentration());
        assertThat(beat.score()).isGreaterThan(chance.score());
    }

    @Test
    void aLogKeepsADayAndAnHourAndIsGivenBack() {
        MemoryBudget budget = new MemoryBudget(1 << 20);
        ContactLog log = new ContactLog(budget);
        for (int i = 0; i < 3_000; i++) {
            log.add(i * 60, 100);
        }
        assertThat(log.size()).isBetween(1_500, 1_502);
        assertThat(log.isComplete()).isTrue();
        assertThat(log.score(0, 3_000 * 60).score()).isCloseTo(1, within(0.05));
        log.release();
        assertThat(budget.take(1 << 20)).isTrue();
    }

    /** Where there is no more memory, the latest contacts are what is left. */
    @Test
    void aLogWithoutMemoryKeepsTheLatest() {
        ContactLog log = new ContactLog(new MemoryBudget(0));
        for (int i = 0; i < 100; i++) {
            log.add(i * 60, 100);
        }
        assertThat(log.size()).isEqualTo(ContactLog.LEAST_CAPACITY);
        assertThat(log.isComplete()).isFalse();
        assertThat(log.score(0, 6_000).medianGapSeconds()).isEqualTo(60);
    }

    /** RITA's window is 24 hours, and its beginning the hour's. */
    @Test
    void theWindowBeginsWithAnHour() {
        ContactLog log = new ContactLog(new MemoryBudget(1 << 20));
        int end = 3 * DAY + 600;
        for (int second = 2 * DAY; second <= end; second += 300) {
            log.add(second, 100);
        }
        BeaconScore score = log.score(0, end);
        // From an hour's beginning to ten minutes after it a day later, and both ends count.
        assertThat(score.contacts()).isEqualTo(DAY / 300 + 3);
        assertThat(score.histogram()).isGreaterThan(0.95);
        assertThat(score.duration()).isEqualTo(1);
    }
}
