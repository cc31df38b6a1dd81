package levee.bench;

import java.io.IOException;
import levee.capture.CaptureFormat;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading packets from memory, as far as the rows. An operation is a packet. */
@State(Scope.Thread)
public class DissectionBenchmark {
    /** More than the processor's caches near the core hold. */
    private static final int CAPTURE_BYTES = 16 << 20;

    @Param({"mixed", "small"})
    public String capture = "";

    private final FlowBatch batch = PreparedBatches.emptyBatch();

    @SuppressWarnings("NullAway.Init") // set by open()
    private BatchSource source;

    @Setup
    public void open() throws IOException {
        Profile profile = Profile.named(capture);
        Traffic traffic = profile.traffic(PreparedBatches.SEED, PreparedBatches.CONNECTIONS, CAPTURE_BYTES);
        source = CaptureFormat.PCAP.open(new RepeatedCapture(traffic, profile.minimumFrame(), CAPTURE_BYTES), false);
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int read() throws IOException {
        source.fill(batch);
        if (batch.size != PreparedBatches.ROWS) {
            throw new IllegalStateException("a batch has " + batch.size + " rows");
        }
        return batch.size;
    }
}
