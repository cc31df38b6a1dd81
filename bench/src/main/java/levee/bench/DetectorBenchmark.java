package levee.bench;

import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.model.FindingEvent.Change;
import levee.model.OwnNetworks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The attack detector, at a million rows in a second of their time. An operation is a row. No row allocates; what shows
 * is what is done every tenth of a second (judging) and every ten (telling how an attack goes on), and what tracks hold.
 */
@State(Scope.Thread)
public class DetectorBenchmark {
    @Param({"ordinary", "syn-flood", "reflection", "flows", "flows-syn-flood"})
    public String traffic = "";

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private PreparedBatches batches;

    private int found;
    private final AttackDetector detector =
            new AttackDetector(DetectionPolicy.analysis(), OwnNetworks.unknown(), PreparedBatches.SEED, event -> {
                if (event.change() == Change.OPENED) {
                    found++;
                }
            });

    @Setup
    public void prepare() {
        batches = switch (traffic) {
            case "ordinary" -> PreparedBatches.ordinary();
            case "syn-flood" -> PreparedBatches.synFlood();
            case "reflection" -> PreparedBatches.reflection();
            case "flows" -> PreparedBatches.flows();
            case "flows-syn-flood" -> PreparedBatches.flowsOfSynFlood();
            default -> throw new IllegalArgumentException("unknown traffic " + traffic);
        };
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public int process() {
        detector.process(batches.next());
        return found;
    }

    /** What was measured is only worth something if it was the work that was meant. */
    @TearDown
    public void check() {
        int expected = traffic.equals("ordinary") || traffic.equals("flows") ? 0 : 1;
        if (found != expected) {
            throw new IllegalStateException("found " + found + " attacks in " + traffic + " instead of " + expected);
        }
    }
}
