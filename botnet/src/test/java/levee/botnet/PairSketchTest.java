package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairSketchTest {
    private static final int START = 1_790_000_000;
    private static final long KEY = 0x1234_5678_9abc_def0L;

    private final PairSketch sketch = new PairSketch(1 << 12);

    @Test
    void aBeatIsWorthAPlaceWhenFourGapsWereLikeTheOneBefore() {
        int[] times = {0, 60, 118, 182, 240};
        for (int time : times) {
            assertThat(sketch.note(KEY, START + time, false)).isFalse();
        }
        assertThat(sketch.note(KEY, START + 300, false)).isTrue();
        // It begins anew, for whoever took it over.
        assertThat(sketch.note(KEY, START + 360, false)).isFalse();
    }

    @Test
    void fiveFailuresAreWorthAPlaceInWhateverBeat() {
        int[] times = {0, 7, 100, 101};
        for (int time : times) {
            assertThat(sketch.note(KEY, START + time, true)).isFalse();
        }
        assertThat(sketch.note(KEY, START + 5_000, true)).isTrue();
    }

    @Test
    void whoComesAsItHappensIsNot() {
        SplittableRandom random = new SplittableRandom(1);
        int[] gaps = {3, 40, 600, 20, 1_500, 90, 5, 4_000};
        int time = START;
        for (int i = 0; i < 1_000; i++) {
            time += gaps[i % gaps.length] + random.nextInt(3);
            assertThat(sketch.note(KEY, time, false)).isFalse();
        }
    }

    @Test
    void manyContactsWithinASecondAreNoBeat() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(sketch.note(KEY, START, false)).isFalse();
        }
    }

    /** Whoever shows a beat is not forgotten for passers-by, of whom there are very many more than there is room for. */
    @Test
    void aBeatIsSeenAmongAMillionPassersBy() {
        SplittableRandom random = new SplittableRandom(2);
        int places = 0;
        boolean isFound = false;
        for (int minute = 0; minute < 100; minute++) {
            isFound |= sketch.note(KEY, START + 60 * minute, false);
            for (int i = 0; i < 10_000; i++) {
                places += sketch.note(random.nextLong(), START + 60 * minute, false) ? 1 : 0;
            }
        }
        // Eight cells of 4,096 and twenty passers-by for each in a minute: only who came in that minute is there.
        assertThat(isFound).isFalse();
        assertThat(places).isZero();

        PairSketch larger = new PairSketch(1 << 15);
        for (int minute = 0; minute < 10; minute++) {
            isFound |= larger.note(KEY, START + 60 * minute, false);
            for (int i = 0; i < 10_000; i++) {
                places += larger.note(random.nextLong(), START + 60 * minute, false) ? 1 : 0;
            }
        }
        assertThat(isFound).isTrue();
        assertThat(places).isLessThan(10);
    }

    /** Morning and evening: gaps that are too long to be told say nothing. */
    @Test
    void longGapsAreNoBeat() {
        for (int day = 0; day < 12; day++) {
            assertThat(sketch.note(KEY, START + 86_400 * day, false)).isFalse();
            assertThat(sketch.note(KEY, START + 86_400 * day + 32_400, false)).isFalse();
        }
    }

    /** Times are kept in twenty bits: twelve days. */
    @Test
    void timesGoRoundAndMayComeLate() {
        int end = (START >> 20) + 1 << 20;
        for (int i = -3; i < 2; i++) {
            assertThat(sketch.note(KEY, end + 600 * i, false)).isFalse();
            // A second late.
            assertThat(sketch.note(KEY, end + 600 * i - 1, false)).isFalse();
        }
        assertThat(sketch.note(KEY, end + 1_200, false)).isTrue();
    }
}
