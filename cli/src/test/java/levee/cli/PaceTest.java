package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_000 * SECOND;

    private final List<Long> meanwhile = new ArrayList<>();
    private long nowNanos = START;
    private long slept;
    private long oversleeping;

    private final Pace pace = new Pace(() -> nowNanos, nanos -> {
        slept += nanos;
        nowNanos += nanos + oversleeping;
    });

    private boolean await(long nanos) throws InterruptedException {
        return pace.await(nanos, meanwhile::add);
    }

    @Test
    void waitsUntilTheTimeHasCome() throws InterruptedException {
        assertThat(await(START + SECOND)).isTrue();

        assertThat(nowNanos).isBetween(START + SECOND, START + SECOND + Pace.STEP_NANOS);
        assertThat(meanwhile).hasSize(100).isSorted().endsWith(START + SECOND);
    }

    @Test
    void thousandsOfPacketsASecondCostAHundredSleeps() throws InterruptedException {
        for (long nanos = START; nanos < START + SECOND; nanos += SECOND / 5_000) {
            assertThat(await(nanos)).isTrue();
        }

        assertThat(slept / Pace.STEP_NANOS).isBetween(99L, 101L);
    }

    @Test
    void doesNotSleepWhenItIsLate() throws InterruptedException {
        nowNanos += 3 * SECOND;
        for (int i = 0; i < 1_000; i++) {
            assertThat(await(START + i)).isTrue();
        }

        assertThat(slept).isZero();
        assertThat(pace.lateNanos(START)).isEqualTo(3 * SECOND);
    }

    @Test
    void whoIsMuchTooLateLearnsIt() throws InterruptedException {
        nowNanos += 11 * SECOND;

        int calls = 0;
        while (await(START) && calls < 1_000) {
            calls++;
        }
        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void aMachineThatWasAsleepIsNoticed() throws InterruptedException {
        oversleeping = 3_600 * SECOND;

        assertThat(await(START + SECOND)).isFalse();
    }

    @Test
    void aClockThatIsSetBackIsNoticed() throws InterruptedException {
        oversleeping = -20 * SECOND;

        assertThat(await(START + SECOND)).isFalse();
    }
}
