package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyTableTest {
    private static final int CAPACITY = 256;

    private final HeavyTable table = new HeavyTable(CAPACITY, 2);
    private final Map<Long, Long> exact = new HashMap<>();

    /** The hash of a key of these tests. */
    private static long hash(long key) {
        return new SplittableRandom(key).nextLong();
    }

    private void count(long key, long weight) {
        int at = table.count(hash(key), key, ~key, 7, weight);
        table.add(at + 1, weight);
        exact.merge(key, weight, Long::sum);
    }

    @Test
    void fewKeysAreCountedExactly() {
        for (int round = 0; round < 3; round++) {
            for (long key = 0; key < 20; key++) {
                count(key, 10 + key);
            }
        }

        int used = 0;
        for (int entry = 0; entry < table.capacity(); entry++) {
            if (table.isUsed(entry)) {
                used++;
                long key = table.high(entry);
                assertThat(table.low(entry)).isEqualTo(~key);
                assertThat(table.tag(entry)).isEqualTo(7);
                assertThat(table.find(hash(key))).isEqualTo(entry);
                assertThat(table.counted(entry)).isEqualTo(3 * (10 + key));
                assertThat(table.value(entry, 0)).isZero();
                assertThat(table.value(entry, 1)).isEqualTo(3 * (10 + key));
                assertThat(table.missed(entry)).isZero();
            }
        }
        assertThat(used).isEqualTo(20);
        assertThat(table.evicted()).isZero();
        assertThat(table.find(hash(1_000))).isEqualTo(HeavyTable.NONE);
        assertThat(table.leastOf(hash(1_000))).isZero();
    }

    /** Whatever comes, what is said of each key is true. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyKeyIsWithinItsBounds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long all = 0;
        for (int i = 0; i < 200_000; i++) {
            double uniform = random.nextDouble();
            long key = (long) (20_000 * uniform * uniform * uniform * uniform);
            long weight = random.nextInt(1, 1_500);
            count(key, weight);
            all += weight;
        }

        assertThat(table.evicted()).isPositive();
        long held = 0;
        for (Map.Entry<Long, Long> truth : exact.entrySet()) {
            long hash = hash(truth.getKey());
            int entry = table.find(hash);
            if (entry == HeavyTable.NONE) {
                assertThat(truth.getValue()).isLessThanOrEqualTo(table.leastOf(hash));
                assertThat(truth.getValue()).isLessThan(4 * all / CAPACITY);
            } else {
                assertThat(truth.getValue())
                        .isBetween(table.counted(entry), table.counted(entry) + table.missed(entry));
                assertThat(table.value(entry, 1)).isEqualTo(table.counted(entry));
                held += table.counted(entry) + table.missed(entry);
            }
        }
        // As much as came: each bucket's least is an eighth of it at the most.
        assertThat(held).isEqualTo(all);
    }

    /** Ever new keys, as of forged addresses, do not drive away those that are heavier than all of them are on average. */
    @Test
    void heavyKeysStayAmongEverNewOnes() {
        SplittableRandom random = new SplittableRandom(6);
        int heavy = 20;
        for (int i = 0; i < 400_000; i++) {
            count(random.nextInt(5) == 0 ? random.nextInt(heavy) : random.nextLong(), 500);
        }

        for (long key = 0; key < heavy; key++) {
            int entry = table.find(hash(key));
            assertThat(entry).isNotEqualTo(HeavyTable.NONE);
            // All of 400,000 rows that are no heavy key's, over the capacity, with bad luck.
            assertThat(table.missed(entry)).isLessThan(2L * 400_000 * 500 / CAPACITY);
            assertThat(table.counted(entry)).isLessThanOrEqualTo(exact.get(key));
        }
    }

    @Test
    void nothingIsLeftAfterClearing() {
        for (long key = 0; key < 10_000; key++) {
            count(key, 1);
        }
        table.clear();

        assertThat(table.evicted()).isZero();
        for (int entry = 0; entry < table.capacity(); entry++) {
            assertThat(table.isUsed(entry)).isFalse();
        }
        count(5, 3);
        int entry = table.find(hash(5));
        assertThat(table.counted(entry)).isEqualTo(3);
        assertThat(table.value(entry, 1)).isEqualTo(3);
    }

    @Test
    void capacityIsAPowerOfTwo() {
        assertThatThrownBy(() -> new HeavyTable(100, 1)).hasMessageContaining("100");
        assertThatThrownBy(() -> new HeavyTable(4, 1)).hasMessageContaining("4");
    }
}
