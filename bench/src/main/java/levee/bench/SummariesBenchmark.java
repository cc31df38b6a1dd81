package levee.bench;

import java.util.SplittableRandom;
import levee.detection.CandidateTable;
import levee.detection.DistinctCounter;
import levee.detection.MemoryBudget;
import levee.detection.RateHistory;
import levee.detection.RowSample;
import levee.detection.SlidingSecond;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The structures that detectors stand on, each by itself. An operation is a row, or a key. */
@State(Scope.Thread)
public class SummariesBenchmark {
    private static final int SAMPLE_ROWS = 1_024;
    private static final int CANDIDATES = 1 << 16;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** How long the flows last that are spread over seconds. */
    private static final long FLOW_NANOS = 9 * SECOND_NANOS;

    private static final int EXACT_KEYS = DistinctCounter.EXACT_LIMIT / 2;

    private final PreparedBatches batches = PreparedBatches.ordinary();
    private final MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE);
    private final SlidingSecond second = new SlidingSecond();
    private final RateHistory history = new RateHistory();
    private final RowSample sample = new RowSample(SAMPLE_ROWS, budget);
    private final CandidateTable candidates = new CandidateTable(CANDIDATES);
    private final DistinctCounter exact = new DistinctCounter(budget);
    private final DistinctCounter sketch = new DistinctCounter(budget);
    private final long[] keys = new long[2 * DistinctCounter.EXACT_LIMIT];
    private int nextKey;

    public SummariesBenchmark() {
        SplittableRandom random = new SplittableRandom(PreparedBatches.SEED);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = random.nextLong();
            sketch.add(keys[i]);
        }
        for (int i = 0; i < EXACT_KEYS; i++) {
            exact.add(keys[i]);
        }
        if (!exact.count().exact() || sketch.count().exact()) {
            throw new IllegalStateException("the limit of exact counting is elsewhere");
        }
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public long slidingSecond() {
        FlowBatch batch = batches.next();
        for (int row = 0; row < PreparedBatches.ROWS; row++) {
            second.add(batch.firstNanos[row], batch.packets[row], batch.bytes[row]);
        }
        return second.packets();
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public long rateHistoryOfPackets() {
        FlowBatch batch = batches.next();
        for (int row = 0; row < PreparedBatches.ROWS; row++) {
            history.add(batch.firstNanos[row], batch.packets[row], batch.bytes[row]);
        }
        return history.peakPackets();
    }

    /** Flows that touch ten seconds each. */
    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public long rateHistoryOfFlows() {
        FlowBatch batch = batches.next();
        for (int row = 0; row < PreparedBatches.ROWS; row++) {
            long first = batch.firstNanos[row];
            history.add(first, first + FLOW_NANOS, batch.packets[row], batch.bytes[row]);
        }
        return history.peakPackets();
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int distinctCounterExact() {
        int from = nextKey & EXACT_KEYS - 1;
        for (int i = from; i < from + PreparedBatches.ROWS; i++) {
            exact.add(keys[i]);
        }
        nextKey += PreparedBatches.ROWS;
        return nextKey;
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int distinctCounterSketch() {
        int from = nextKey & keys.length - 1;
        for (int i = from; i < from + PreparedBatches.ROWS; i++) {
            sketch.add(keys[i]);
        }
        nextKey += PreparedBatches.ROWS;
        return nextKey;
    }

    /** A full sample, which takes rows the more seldom the more it has seen. */
    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public long rowSample() {
        FlowBatch batch = batches.next();
        for (int row = 0; row < PreparedBatches.ROWS; row++) {
            sample.add(batch, row);
        }
        return sample.seen();
    }

    /** As if every row were suspicious: found by its destination, counted and logged. */
    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int candidateTable() {
        FlowBatch batch = batches.next();
        int rows = 0;
        for (int row = 0; row < PreparedBatches.ROWS; row++) {
            long now = batch.firstNanos[row];
            int entry = candidates.find(CandidateTable.pair(batch.destinationHash[row], 1), now);
            rows += candidates.count(entry, batch, row, now, SECOND_NANOS);
        }
        return rows;
    }
}
