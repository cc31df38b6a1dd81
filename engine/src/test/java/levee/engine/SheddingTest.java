package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;

/** What is given up is stood for by what is kept. */
final class SheddingTest {
    private static final int ROWS = 100_000;

    private final Shedding shedding = new Shedding(7);

    private static FlowBatch batch() {
        FlowBatch batch = new FlowBatch(ROWS);
        batch.clear(FlowBatch.Rows.FLOWS);
        for (int row = 0; row < ROWS; row++) {
            batch.reset(row);
            batch.sourceLow[row] = row;
            batch.packets[row] = 10;
            batch.bytes[row] = 1_000;
            batch.samplingRate[row] = 10;
        }
        batch.size = ROWS;
        return batch;
    }

    @Test
    void nothingIsGivenUpWhileThereIsRoom() {
        FlowBatch batch = batch();
        shedding.adapt(0.49);
        shedding.thin(batch, 0);
        assertThat(batch.size).isEqualTo(ROWS);
        assertThat(shedding.shed()).isZero();
        assertThat(shedding.keptOneIn()).isEqualTo(1);
    }

    @Test
    void theLessRoomTheMoreIsGivenUp() {
        int before = 1;
        for (double load : new double[] {0.5, 0.76, 0.88, 0.94, 0.97}) {
            shedding.adapt(load);
            assertThat(shedding.keptOneIn()).isEqualTo(2 * before);
            before = shedding.keptOneIn();
        }
        shedding.adapt(1);
        assertThat(shedding.keptOneIn()).isLessThanOrEqualTo(64);
        shedding.adapt(0.2);
        assertThat(shedding.keptOneIn()).as("until there is much room").isGreaterThan(1);
        shedding.adapt(0.05);
        assertThat(shedding.keptOneIn()).isEqualTo(1);
    }

    @Test
    void theAmountsStayRight() {
        FlowBatch batch = batch();
        shedding.adapt(0.8);
        shedding.thin(batch, 0);
        long packets = 0;
        long bytes = 0;
        for (int row = 0; row < batch.size; row++) {
            packets += batch.packets[row];
            bytes += batch.bytes[row];
            assertThat(batch.samplingRate[row]).isEqualTo(40);
            assertThat(batch.sourceLow[row]).isGreaterThanOrEqualTo(row);
        }
        assertThat(packets).isCloseTo(10L * ROWS, withPercentage(3));
        assertThat(bytes).isCloseTo(1_000L * ROWS, withPercentage(3));
        assertThat(shedding.shed()).isEqualTo(ROWS - batch.size);
    }

    @Test
    void rowsBeforeTheFirstAreLeftAlone() {
        FlowBatch batch = batch();
        shedding.adapt(0.5);
        shedding.thin(batch, ROWS / 2);
        assertThat(batch.size).isGreaterThan(ROWS / 2);
        assertThat(batch.samplingRate[ROWS / 2 - 1]).isEqualTo(10);
        assertThat(batch.samplingRate[ROWS / 2]).isEqualTo(20);
    }

    @Test
    void absurdAmountsDoNotOverflow() {
        FlowBatch batch = batch();
        for (int row = 0; row < ROWS; row++) {
            batch.packets[row] = Long.MAX_VALUE - 1;
            batch.samplingRate[row] = Integer.MAX_VALUE - 1;
        }
        shedding.adapt(1);
        shedding.thin(batch, 0);
        assertThat(batch.packets[0]).isEqualTo(Long.MAX_VALUE);
        assertThat(batch.samplingRate[0]).isEqualTo(Integer.MAX_VALUE);
    }
}
