package levee.bench;

import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The connection table of the analysis, with rows of 100,000 connections in no particular order. From the second time
 * round all connections are known but those of TCP that open anew. An operation is a row.
 */
@State(Scope.Thread)
public class ConnectionTableBenchmark {
    private final PreparedBatches batches = PreparedBatches.ordinary();
    private final ConnectionTable table = new ConnectionTable(PreparedBatches.TABLE_CAPACITY, PreparedBatches.SEED);

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
