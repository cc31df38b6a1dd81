package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final long YEAR = TimeUnit.DAYS.toNanos(365);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ClockOffset offset = new ClockOffset();

    @Test
    void aClockThatIsRightIsLeftAlone() {
        offset.add(ExportFile.NANOS, ExportFile.NANOS - SECOND / 2);
        assertThat(offset.correctionNanos()).isZero();
        assertThat(offset.nanos()).isEqualTo(SECOND / 2);
    }

    @Test
    void theSmallestIsTaken() {
        SplittableRandom random = new SplittableRandom(3);
        long received = ExportFile.NANOS;
        for (int i = 0; i < 1_000; i++) {
            received += SECOND / 10;
            offset.add(received, received - 5 * YEAR - random.nextLong(SECOND));
        }
        assertThat(offset.correctionNanos()).isBetween(5 * YEAR, 5 * YEAR + SECOND / 10);
    }

    @Test
    void aClockThatIsAheadIsMovedBack() {
        offset.add(ExportFile.NANOS, ExportFile.NANOS + 3 * YEAR);
        assertThat(offset.correctionNanos()).isEqualTo(-3 * YEAR);
    }

    @Test
    void oneWrongHeaderChangesNothing() {
        for (int i = 0; i < 100; i++) {
            long received = ExportFile.NANOS + i * SECOND;
            offset.add(received, i == 50 ? received + 40 * YEAR : i == 60 ? 0 : received - 20 * SECOND);
            assertThat(offset.correctionNanos()).isEqualTo(20 * SECOND);
        }
    }

    @Test
    void aClockThatIsSetIsFollowed() {
        for (int i = 0; i < 100; i++) {
            long received = ExportFile.NANOS + i * SECOND;
            offset.add(received, i < 50 ? received - YEAR : received);
        }
        assertThat(offset.correctionNanos()).isZero();
    }
}
