package levee.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import levee.attack.AllowList;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.attack.DetectionSettings;
import levee.attack.Thresholds;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.origin.OriginTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a long allow list costs: every row of a flood is looked up, and hardly one is found. An operation is a row. */
@State(Scope.Thread)
public class AllowListBenchmark {
    @Param({"0", "10", "100000"})
    public int prefixes;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private PreparedBatches batches;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private AttackDetector detector;

    @Setup
    public void prepare() {
        batches = PreparedBatches.synFlood();
        detector = detector(prefixes);
    }

    static AttackDetector detector(int prefixes) {
        SplittableRandom random = new SplittableRandom(PreparedBatches.SEED);
        Set<Prefix> allowed = new HashSet<>();
        while (allowed.size() < prefixes) {
            allowed.add(new Prefix(IpAddress.ofIpv4(random.nextInt()), random.nextInt(20, 33)));
        }
        List<AllowList.Entry> entries = new ArrayList<>();
        if (prefixes > 0) {
            entries.add(new AllowList.Entry(
                    "list",
                    List.copyOf(allowed),
                    List.of(),
                    AllowList.ANY,
                    AllowList.ANY,
                    AllowList.ANY,
                    Long.MAX_VALUE));
        }
        return new AttackDetector(
                DetectionPolicy.analysis(),
                new DetectionSettings(
                        OwnNetworks.unknown(),
                        Groups.NONE,
                        Thresholds.NONE,
                        new AllowList(entries),
                        Map.of(),
                        OriginTable.EMPTY),
                PreparedBatches.SEED,
                exporter -> "",
                event -> {});
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatches.ROWS)
    public void process() {
        detector.process(batches.next());
    }
}
