package levee.bench;

import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.engine.TalkerMeter;
import levee.model.Groups;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to know who sends and receives how much, by itself and as part of what is done with rows on a live network,
 * at a million rows in a second of their time. An operation is a row.
 */
@State(Scope.Thread)
public class TalkerBenchmark {
    @Param({"ordinary", "flows", "syn-flood", "one-way"})
    public String traffic = "";

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private PreparedBatches batches;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private TalkerMeter talkers;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private AttackDetector detector;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private ConnectionTable connections;

    @Setup
    public void prepare() {
        batches = switch (traffic) {
            case "ordinary" -> PreparedBatches.ordinary();
            case "flows" -> PreparedBatches.flows();
            case "syn-flood" -> PreparedBatches.synFlood();
            case "one-way" -> PreparedBatches.oneWay();
            default -> throw new IllegalArgumentException("unknown traffic " + traffic);
        };
        talkers = talkers(batches);
        connections = new ConnectionTable(PreparedBatches.TABLE_CAPACITY, PreparedBatches.SEED);
        detector = new AttackDetector(
                DetectionPolicy.liveNetwork(), OwnNetworks.unknown(), PreparedBatches.SEED, event -> {});
    }

    static TalkerMeter talkers(PreparedBatches batches) {
        return new TalkerMeter(OwnNetworks.unknown(), Groups.NONE, PreparedBatches.SEED, batches.next().firstNanos[0]);
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public void count() {
        count(batches.next());
    }

    private void count(FlowBatch batch) {
        talkers.rows(batch);
        talkers.tick(batch.firstNanos[0]);
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public void liveWithout() {
        look(batches.next());
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public void liveWith() {
        FlowBatch batch = batches.next();
        look(batch);
        count(batch);
    }

    private void look(FlowBatch batch) {
        connections.annotate(batch);
        detector.process(batch);
    }
}
