package levee.pages;

import java.util.Optional;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Finding;
import levee.model.Prefix;
import levee.server.Caller;
import levee.server.Problem;
import levee.store.StoredFinding;

/** Attacks by their id: as they are in memory where they go on, as they are kept where not. */
final class StoredAttacks {
    private final Running running;

    StoredAttacks(Running running) {
        this.running = running;
    }

    /**
     * @return as it is kept
     * @throws levee.server.ProblemException if there is none that the caller may see
     */
    StoredFinding stored(Caller caller, String id) {
        // Identifiers are ours: what does not look like one is none.
        Optional<StoredFinding> stored =
                id.matches("attack-[a-z0-9]{1,90}") ? running.store().finding(id) : Optional.empty();
        return stored.filter(finding -> caller.sees(Prefix.parse(finding.target())))
                .orElseThrow(() -> Problem.unknownFinding().exception());
    }

    /** With all its sampled rows, if it goes on, and for customers without the routers. */
    Attack attack(Caller caller, StoredFinding stored) {
        Attack attack = attack(stored);
        return caller.networks().isEmpty() ? attack : attack.withoutIngress();
    }

    private Attack attack(StoredFinding stored) {
        Optional<Finding> live = running.system().finding(stored.id());
        return live.flatMap(finding -> switch (finding) {
                    case Attack attack -> Optional.of(attack);
                    case Abuse abuse -> Optional.empty();
                })
                .orElseGet(() -> RecentAttacks.attack(stored));
    }
}
