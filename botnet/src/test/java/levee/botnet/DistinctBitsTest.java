package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import levee.detection.HeavyTable;
import levee.telemetry.Hashing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctBitsTest {
    private static final int WORDS = 8;

    /** Ports and addresses come in a row, which a hash that is a mere product spreads too evenly. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 25, 100, 400, 800})
    void countsNumbersInARow(int keys) {
        for (long seed = 1; seed <= 20; seed++) {
            HeavyTable table = new HeavyTable(8, WORDS + 1);
            int at = table.count(seed, 0, 0, 0, 1);
            int entry = table.find(seed);
            for (int repetition = 0; repetition < 2; repetition++) {
                for (int key = 0; key < keys; key++) {
                    DistinctBits.mark(table, at + 1, WORDS, Hashing.hash(seed, key, 0));
                }
            }
            double allowed = Math.max(2, 0.2 * keys);
            assertThat((double) DistinctBits.estimate(table, entry, 1, WORDS)).isCloseTo(keys, within(allowed));
            assertThat(table.value(entry, 0)).isZero();
            assertThat(DistinctBits.isMarked(table, entry, 1, WORDS, Hashing.hash(seed, 0, 0)))
                    .isTrue();
        }
    }
}
