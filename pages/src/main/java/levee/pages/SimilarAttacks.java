package levee.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.report.VectorName;
import levee.server.Caller;
import levee.store.FindingQuery;
import levee.store.Store;

/**
 * Earlier attacks that have something in common with one: the target or its network, the vectors, source networks, ports
 * and packet lengths. It tells an operator what worked last time; it does not say that the same people did it.
 */
final class SimilarAttacks {
    private static final int SEARCHED = 200;
    private static final int SHOWN = 5;

    /** Of what may be common; less is chance. */
    private static final int LEAST_POINTS = 3;

    private final Store store;

    /** @param inCommon in words, what weighs most first */
    record Similar(Attack attack, int points, List<String> inCommon) {}

    SimilarAttacks(Store store) {
        this.store = store;
    }

    List<Similar> to(Attack attack, Caller caller) {
        FindingQuery earlier = FindingQuery.newest(SEARCHED)
                .withKind("attack")
                .withUntil(attack.start())
                .withNetworks(caller.networks());
        return RecentAttacks.seen(caller, store.findings(earlier)).stream()
                .filter(other -> !other.id().equals(attack.id()))
                .map(other -> compare(attack, other))
                .filter(similar -> similar.points() >= LEAST_POINTS)
                .sorted(Comparator.comparingInt(Similar::points).reversed())
                .limit(SHOWN)
                .toList();
    }

    static Similar compare(Attack one, Attack other) {
        int points = 0;
        List<String> common = new ArrayList<>();
        if (one.target().equals(other.target())) {
            points += 3;
            common.add("the target");
        } else if (one.target().contains(other.target()) || other.target().contains(one.target())) {
            points += 2;
            common.add("the network of the target");
        } else if (one.group().isPresent() && one.group().equals(other.group())) {
            points += 1;
            common.add("the group");
        }
        Set<AttackVector> vectors = vectors(one);
        Set<AttackVector> otherVectors = vectors(other);
        Set<AttackVector> shared = new HashSet<>(vectors);
        shared.retainAll(otherVectors);
        if (!shared.isEmpty()) {
            points += shared.equals(vectors) && shared.equals(otherVectors) ? 2 : 1;
            common.add(String.join(
                    " and ", shared.stream().map(VectorName::of).sorted().toList()));
        }
        int networks = common(
                one.sources().top().stream().map(Attack.Talker::prefix).toList(),
                other.sources().top().stream().map(Attack.Talker::prefix).toList());
        if (networks > 0) {
            points += networks > 2 ? 2 : 1;
            common.add(networks + " of the most active source networks");
        }
        if (common(lengths(one), lengths(other)) > 0) {
            points += 1;
            common.add("packet lengths");
        }
        return new Similar(other, points, common);
    }

    private static Set<AttackVector> vectors(Attack attack) {
        Set<AttackVector> vectors = new HashSet<>();
        attack.vectors().forEach(share -> vectors.add(share.vector()));
        return vectors;
    }

    private static List<Integer> lengths(Attack attack) {
        return attack.vectors().isEmpty()
                ? List.of()
                : attack.vectors().getFirst().packetLengths();
    }

    private static <T> int common(List<T> one, List<T> other) {
        Set<T> both = new HashSet<>(one);
        both.retainAll(new HashSet<>(other));
        return both.size();
    }
}
