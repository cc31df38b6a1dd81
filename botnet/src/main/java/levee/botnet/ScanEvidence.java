package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Evidence;

/** Says why first contacts are thought to be a scan. */
final class ScanEvidence {
    private ScanEvidence() {}

    /**
     * @param isService whether many are told of together, by service
     * @param tries first contacts, of which the measure may know fewer
     */
    static List<Evidence> of(boolean isService, Tries measure, long tries) {
        List<Evidence> evidence = new ArrayList<>();
        long failures = tries - measure.answered();
        evidence.add(new Evidence(
                "%s of %s first contacts failed".formatted(Amounts.count(failures), Amounts.count(tries)),
                failures,
                isService ? OutsideScanners.SUBSTANTIAL_FAILURES : OutsideScanners.FAILURES,
                "pairs of own host and port that refused or did not answer, each counted once for a network outside"));
        evidence.add(new Evidence(
                "%s more first contacts failed than succeeded, as of scanners"
                        .formatted(Amounts.count(failures - measure.answered())),
                failures - measure.answered(),
                OutsideScanners.WALK,
                "threshold random walk (Jung et al. 2004) with 0.2, 0.8, 1 % and 99 %, without order"));
        if (isService) {
            evidence.add(new Evidence(
                    "They came from %s".formatted(Amounts.count(measure.sources(), "network")),
                    measure.sources(),
                    OutsideScanners.SUBSTANTIAL_NETWORKS,
                    "distinct /24 or /48 that are not told of by themselves"));
        } else {
            evidence.add(new Evidence(
                    "%s and %s were tried"
                            .formatted(
                                    Amounts.count(measure.hosts(), "own host"),
                                    Amounts.count(measure.ports(), "service")),
                    Math.max(
                            (double) tries / Math.max(1, measure.hosts()),
                            (double) tries / Math.max(1, measure.ports())),
                    OutsideScanners.CONCENTRATION,
                    "tries for each host, or for each service, whichever is more"));
            if (!measure.source().isEmpty()) {
                evidence.add(new Evidence(
                        "All came from %s".formatted(measure.source()), 1, 1, "distinct addresses in the network"));
            }
        }
        return evidence;
    }
}
