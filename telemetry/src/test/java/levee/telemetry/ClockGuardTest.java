package levee.telemetry;

import static levee.telemetry.ClockGuard.Verdict.ACCEPT;
import static levee.telemetry.ClockGuard.Verdict.REJECT;
import static levee.telemetry.ClockGuard.Verdict.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockGuardTest {
    private static final long FORWARD = 1_000;
    private static final long BACKWARD = 100;
    private static final long DECADE = 10L * 365 * 86_400 * 1_000_000_000;

    private final ClockGuard guard = new ClockGuard(FORWARD, BACKWARD, 1);

    @Test
    void acceptsAnyFirstTime() {
        assertThat(new ClockGuard(FORWARD, BACKWARD, 1).judge(0)).isEqualTo(ACCEPT);
        assertThat(new ClockGuard(FORWARD, BACKWARD, 1).judge(Long.MIN_VALUE)).isEqualTo(ACCEPT);
        assertThat(new ClockGuard(FORWARD, BACKWARD, 1).judge(Long.MAX_VALUE)).isEqualTo(ACCEPT);
    }

    @Test
    void acceptsStepsUpToItsLimits() {
        assertThat(guard.judge(5_000)).isEqualTo(ACCEPT);
        assertThat(guard.judge(5_000 + FORWARD)).isEqualTo(ACCEPT);
        assertThat(guard.judge(5_000 + FORWARD - BACKWARD)).isEqualTo(ACCEPT);
        assertThat(guard.judge(5_000 + FORWARD - BACKWARD - 1)).isEqualTo(REJECT);
        assertThat(guard.judge(5_000 + 2 * FORWARD + 1)).isEqualTo(REJECT);
        assertThat(guard.judge(5_000 + 2 * FORWARD)).isEqualTo(ACCEPT);
    }

    @Test
    void rowsOutOfOrderDoNotTurnTheClockBack() {
        guard.judge(5_000);
        // Each is a little earlier than the one before; the limit counts from the latest.
        assertThat(guard.judge(4_950)).isEqualTo(ACCEPT);
        assertThat(guard.judge(4_900)).isEqualTo(ACCEPT);
        assertThat(guard.judge(4_850)).isEqualTo(REJECT);
    }

    @Test
    void oneRowFromAnotherDecadeIsRejected() {
        guard.judge(5 * DECADE);
        assertThat(guard.judge(6 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(5 * DECADE + 1)).isEqualTo(ACCEPT);
        assertThat(guard.judge(4 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(5 * DECADE + 2)).isEqualTo(ACCEPT);
    }

    @Test
    void aLeapIsBelievedWhenTheNextRowAgrees() {
        guard.judge(5 * DECADE);
        assertThat(guard.judge(4 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(4 * DECADE + 10)).isEqualTo(RESTART);
        assertThat(guard.judge(4 * DECADE + 10)).isEqualTo(ACCEPT);
        assertThat(guard.judge(5 * DECADE)).isEqualTo(REJECT);
    }

    @Test
    void leapsThatDoNotAgreeAreNotBelieved() {
        guard.judge(5 * DECADE);
        assertThat(guard.judge(4 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(3 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(6 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(5 * DECADE)).isEqualTo(ACCEPT);
    }

    @Test
    void aGoodRowInBetweenTakesTheConfirmationBack() {
        guard.judge(5 * DECADE);
        assertThat(guard.judge(4 * DECADE)).isEqualTo(REJECT);
        assertThat(guard.judge(5 * DECADE + 1)).isEqualTo(ACCEPT);
        assertThat(guard.judge(4 * DECADE + 1)).isEqualTo(REJECT);
        assertThat(guard.judge(4 * DECADE + 2)).isEqualTo(RESTART);
    }

    @Test
    void asManyRowsMustAgreeAsIsAskedFor() {
        ClockGuard strict = new ClockGuard(FORWARD, BACKWARD, 3);
        strict.judge(5 * DECADE);
        assertThat(strict.judge(4 * DECADE)).isEqualTo(REJECT);
        assertThat(strict.judge(4 * DECADE + 1)).isEqualTo(REJECT);
        assertThat(strict.judge(4 * DECADE + 2)).isEqualTo(REJECT);
        assertThat(strict.judge(4 * DECADE + 3)).isEqualTo(RESTART);
    }

    @Test
    void differencesThatOverflowAreLeaps() {
        guard.judge(Long.MAX_VALUE - 10);
        assertThat(guard.judge(Long.MIN_VALUE + 10)).isEqualTo(REJECT);
        assertThat(guard.judge(Long.MAX_VALUE)).isEqualTo(ACCEPT);
        assertThat(guard.judge(Long.MIN_VALUE)).isEqualTo(REJECT);
        assertThat(guard.judge(Long.MIN_VALUE + 1)).isEqualTo(RESTART);
        assertThat(guard.judge(Long.MIN_VALUE + 1)).isEqualTo(ACCEPT);
        assertThat(guard.judge(Long.MAX_VALUE)).isEqualTo(REJECT);
    }

    @Test
    void singleLeapsNeverMoveTheClock() {
        SplittableRandom random = new SplittableRandom(1);
        long latest = 5 * DECADE;
        guard.judge(latest);
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(4) == 0) {
                assertThat(guard.judge(random.nextLong())).isEqualTo(REJECT);
            } else {
                long nanos = latest + random.nextLong(-BACKWARD, FORWARD + 1);
                assertThat(guard.judge(nanos)).isEqualTo(ACCEPT);
                latest = Math.max(latest, nanos);
            }
        }
    }
}
