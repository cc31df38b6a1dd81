package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSampleTest {
    private static final long PLENTY = 1L << 30;

    @Test
    void keepsEveryColumn() {
        FlowBatch batch = new FlowBatch(1);
        batch.reset(0);
        IpAddress source = IpAddress.parse("2001:db8::1");
        IpAddress destination = IpAddress.parse("2001:db8::2");
        batch.firstNanos[0] = 1_700_000_000_123_456_789L;
        batch.sourceHigh[0] = source.high();
        batch.sourceLow[0] = source.low();
        batch.destinationHigh[0] = destination.high();
        batch.destinationLow[0] = destination.low();
        batch.sourcePort[0] = 65_535;
        batch.destinationPort[0] = 65_534;
        batch.protocol[0] = (byte) 255;
        batch.tcpFlags[0] = (byte) 254;
        batch.timeToLive[0] = (byte) 253;
        batch.payloadHint[0] = (byte) 24;
        batch.packets[0] = 3;
        batch.bytes[0] = 4_000;
        RowSample sample = new RowSample(10, new MemoryBudget(PLENTY));
        sample.add(batch, 0);
        assertThat(sample.size()).isEqualTo(1);
        assertThat(sample.nanos(0)).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(new IpAddress(sample.sourceHigh(0), sample.sourceLow(0))).isEqualTo(source);
        assertThat(new IpAddress(sample.destinationHigh(0), sample.destinationLow(0)))
                .isEqualTo(destination);
        assertThat(sample.sourcePort(0)).isEqualTo(65_535);
        assertThat(sample.destinationPort(0)).isEqualTo(65_534);
        assertThat(sample.protocol(0)).isEqualTo(255);
        assertThat(sample.tcpFlags(0)).isEqualTo(254);
        assertThat(sample.timeToLive(0)).isEqualTo(253);
        assertThat(sample.payloadHint(0)).isEqualTo(24);
        assertThat(sample.packets(0)).isEqualTo(3);
        assertThat(sample.bytes(0)).isEqualTo(4_000);
        assertThat(sample.packetLength(0)).isEqualTo(1_333);
    }

    @Test
    void anEmptySampleHasNoWeight() {
        RowSample sample = new RowSample(10, new MemoryBudget(PLENTY));
        assertThat(sample.weight()).isZero();
        assertThat(sample.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "16, 16", "17, 17", "64, 64", "100, 100", "100, 99"})
    void holdsEveryRowUpToItsCapacityInOrder(int capacity, int rows) {
        RowSample sample = sampleOf(capacity, rows, new MemoryBudget(PLENTY), 1);
        assertThat(sample.isComplete()).isTrue();
        assertThat(sample.weight()).isEqualTo(1);
        for (int i = 0; i < rows; i++) {
            assertThat(sample.sourcePort(i)).isEqualTo(i);
        }
    }

    @Test
    void weighsWhatItLeftOut() {
        RowSample sample = sampleOf(100, 1_000, new MemoryBudget(PLENTY), 1);
        assertThat(sample.size()).isEqualTo(100);
        assertThat(sample.seen()).isEqualTo(1_000);
        assertThat(sample.weight()).isEqualTo(10);
        assertThat(sample.isComplete()).isFalse();
    }

    @Test
    void choosesAlikeForTheSameTimes() {
        RowSample one = sampleOf(10, 1_000, new MemoryBudget(PLENTY), 7);
        RowSample same = sampleOf(10, 1_000, new MemoryBudget(PLENTY), 7);
        for (int i = 0; i < 10; i++) {
            assertThat(one.sourcePort(i)).isEqualTo(same.sourcePort(i));
        }
    }

    /** Who sends knows when to a microsecond at the best. */
    @Test
    void choosesOtherwiseWhenARowComesALittleLater() {
        RowSample one = sampleOf(100, 1_000, new MemoryBudget(PLENTY), 0);
        RowSample later = sampleOf(100, 1_000, new MemoryBudget(PLENTY), 1);
        int same = 0;
        for (int i = 0; i < 100; i++) {
            same += one.sourcePort(i) == later.sourcePort(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(50);
    }

    /** Each of 200 rows should be chosen equally often; chi-square with 199 degrees of freedom. */
    @ParameterizedTest
    @CsvSource({"20, 1073741824", "100, 1073741824", "100, 0"})
    void choosesEveryRowWithTheSameProbability(int capacity, long budget) {
        int rows = 200;
        int runs = 4_000;
        int[] chosen = new int[rows];
        double chosenPerRun = 0;
        for (int run = 0; run < runs; run++) {
            RowSample sample = sampleOf(capacity, rows, new MemoryBudget(budget), run * 1_000_003L);
            chosenPerRun = sample.size();
            for (int i = 0; i < sample.size(); i++) {
                chosen[sample.sourcePort(i)]++;
            }
        }
        double share = chosenPerRun / rows;
        double expected = runs * share;
        double chiSquare = 0;
        for (int count : chosen) {
            chiSquare += (count - expected) * (count - expected) / (expected * (1 - share));
        }
        // mean 199, standard deviation sqrt(2 * 199); four of them
        assertThat(chiSquare).isCloseTo(199, within(4 * Math.sqrt(2 * 199)));
    }

    @Test
    void makesDoWithWhatTheBudgetGives() {
        MemoryBudget budget = new MemoryBudget(100 * 64);
        RowSample sample = sampleOf(1_000, 5_000, budget, 1);
        // 16 rows come free, 48 more were granted, 192 more were not
        assertThat(sample.size()).isEqualTo(64);
        assertThat(sample.weight()).isCloseTo(5_000.0 / 64, within(1e-9));
        sample.clear();
        assertThat(budget.take(100 * 64)).isTrue();
    }

    @Test
    void growsAgainAfterItWasCleared() {
        MemoryBudget budget = new MemoryBudget(100 * 64);
        assertThat(budget.take(100 * 64)).isTrue();
        RowSample sample = sampleOf(1_000, 500, budget, 1);
        assertThat(sample.size()).isEqualTo(16);
        sample.clear();
        assertThat(sample.size()).isZero();
        assertThat(sample.seen()).isZero();
        budget.giveBack(100 * 64);
        for (int i = 0; i < 60; i++) {
            sample.add(Rows.numbered(i), 0);
        }
        assertThat(sample.size()).isEqualTo(60);
    }

    private static RowSample sampleOf(int capacity, int rows, MemoryBudget budget, long firstNanos) {
        RowSample sample = new RowSample(capacity, budget);
        FlowBatch batch = Rows.numbered(0);
        for (int i = 0; i < rows; i++) {
            batch.firstNanos[0] = firstNanos + i * 1_000L;
            batch.sourcePort[0] = (char) i;
            sample.add(batch, 0);
        }
        return sample;
    }
}
