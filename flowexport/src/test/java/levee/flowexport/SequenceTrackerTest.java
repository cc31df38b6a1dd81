package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();
    private int uptime = 1_000_000;

    private void add(int number, int units) {
        uptime += 10;
        tracker.add(number, units, SequenceTracker.UNCOUNTED, uptime);
    }

    @Test
    void nothingIsMissingInARow() {
        for (int i = 0; i < 1_000; i++) {
            add(-15_000 + 30 * i, 30);
        }
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void gapsAreLost() {
        add(0, 30);
        add(60, 30);
        add(90, 30);
        add(240, 30);
        assertThat(tracker.lost()).isEqualTo(30 + 120);
    }

    @Test
    void aDatagramThatIsOvertakenIsNotLost() {
        add(0, 30);
        add(60, 30);
        assertThat(tracker.lost()).isEqualTo(30);
        add(30, 30);
        assertThat(tracker.lost()).isZero();
        add(90, 30);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void anyOrderOfAFewIsNoLoss() {
        SplittableRandom random = new SplittableRandom(7);
        int[] order = new int[4_000];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        // Neighbours change places, and in fours.
        for (int i = 1; i + 4 < order.length; i += 4) {
            for (int j = 0; j < 3; j++) {
                int k = i + j + random.nextInt(4 - j);
                int other = order[i + j];
                order[i + j] = order[k];
                order[k] = other;
            }
        }
        for (int number : order) {
            add(number, 1);
        }
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void aRestartIsNoLoss() {
        add(4_000_000_00, 30);
        uptime = 0;
        add(0, 30);
        add(30, 30);
        add(60, 30);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isEqualTo(1);
        add(120, 30);
        assertThat(tracker.lost()).isEqualTo(30);
    }

    @Test
    void aRestartAheadOfTheNumberIsNoLossEither() {
        add(10, 1);
        uptime = 0;
        add(500, 1);
        add(501, 1);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isEqualTo(1);
    }

    @Test
    void oneStrayNumberChangesNothing() {
        add(0, 30);
        add(1_000_000, 30);
        add(30, 30);
        add(-500_000, 30);
        add(60, 30);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void alongOutageIsLost() {
        add(0, 30);
        add(3_000_030, 30);
        add(3_000_060, 30);
        assertThat(tracker.lost()).isEqualTo(3_000_000);
    }

    @Test
    void uptimesWrap() {
        uptime = -20;
        add(0, 1);
        add(1, 1);
        add(2, 1);
        add(4, 1);
        assertThat(tracker.lost()).isEqualTo(1);
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void aNumberThatNeverChangesIsNoLoss() {
        for (int i = 0; i < 100; i++) {
            add(0, 30);
        }
        assertThat(tracker.lost()).isZero();
    }

    /** As softflowd counts in IPFIX: behind the message, and without options data. */
    @Test
    void otherWaysToCountAreUnderstood() {
        int number = 0;
        for (int i = 0; i < 100; i++) {
            boolean hasOptions = i % 16 == 0;
            number += hasOptions ? 24 : 32;
            tracker.add(number, hasOptions ? 25 : 32, hasOptions ? 24 : 32, 0);
        }
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.resets()).isZero();
    }

    @Test
    void behindAnUncountedDatagramAnyNumberMayFollow() {
        tracker.add(0, 10, 10, 0);
        tracker.add(10, SequenceTracker.UNCOUNTED, SequenceTracker.UNCOUNTED, 0);
        tracker.add(35, 10, 10, 0);
        tracker.add(50, 10, 10, 0);
        assertThat(tracker.lost()).isEqualTo(5);
    }

    @Test
    void duplicatesAreTold() {
        assertThat(tracker.isDuplicate(1)).isFalse();
        assertThat(tracker.isDuplicate(3)).isFalse();
        assertThat(tracker.isDuplicate(1)).isTrue();
        assertThat(tracker.duplicates()).isEqualTo(1);
    }
}
