package levee.pages;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.ExposedService;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.Prefix;
import levee.report.AbuseFindings;
import levee.report.FindingJson;
import levee.server.Caller;
import levee.server.OpenFinding;
import levee.server.Problem;
import levee.store.FindingQuery;
import levee.store.StoredFinding;

/** What is found besides attacks: as it is in memory where it goes on, as it is kept where not. */
final class StoredAbuse {
    private final Running running;

    StoredAbuse(Running running) {
        this.running = running;
    }

    /**
     * @return as it is kept
     * @throws levee.server.ProblemException if there is none of this kind that the caller may see
     */
    StoredFinding stored(Caller caller, String kind, String id) {
        // Identifiers are ours: what does not look like one is none.
        Optional<StoredFinding> stored =
                id.matches("[a-z0-9-]{1,100}") ? running.store().finding(id) : Optional.empty();
        return stored.filter(finding -> finding.kind().equals(kind) && caller.sees(finding.target()))
                .orElseThrow(() -> Problem.unknownFinding().exception());
    }

    Abuse abuse(StoredFinding stored) {
        Finding finding = running.system().finding(stored.id()).orElseGet(() -> FindingJson.read(stored.json()));
        return switch (finding) {
            case Abuse abuse -> abuse;
            case Attack attack -> throw new IllegalArgumentException(attack.id() + " is an attack");
        };
    }

    /** What goes on and a caller may see. */
    AbuseFindings open(Caller caller) {
        return open(running, caller.networks());
    }

    /** @param networks the only ones of which something is to be seen */
    static AbuseFindings open(Running running, Optional<List<Prefix>> networks) {
        Predicate<Finding> isSeen = finding -> networks.isEmpty() || isWithin(networks.get(), finding);
        return AbuseFindings.of(running.system().open().stream()
                .map(OpenFinding::finding)
                .filter(isSeen)
                .toList());
    }

    /** What tells of hosts of several customers is for none of them. */
    private static boolean isWithin(List<Prefix> networks, Finding finding) {
        return switch (finding) {
            case InfectedHost infected -> networks.stream().anyMatch(network -> network.contains(infected.host()));
            case ExposedService exposed ->
                networks.stream()
                        .anyMatch(network -> network.contains(exposed.endpoint().address()));
            case Abuse other -> false;
            case Attack attack -> false;
        };
    }

    /** Those of a kind that ended, the newest first. */
    AbuseFindings ended(Caller caller, String kind, int most) {
        return AbuseFindings.of(running
                .store()
                .findings(FindingQuery.newest(most)
                        .withKind(kind)
                        .withState(StoredFinding.State.ENDED)
                        .withNetworks(caller.networks()))
                .findings()
                .stream()
                .map(stored -> FindingJson.read(stored.json()))
                .toList());
    }
}
