package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefixGateTest {
    private static final long PAIR = CandidateTable.pair(Rows.hash("192.0.2.0"), 1);

    private static final int THRESHOLD = 10;

    private final PrefixGate gate = new PrefixGate(THRESHOLD);

    private int rowsUntilItOpens() {
        int rows = 1;
        while (!gate.opens(PAIR, THRESHOLD)) {
            rows++;
        }
        return rows;
    }

    @Test
    void opensAtItsThreshold() {
        assertThat(rowsUntilItOpens()).isEqualTo(10);
        assertThat(gate.opens(PAIR, THRESHOLD)).isTrue();
        assertThat(gate.opens(PAIR ^ 1, THRESHOLD)).isFalse();
    }

    @Test
    void harmlessRowsAreTakenBack() {
        for (int i = 0; i < 100; i++) {
            assertThat(gate.opens(PAIR, THRESHOLD)).isFalse();
            gate.takeBack(PAIR);
        }
    }

    @Test
    void aBusyPairNeedsFewerRowsInTheNextSecond() {
        for (int i = 0; i < 1_000; i++) {
            gate.opens(PAIR, THRESHOLD);
        }
        gate.nextSecond();
        assertThat(gate.opens(PAIR, THRESHOLD)).isTrue();
        gate.nextSecond();
        assertThat(rowsUntilItOpens()).isEqualTo(5);
    }

    @Test
    void countersDoNotStayBelowZero() {
        for (int i = 0; i < 5; i++) {
            gate.takeBack(PAIR);
        }
        gate.nextSecond();
        assertThat(rowsUntilItOpens()).isEqualTo(10);
    }

    @Test
    void forgetsWhenCleared() {
        rowsUntilItOpens();
        gate.clear();
        assertThat(rowsUntilItOpens()).isEqualTo(10);
    }
}
