package levee.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
    private static int find(KeyTable table, long place, long key) {
        return KeyTable.mayHold(table.word(place), key) ? table.find(key) : KeyTable.NONE;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 200, 200_000})
    void findsWhatAMapFinds(int size) {
        Random random = new Random(size);
        Map<Long, Integer> expected = new HashMap<>();
        KeyTable.Builder builder = new KeyTable.Builder();
        for (int i = 0; i < size; i++) {
            // Some come twice, of which the first counts.
            long key = Hashes.mix(random.nextInt(Math.max(1, size)));
            int value = random.nextInt(1 << 16);
            expected.putIfAbsent(key, value);
            builder.add(key, ~key, value);
        }
        KeyTable table = builder.build();
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((key, value) -> assertThat(find(table, ~key, key)).isEqualTo(value));
        for (int i = 0; i < 1_000; i++) {
            long key = random.nextLong();
            assertThat(find(table, ~key, key)).isEqualTo(expected.getOrDefault(key, KeyTable.NONE));
        }
    }

    /** A list that somebody made so that all of its keys come into one bucket. */
    @Test
    void keysThatBeginAlikeAreFoundToo() {
        KeyTable.Builder builder = new KeyTable.Builder();
        Random random = new Random(1);
        int[] order = random.ints(20_000, 0, 10_000).toArray();
        for (int key : order) {
            builder.add(key, 0, key);
        }
        KeyTable table = builder.build();
        for (int key : order) {
            assertThat(find(table, 0, key)).isEqualTo(key);
        }
        assertThat(find(table, 0, 10_000)).isEqualTo(KeyTable.NONE);
    }

    @Test
    void ofEqualKeysTheFirstCountsHoweverManyThereAre() {
        KeyTable.Builder builder = new KeyTable.Builder();
        for (int i = 0; i < 100; i++) {
            builder.add(5, 5, i);
            builder.add(6, 6, 100 + i);
        }
        KeyTable table = builder.build();
        assertThat(table.size()).isEqualTo(2);
        assertThat(find(table, 5, 5)).isZero();
        assertThat(find(table, 6, 6)).isEqualTo(100);
    }

    @Test
    void takesLessThanTwelveBytesAKeyAndTheFilterAnswersMostQuestions() {
        int size = 100_000;
        KeyTable.Builder builder = new KeyTable.Builder();
        Random random = new Random(2);
        for (int i = 0; i < size; i++) {
            long key = random.nextLong();
            builder.add(key, key, 1);
        }
        KeyTable table = builder.build();
        assertThat(table.bytes()).isLessThan(12L * size);
        int passed = 0;
        for (int i = 0; i < size; i++) {
            long key = random.nextLong();
            passed += KeyTable.mayHold(table.word(key), key) ? 1 : 0;
        }
        assertThat(passed).isBetween(size / 200, size / 25);
    }
}
