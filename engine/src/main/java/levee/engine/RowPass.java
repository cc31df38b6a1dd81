package levee.engine;

import java.util.List;
import levee.capture.PacketDetails;
import levee.engine.Analyzer.Location;
import levee.flowexport.ExporterTable;
import levee.model.InputSummary;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/**
 * Reads inputs for somebody who looks at the rows, on the calling thread and without detection. With the same seed the
 * relations of rows are those that the {@link Analyzer} saw.
 */
public final class RowPass {
    private final long seed;
    private final ReadProgress progress;

    /** @param seed of all hashes */
    public RowPass(long seed, ReadProgress progress) {
        this.seed = seed;
        this.progress = progress;
    }

    /** Looks at the rows of a batch. */
    public interface Visitor {
        /**
         * @param batch its relations are filled in
         * @param details of packets; of other rows they mean nothing
         */
        void visit(FlowBatch batch, PacketDetails details);
    }

    /** Reads all inputs in the given order. What cannot be read is noted in its summary. */
    public List<InputSummary> read(List<Location> inputs, Visitor visitor) {
        ConnectionTable connections = new ConnectionTable(Analyzer.CONNECTIONS, seed);
        FlowBatch batch = new FlowBatch(Pipeline.BATCH_ROWS);
        PacketDetails details = new PacketDetails(batch.capacity);
        return new InputReader(connections, ExporterTable.open(seed), details, progress).read(inputs, producer -> {
            boolean more = true;
            while (more) {
                batch.clear(FlowBatch.Rows.PACKETS);
                try {
                    more = producer.fill(batch);
                } finally {
                    // What was read before an input failed counts.
                    connections.annotate(batch);
                    visitor.visit(batch, details);
                }
            }
        });
    }
}
