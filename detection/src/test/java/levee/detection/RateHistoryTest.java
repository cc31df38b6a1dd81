package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHistoryTest {
    @Test
    void aRateNeedsEnoughPackets() {
        RateHistory history = new RateHistory();
        history.add(1_000_000_000L, 1_000, 60_000);
        assertThat(history.peakPacketsOver(3_000)).isZero();
        history.add(4_500_000_000L, 1_000, 60_000);
        history.add(5_500_000_000L, 1_000, 120_000);
        // All three, in the seconds 1 to 5.
        assertThat(history.peakPacketsOver(3_000)).isEqualTo(600);
        assertThat(history.peakBytesOver(3_000)).isEqualTo(48_000);
        // The two latest, in two seconds.
        assertThat(history.peakPacketsOver(2_000)).isEqualTo(1_000);
        assertThat(history.peakPacketsOver(1)).isEqualTo(1_000);
    }

    @Test
    void packetsOfTheSecondsBefore() {
        RateHistory history = new RateHistory();
        history.add(1_000_000_000L, 5, 0);
        history.add(3_000_000_000L, 7, 0);
        assertThat(history.packetsUntil(3, 2)).isEqualTo(7);
        assertThat(history.packetsUntil(3, 3)).isEqualTo(12);
    }

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_700_000_000L;

    private final RateHistory history = new RateHistory();

    @Test
    void countsPacketsBySecond() {
        history.add(NOW * SECOND, 1, 100);
        history.add(NOW * SECOND + SECOND - 1, 2, 200);
        history.add((NOW + 1) * SECOND, 4, 50);
        assertThat(history.packetsIn(NOW)).isEqualTo(3);
        assertThat(history.packetsIn(NOW + 1)).isEqualTo(4);
        assertThat(history.packetsIn(NOW + 2)).isZero();
        assertThat(history.packetsIn(NOW - 1)).isZero();
        assertThat(history.packets()).isEqualTo(7);
        assertThat(history.peakPackets()).isEqualTo(4);
        assertThat(history.peakBytes()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0, 10, '10'",
        "0.0, 0.9, 10, '10'",
        "0.9, 1.1, 10, '5 5'",
        "0.0, 2.0, 10, '3 3 4'",
        "0.5, 3.5, 2, '0 1 0 1'",
        "0.0, 4.0, 0, '0 0 0 0 0'"
    })
    void spreadsAFlowOverItsSeconds(double first, double last, long packets, String expected) {
        history.add(NOW * SECOND + (long) (first * 1e9), NOW * SECOND + (long) (last * 1e9), packets, 0);
        String[] parts = expected.split(" ");
        for (int i = 0; i < parts.length; i++) {
            assertThat(history.packetsIn(NOW + i)).as("second %d", i).isEqualTo(Long.parseLong(parts[i]));
        }
    }

    @Test
    void thePartsOfAFlowAddUpToTheWhole() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 2_000; run++) {
            history.clear();
            long total = 0;
            for (int flow = 0; flow < 5; flow++) {
                long first = NOW * SECOND + random.nextLong(5 * SECOND);
                long last = first + random.nextLong(25 * SECOND);
                long packets = random.nextLong(1L << random.nextInt(1, 50));
                history.add(first, last, packets, packets * 7);
                total += packets;
                assertThat(history.packets()).isEqualTo(total);
            }
        }
    }

    @Test
    void noSecondOfAnEvenFlowDiffersByMoreThanOne() {
        history.add(NOW * SECOND, (NOW + 29) * SECOND, 1_000, 0);
        for (int i = 0; i < 30; i++) {
            assertThat(history.packetsIn(NOW + i)).isBetween(33L, 34L);
        }
    }

    @Test
    void whatLiesOutsideTheHorizonIsLeftOut() {
        // 1000 s at 10 packets/s; 32 s lie before the latest time that is kept, from the first on
        history.add(NOW * SECOND, (NOW + 999) * SECOND, 10_000, 0);
        assertThat(history.packets()).isEqualTo(33 * 10);
        // a flow that began long before: only its part within the horizon counts
        history.clear();
        history.add((NOW + 1_000) * SECOND, 0, 0);
        history.add(NOW * SECOND, (NOW + 1_000) * SECOND, 10_010, 0);
        assertThat(history.packetsIn(NOW + 1_000)).isEqualTo(10);
        assertThat(history.packetsIn(NOW + 1_000 - RateHistory.SECONDS)).isZero();
        assertThat(history.packets()).isEqualTo(10 * RateHistory.SECONDS);
        assertThat(history.peakPackets()).isEqualTo(10);
    }

    @Test
    void aFlowThatEndedBeforeTheHorizonIsLeftOut() {
        history.add(NOW * SECOND, 1, 1);
        history.add((NOW - 1_000) * SECOND, (NOW - 500) * SECOND, 50_100, 0);
        assertThat(history.packets()).isEqualTo(1);
    }

    @Test
    void aPacketFromBeforeTheHorizonIsLeftOut() {
        history.add(NOW * SECOND, 1, 1);
        history.add((NOW - 1_000) * SECOND, 5, 5);
        assertThat(history.packets()).isEqualTo(1);
        history.add((NOW - RateHistory.SECONDS + 1) * SECOND, 5, 5);
        assertThat(history.packets()).isEqualTo(6);
    }

    @Test
    void aFlowThatEndsBeforeItBeginsCountsWhereItBegins() {
        history.add((NOW + 3) * SECOND, NOW * SECOND, 12, 0);
        assertThat(history.packetsIn(NOW + 3)).isEqualTo(12);
        history.add((NOW + 3) * SECOND, (NOW + 2) * SECOND, 12, 0);
        assertThat(history.packetsIn(NOW + 3)).isEqualTo(24);
        assertThat(history.packets()).isEqualTo(24);
    }

    @Test
    void oldSecondsMakeWay() {
        for (int i = 0; i < 1_000; i++) {
            history.add((NOW + i) * SECOND, i, 0);
        }
        assertThat(history.packetsIn(NOW + 999)).isEqualTo(999);
        assertThat(history.packetsIn(NOW + 1_000 - RateHistory.SECONDS)).isEqualTo(1_000 - RateHistory.SECONDS);
        assertThat(history.packetsIn(NOW + 999 - RateHistory.SECONDS)).isZero();
        history.add((NOW + 1_000_000) * SECOND, 1, 0);
        assertThat(history.packets()).isEqualTo(1);
    }

    @Test
    void findsWhereAnActivityBegan() {
        for (int i = 0; i < 60; i++) {
            boolean quiet = i < 10 || i >= 20 && i < 23 || i >= 40 && i < 45;
            history.add((NOW + i) * SECOND, quiet ? 1 : 100, 0);
        }
        // Three quiet seconds do not cut it off where five are asked for; five do.
        assertThat(history.beginOfActivity(NOW + 39, 50, 5)).isEqualTo(NOW + 10);
        assertThat(history.beginOfActivity(NOW + 39, 50, 3)).isEqualTo(NOW + 23);
        assertThat(history.beginOfActivity(NOW + 59, 50, 5)).isEqualTo(NOW + 45);
        assertThat(history.beginOfActivity(NOW + 59, 50, 6)).isEqualTo(NOW + 10);
        assertThat(history.beginOfActivity(NOW + 59, 1_000, 5)).isEqualTo(NOW + 59);
    }

    @Test
    void forgetsWhenCleared() {
        history.add(NOW * SECOND, 5, 5);
        history.clear();
        assertThat(history.packets() + history.peakPackets() + history.peakBytes())
                .isZero();
        history.add(0, 1, 1);
        assertThat(history.packetsIn(0)).isEqualTo(1);
    }
}
