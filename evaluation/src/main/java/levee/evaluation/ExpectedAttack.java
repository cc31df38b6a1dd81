package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;

/**
 * What should be found: the true attacks on one target, as long as they follow each other closely.
 *
 * @param packetsOfVectors how many packets each vector has; at least one vector
 * @param startsOfVectors the time of the first packet of each
 */
record ExpectedAttack(
        Prefix target,
        Instant start,
        Instant end,
        long packets,
        Map<AttackVector, Long> packetsOfVectors,
        Map<AttackVector, Instant> startsOfVectors) {

    /** Pulses that are no further apart are one attack. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(120);

    private static ExpectedAttack of(TrueAttack attack) {
        Map<AttackVector, Long> vectors = new EnumMap<>(AttackVector.class);
        Map<AttackVector, Instant> starts = new EnumMap<>(AttackVector.class);
        for (TrueVector vector : attack.vectors()) {
            vectors.merge(vector.vector(), vector.packets(), Long::sum);
            starts.merge(vector.vector(), vector.start(), ExpectedAttack::earlier);
        }
        return new ExpectedAttack(attack.target(), attack.start(), attack.end(), attack.packets(), vectors, starts);
    }

    /** What should be found where these attacks happened, by target and time. */
    static List<ExpectedAttack> of(List<TrueAttack> attacks) {
        Map<Prefix, List<TrueAttack>> byTarget = new TreeMap<>();
        attacks.forEach(attack -> byTarget.computeIfAbsent(attack.target(), target -> new ArrayList<>())
                .add(attack));
        List<ExpectedAttack> expected = new ArrayList<>();
        byTarget.values().forEach(ofTarget -> expected.addAll(joined(ofTarget)));
        return expected;
    }

    private static List<ExpectedAttack> joined(List<TrueAttack> ofTarget) {
        List<ExpectedAttack> joined = new ArrayList<>();
        ofTarget.stream()
                .sorted(Comparator.comparing(TrueAttack::start))
                .map(ExpectedAttack::of)
                .forEach(next -> {
                    if (!joined.isEmpty() && joined.getLast().isFollowedBy(next)) {
                        joined.add(joined.removeLast().with(next));
                    } else {
                        joined.add(next);
                    }
                });
        return joined;
    }

    private boolean isFollowedBy(ExpectedAttack next) {
        return !next.start().isAfter(end.plus(LONGEST_PAUSE));
    }

    private ExpectedAttack with(ExpectedAttack next) {
        Map<AttackVector, Long> both = new EnumMap<>(packetsOfVectors);
        next.packetsOfVectors.forEach((vector, more) -> both.merge(vector, more, Long::sum));
        Map<AttackVector, Instant> starts = new EnumMap<>(startsOfVectors);
        next.startsOfVectors.forEach((vector, other) -> starts.merge(vector, other, ExpectedAttack::earlier));
        Instant last = next.end.isAfter(end) ? next.end : end;
        return new ExpectedAttack(target, start, last, packets + next.packets, both, starts);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Its vectors, the one with most packets first. */
    List<AttackVector> vectors() {
        return packetsOfVectors.entrySet().stream()
                .sorted(Map.Entry.<AttackVector, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
