package levee.bench;

import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The connection table of the analysis, with rows of 100,000 connections in no particular order. From the second time
 * round all connections are known but those of TCP that open anew. An operation is a row.
 */
@State(Scope.Thread)
public class ConnectionTableBenchmark {
    @Param({"ordinary", "flows"})
    public String traffic = "";

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private PreparedBatches batches;

    private final ConnectionTable table = new ConnectionTable(PreparedBatches.TABLE_CAPACITY, PreparedBatches.SEED);

    @Setup
    public void prepare() {
        batches = traffic.equals("flows") ? PreparedBatches.flows() : PreparedBatches.ordinary();
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public long hash() {
        FlowBatch batch = batches.next();
        table.hash(batch);
        return batch.connectionHash[0];
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int annotate() {
        FlowBatch batch = batches.next();
        table.annotate(batch);
        return batch.relation[0];
    }
}
