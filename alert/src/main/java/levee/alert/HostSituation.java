package levee.alert;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import levee.model.Evidence;
import levee.model.FindingEvent;
import levee.model.Group;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Level;
import levee.model.InfectedHost.ServerContact;

/**
 * What alerts say of an infected host.
 *
 * @param levelSince when the evidence for the level sufficed
 * @param score in decibans
 * @param behaviours the weightiest first
 * @param evidence one line each
 * @param against what speaks against it, one line each
 * @param servers who may command it, one line each
 * @param examples connections by which its user can be looked up, the earliest first
 */
record HostSituation(
        String id,
        String target,
        boolean isEnded,
        boolean isAbsorbed,
        AlertMode mode,
        Instant detectedAt,
        Instant start,
        Instant end,
        Level level,
        Instant levelSince,
        double score,
        List<BehaviourKind> behaviours,
        List<String> evidence,
        List<String> against,
        List<String> servers,
        List<Example> examples,
        Optional<Group> group)
        implements Situation {
    private static final int LONGEST_STATEMENT = 200;
    private static final int MOST_STATEMENTS = 8;
    private static final int MOST_EXAMPLES = 5;

    static HostSituation of(InfectedHost infected, FindingEvent.Change change, Instant detectedAt, AlertMode mode) {
        boolean isAbsorbed = change == FindingEvent.Change.ABSORBED;
        return new HostSituation(
                Plain.line(infected.id(), LONGEST_ID),
                infected.host().toString(),
                isAbsorbed || change == FindingEvent.Change.ENDED || infected.state() == InfectedHost.State.ENDED,
                isAbsorbed,
                mode,
                detectedAt,
                infected.start(),
                infected.end(),
                infected.level(),
                infected.levelSince(),
                infected.score(),
                infected.behaviours().stream()
                        .map(InfectedHost.Behaviour::kind)
                        .distinct()
                        .toList(),
                statements(infected.evidence()),
                statements(infected.against()),
                infected.commandServers().stream()
                        .limit(MOST_STATEMENTS)
                        .map(HostSituation::server)
                        .toList(),
                infected.behaviours().stream()
                        .flatMap(behaviour -> behaviour.examples().stream())
                        .sorted(Comparator.comparing(Example::time))
                        .limit(MOST_EXAMPLES)
                        .toList(),
                infected.group());
    }

    private static List<String> statements(List<Evidence> evidence) {
        return evidence.stream()
                .limit(MOST_STATEMENTS)
                .map(Evidence::statement)
                .map(statement -> Plain.line(statement, LONGEST_STATEMENT))
                .toList();
    }

    private static String server(ServerContact contact) {
        return Plain.line(
                contact.server() + contact.name().map(name -> " (" + name + ")").orElse(""), LONGEST_STATEMENT);
    }

    /** A host is told of once: only that it became surer is news. */
    @Override
    public boolean isMuchElseThan(Situation before) {
        return switch (before) {
            case HostSituation earlier -> level.compareTo(earlier.level) > 0;
            case AttackSituation other -> true;
        };
    }

    @Override
    public String changesSince(Situation before) {
        return switch (before) {
            case HostSituation earlier
            when level != earlier.level ->
                "it was " + earlier.level.label() + " before, and is " + level.label() + " now";
            case HostSituation earlier -> earlier.isEnded && !isEnded ? "it goes on again" : "";
            case AttackSituation other -> "";
        };
    }

    @Override
    public List<String> marks() {
        return List.of(target, level.label());
    }

    @Override
    public Severity severity() {
        return isEnded || level == Level.SUSPECTED ? Severity.INFO : Severity.WARNING;
    }

    /** Such as {@code scanning, beaconing}. */
    String behaviourNames() {
        return behaviours.isEmpty()
                ? "unknown behaviour"
                : String.join(
                        ", ",
                        behaviours.stream()
                                .limit(MOST_STATEMENTS)
                                .map(BehaviourKind::label)
                                .toList());
    }
}
