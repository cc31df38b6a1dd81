package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import levee.model.Attack.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCounterTest {
    private static final long PLENTY = 1L << 30;

    private final DistinctCounter counter = new DistinctCounter(new MemoryBudget(PLENTY));

    private static void addAll(DistinctCounter counter, long seed, int keys) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < keys; i++) {
            counter.add(random.nextLong());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 63, 64, 65, 1_000, 65_535, 65_536})
    void countsExactlyUpToItsLimit(int keys) {
        addAll(counter, 1, keys);
        addAll(counter, 1, keys);
        assertThat(counter.count()).isEqualTo(new Count(keys, true));
    }

    @Test
    void knowsWhatWasAdded() {
        assertThat(counter.contains(7)).isFalse();
        assertThat(counter.contains(0)).isFalse();
        counter.add(7);
        counter.add(0);
        assertThat(counter.contains(7)).isTrue();
        assertThat(counter.contains(0)).isTrue();
        assertThat(counter.contains(8)).isFalse();
        assertThat(counter.value()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 100_000, 1_000_000})
    void estimatesBeyondWithinFourStandardErrors(int keys) {
        for (int seed = 1; seed <= 5; seed++) {
            counter.clear();
            addAll(counter, seed, keys);
            assertThat(counter.count().exact()).isFalse();
            assertThat((double) counter.value()).isCloseTo(keys, within(0.012 * 4 * keys));
            addAll(counter, seed, keys);
            assertThat((double) counter.value()).isCloseTo(keys, within(0.012 * 4 * keys));
        }
    }

    @Test
    void usesNoMoreThanItsBudget() {
        for (int bytes : new int[] {0, 1, 512, 1_000, 5_000, 100_000}) {
            MemoryBudget budget = new MemoryBudget(bytes);
            DistinctCounter poor = new DistinctCounter(budget);
            addAll(poor, 1, 20_000);
            assertThat(poor.count().exact()).isFalse();
            assertThat((double) poor.value()).isCloseTo(20_000, within(0.05 * 20_000));
            // The keys gave everything back.
            assertThat(budget.take(bytes)).isTrue();
        }
    }

    @Test
    void givesBackItsMemoryWhenCleared() {
        MemoryBudget budget = new MemoryBudget(PLENTY);
        DistinctCounter rich = new DistinctCounter(budget);
        addAll(rich, 1, 50_000);
        assertThat(budget.take(PLENTY)).isFalse();
        rich.clear();
        assertThat(rich.count()).isEqualTo(new Count(0, true));
        assertThat(budget.take(PLENTY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1_000, 40_000, 200_000})
    void countsUnions(int keys) {
        DistinctCounter same = new DistinctCounter(new MemoryBudget(PLENTY));
        DistinctCounter other = new DistinctCounter(new MemoryBudget(PLENTY));
        for (int size : new int[] {0, 10, 1_000, 40_000, 200_000}) {
            counter.clear();
            same.clear();
            other.clear();
            addAll(counter, 1, keys);
            addAll(same, 1, size);
            addAll(other, 2, size);
            counter.addAll(same);
            assertUnion(Math.max(keys, size));
            counter.addAll(other);
            assertUnion(Math.max(keys, size) + size);
        }
    }

    /** Sources that are chosen so that a sketch takes them for few are as many as were counted before it began. */
    @Test
    void neverFallsBelowWhatWasCountedExactly() {
        for (int key = 1; key <= 2 * DistinctCounter.EXACT_LIMIT; key++) {
            counter.add(key);
        }
        assertThat(counter.count().exact()).isFalse();
        assertThat(counter.value()).isGreaterThanOrEqualTo(DistinctCounter.EXACT_LIMIT);
        DistinctCounter union = new DistinctCounter(new MemoryBudget(PLENTY));
        union.addAll(counter);
        assertThat(union.value()).isGreaterThanOrEqualTo(DistinctCounter.EXACT_LIMIT);
    }

    /** Keys that agree in their lowest bits, as an attacker could choose them, took a second for each ten thousand. */
    @Test
    @Timeout(10)
    void keysThatAgreeInManyBitsCostNoMoreThanOthers() {
        for (int times = 0; times < 20; times++) {
            for (long key = 1; key < DistinctCounter.EXACT_LIMIT; key++) {
                counter.add(key << 32);
            }
        }
        assertThat(counter.count()).isEqualTo(new Count(DistinctCounter.EXACT_LIMIT - 1, true));
    }

    private void assertUnion(int expected) {
        if (counter.count().exact()) {
            assertThat(counter.value()).isEqualTo(expected);
        } else {
            assertThat(expected).isGreaterThan(DistinctCounter.EXACT_LIMIT);
            assertThat((double) counter.value()).isCloseTo(expected, within(0.05 * expected));
        }
    }
}
