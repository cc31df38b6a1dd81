package levee.detection;

import static levee.detection.CandidateTable.MAXIMUM_ROWS;
import static levee.detection.CandidateTable.NOT_TRACKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_700_000_000L * SECOND;
    private static final long WINDOW = SECOND;

    private final CandidateTable table = new CandidateTable(1 << 10);

    private static long pair(int number) {
        return CandidateTable.pair(Rows.hash("10.0." + number / 250 + "." + number % 250), 1);
    }

    private int count(CandidateTable candidates, long pair, int port, long nanos) {
        return candidates.count(candidates.find(pair, nanos), Rows.numbered(port), 0, nanos, WINDOW);
    }

    private static List<Integer> replayed(CandidateTable candidates, int entry) {
        RowSample sample = new RowSample(100, new MemoryBudget(1 << 20));
        candidates.replay(entry, sample);
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            ports.add(sample.sourcePort(i));
        }
        return ports;
    }

    @Test
    void classesAndTargetsAreToldApart() {
        long target = Rows.hash("192.0.2.1");
        long one = CandidateTable.pair(target, 1);
        assertThat(CandidateTable.pair(target, 1)).isEqualTo(one);
        assertThat(CandidateTable.pair(target, 2)).isNotEqualTo(one);
        assertThat(CandidateTable.pair(Rows.hash("192.0.2.2"), 1)).isNotEqualTo(one);
        assertThat(table.find(one, NOW)).isEqualTo(table.find(one, NOW));
        assertThat(table.find(CandidateTable.pair(target, 2), NOW)).isNotEqualTo(table.find(one, NOW));
    }

    @Test
    void anEntryIsMadeByFindingOnly() {
        assertThat(table.entryOf(pair(1))).isEqualTo(NOT_TRACKED);
        int entry = table.find(pair(1), NOW);
        assertThat(table.entryOf(pair(1))).isEqualTo(entry);
        assertThat(table.track(entry)).isEqualTo(NOT_TRACKED);
    }

    @Test
    void countsTheRowsOfAWindow() {
        for (int i = 1; i <= 1_000; i++) {
            int rows = count(table, pair(1), i, NOW + i * SECOND / 1_000);
            assertThat(rows).isEqualTo(Math.min(i, 255));
        }
    }

    @Test
    void aNewWindowBeginsWhenOneIsOver() {
        for (int i = 1; i <= 5; i++) {
            assertThat(count(table, pair(1), i, NOW)).isEqualTo(i);
        }
        // A window is measured in units of about a millisecond.
        long unit = 1 << 20;
        assertThat(count(table, pair(1), 6, NOW + WINDOW - 2 * unit)).isEqualTo(6);
        assertThat(count(table, pair(1), 7, NOW + WINDOW + 2 * unit)).isEqualTo(1);
        assertThat(count(table, pair(1), 8, NOW + 2 * WINDOW)).isEqualTo(2);
        assertThat(replayed(table, table.find(pair(1), NOW))).containsExactly(7, 8);
    }

    @Test
    void rowsOutOfOrderCountToTheWindow() {
        count(table, pair(1), 1, NOW);
        assertThat(count(table, pair(1), 2, NOW - 60 * SECOND)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 15, 38, 40, 100})
    void aWindowOfHoursAgoIsOver(long hours) {
        count(table, pair(1), 1, NOW);
        assertThat(count(table, pair(1), 2, NOW + hours * 3_600 * SECOND)).isEqualTo(1);
    }

    @Test
    void replaysTheFirstRowsOfTheWindow() {
        for (int i = 1; i <= 100; i++) {
            count(table, pair(1), i, NOW);
            count(table, pair(2), 1_000 + i, NOW);
        }
        List<Integer> first = new ArrayList<>();
        for (int i = 1; i <= MAXIMUM_ROWS; i++) {
            first.add(i);
        }
        assertThat(replayed(table, table.find(pair(1), NOW))).isEqualTo(first);
        assertThat(replayed(table, table.find(pair(2), NOW)))
                .isEqualTo(first.stream().map(i -> 1_000 + i).toList());
        assertThat(replayed(table, table.find(pair(3), NOW))).isEmpty();
    }

    @Test
    void rowsThatWereOverwrittenAreNotReplayed() {
        count(table, pair(1), 1, NOW);
        for (int i = 0; i < RowLog.CAPACITY; i++) {
            count(table, pair(2 + i % 500), 7, NOW + i * 10L * SECOND / RowLog.CAPACITY);
        }
        assertThat(replayed(table, table.find(pair(1), NOW))).doesNotContain(7);
    }

    @Test
    void harmlessRowsAreTakenBack() {
        int entry = table.find(pair(1), NOW);
        table.takeBack(entry);
        assertThat(count(table, pair(1), 1, NOW)).isEqualTo(1);
        table.takeBack(entry);
        assertThat(count(table, pair(1), 2, NOW)).isEqualTo(1);
        assertThat(count(table, pair(1), 3, NOW)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, CandidateTable.MAXIMUM_TRACK})
    void remembersTracks(int track) {
        int entry = table.find(pair(1), NOW);
        count(table, pair(1), 1, NOW);
        table.track(entry, track);
        assertThat(table.track(entry)).isEqualTo(track);
        assertThat(table.find(pair(1), NOW + 100 * SECOND)).isEqualTo(entry);
        assertThat(table.track(entry)).isEqualTo(track);
        table.track(entry, NOT_TRACKED);
        assertThat(table.track(entry)).isEqualTo(NOT_TRACKED);
        assertThat(count(table, pair(1), 1, NOW + 100 * SECOND)).isEqualTo(1);
    }

    @Test
    void thePairWhoseWindowBeganFirstMakesWay() {
        CandidateTable small = new CandidateTable(8);
        for (int i = 0; i < 8; i++) {
            small.find(pair(i), NOW + (i * 3 + 5) % 8 * SECOND);
        }
        // pair 1 has the earliest window: (1 * 3 + 5) % 8 = 0
        small.find(pair(100), NOW + 10 * SECOND);
        assertThat(small.entryOf(pair(1))).isEqualTo(NOT_TRACKED);
        for (int i : new int[] {0, 2, 3, 4, 5, 6, 7, 100}) {
            assertThat(small.entryOf(pair(i))).isNotEqualTo(NOT_TRACKED);
        }
    }

    @Test
    void trackedPairsDoNotMakeWay() {
        CandidateTable small = new CandidateTable(8);
        for (int i = 0; i < 7; i++) {
            small.track(small.find(pair(i), NOW), i);
        }
        for (int i = 7; i < 1_000; i++) {
            assertThat(small.find(pair(i), NOW + i * SECOND)).isNotEqualTo(NOT_TRACKED);
        }
        for (int i = 0; i < 7; i++) {
            assertThat(small.track(small.entryOf(pair(i)))).isEqualTo(i);
        }
        small.track(small.find(pair(7), NOW), 7);
        assertThat(small.find(pair(8), NOW)).isEqualTo(NOT_TRACKED);
        assertThat(small.entryOf(pair(8))).isEqualTo(NOT_TRACKED);
    }

    @Test
    void onlyPromisingPairsAreMissed() {
        CandidateTable small = new CandidateTable(8);
        for (int i = 0; i < 100; i++) {
            count(small, pair(i), 1, NOW);
        }
        assertThat(small.evicted()).isZero();
        for (int i = 100; i < 109; i++) {
            for (int row = 0; row < MAXIMUM_ROWS - 1; row++) {
                count(small, pair(i), 1, NOW);
            }
        }
        assertThat(small.evicted()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 4, 12, 1_000})
    void refusesOtherCapacitiesThanPowersOfTwo(int capacity) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CandidateTable(capacity));
    }
}
