package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;

class FlightRecorderTest {
    private static final String SERVER = "192.0.2.1";

    private static List<Integer> replayed(FlightRecorder recorder, String destination) {
        RowSample sample = new RowSample(100, new MemoryBudget(1 << 20));
        recorder.replay(Rows.hash(destination), sample);
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            ports.add(sample.sourcePort(i));
        }
        return ports;
    }

    @Test
    void keepsTheFirstRowsOfEveryDestination() {
        FlightRecorder recorder = new FlightRecorder(1 << 24);
        for (int i = 0; i < 3; i++) {
            recorder.record(Rows.numbered(SERVER, i), 0);
            recorder.record(Rows.numbered("192.0.2.2", 10 + i), 0);
        }
        assertThat(replayed(recorder, SERVER)).containsExactly(0, 1, 2);
        assertThat(replayed(recorder, "192.0.2.2")).containsExactly(10, 11, 12);
        assertThat(replayed(recorder, "192.0.2.3")).isEmpty();
    }

    @Test
    void keepsAUniformSampleOfMany() {
        int rows = 100;
        int runs = 5_000;
        int[] kept = new int[rows];
        for (int run = 0; run < runs; run++) {
            FlightRecorder recorder = new FlightRecorder(0);
            FlowBatch batch = Rows.numbered(SERVER, 0);
            batch.firstNanos[0] = run;
            for (int i = 0; i < rows; i++) {
                batch.sourcePort[0] = (char) i;
                recorder.record(batch, 0);
            }
            List<Integer> ports = replayed(recorder, SERVER);
            assertThat(ports).hasSize(RowStore.ROWS).doesNotHaveDuplicates();
            ports.forEach(port -> kept[port]++);
        }
        double share = (double) RowStore.ROWS / rows;
        double expected = runs * share;
        double chiSquare = 0;
        for (int count : kept) {
            chiSquare += (count - expected) * (count - expected) / (expected * (1 - share));
        }
        // 99 degrees of freedom; four standard deviations
        assertThat(chiSquare).isCloseTo(99, within(4 * Math.sqrt(2 * 99)));
    }

    /** Right behind the last row that all are kept of, an index drawn from too few shows most: it keeps every new row. */
    @Test
    void keepsARowMoreThanFitAsOftenAsTheOnesBefore() {
        int rows = RowStore.ROWS + 1;
        int runs = 5_000;
        int newestKept = 0;
        for (int run = 0; run < runs; run++) {
            FlightRecorder recorder = new FlightRecorder(0);
            for (int i = 0; i < rows; i++) {
                FlowBatch batch = Rows.numbered(SERVER, i);
                batch.firstNanos[0] = run;
                recorder.record(batch, 0);
            }
            newestKept += replayed(recorder, SERVER).contains(rows - 1) ? 1 : 0;
        }
        double share = (double) RowStore.ROWS / rows;
        double deviation = Math.sqrt(runs * share * (1 - share));
        assertThat((double) newestKept).isCloseTo(runs * share, within(4 * deviation));
    }

    /** Whatever else there is, and wherever a seeded hash puts it. */
    @Test
    void theRowsKeptOfADestinationDoNotDependOnOthers() {
        FlightRecorder alone = new FlightRecorder(1 << 24);
        FlightRecorder amongOthers = new FlightRecorder(1 << 24);
        for (int i = 0; i < 1_000; i++) {
            FlowBatch batch = Rows.numbered(SERVER, i);
            batch.firstNanos[0] = i * 1_000L;
            alone.record(batch, 0);
            batch.destinationHash[0] = Rows.hash("192.0.2.77");
            amongOthers.record(batch, 0);
            amongOthers.record(Rows.numbered("10.0." + i / 250 + "." + i % 250, i), 0);
        }
        assertThat(replayed(amongOthers, "192.0.2.77")).hasSize(RowStore.ROWS).isEqualTo(replayed(alone, SERVER));
    }

    @Test
    void aBusyDestinationKeepsItsPlaceAndAQuietOneLosesIt() {
        // 64 slots for 1000 destinations, of which one is busy
        FlightRecorder recorder = new FlightRecorder(0);
        for (int i = 0; i < 100; i++) {
            recorder.record(Rows.numbered(SERVER, i), 0);
        }
        for (int i = 0; i < 1_000; i++) {
            recorder.record(Rows.numbered("10.0." + i / 250 + "." + i % 250, i), 0);
        }
        assertThat(replayed(recorder, SERVER)).isNotEmpty().allMatch(port -> port < 100);
        long held = 0;
        for (int i = 0; i < 1_000; i++) {
            held += replayed(recorder, "10.0." + i / 250 + "." + i % 250).isEmpty() ? 0 : 1;
        }
        assertThat(held).isBetween(1L, 64L);
    }

    @Test
    void aPlaceThatIsTakenOverHoldsNothingOfTheOneBefore() {
        FlightRecorder recorder = new FlightRecorder(0);
        for (int i = 0; i < 1_000; i++) {
            String destination = "10.0." + i / 250 + "." + i % 250;
            recorder.record(Rows.numbered(destination, i), 0);
        }
        for (int i = 0; i < 1_000; i++) {
            int port = i;
            assertThat(replayed(recorder, "10.0." + i / 250 + "." + i % 250)).allMatch(kept -> kept == port);
        }
    }
}
