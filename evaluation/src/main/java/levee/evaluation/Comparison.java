package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import levee.evaluation.Evaluation.FalseAttack;
import levee.evaluation.Evaluation.FalseAttack.Reason;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.LookAlike;

/**
 * The findings of one run beside its truth.
 *
 * @param matches each true attack that was found, with what found it
 * @param missed the true attacks that were not found
 * @param falseAttacks the findings that are left over
 * @param mistaken the look-alikes that were called attacks
 */
record Comparison(
        Truth truth,
        List<Match> matches,
        List<ExpectedAttack> missed,
        List<FalseAttack> falseAttacks,
        Set<LookAlike> mistaken) {

    /** How far apart in time a finding and what it is about may be. */
    static final Duration SLACK = Duration.ofSeconds(5);

    record Match(ExpectedAttack expected, FoundAttack found) {
        boolean targetIsRight() {
            return expected.target().equals(found.target());
        }

        boolean mainVectorIsRight() {
            return expected.vectors().getFirst() == found.vectors().getFirst();
        }

        /** Seconds from the first packet of each vector that was rightly found until it was noticed, where known. */
        List<Double> noticeDelays() {
            List<Double> delays = new ArrayList<>();
            expected.startsOfVectors().forEach((vector, start) -> {
                Instant noticed = found.noticed().get(vector);
                if (noticed != null) {
                    delays.add(TimeError.between(start, noticed));
                }
            });
            return delays;
        }

        private boolean isPossible() {
            return oneContainsTheOther(expected.target(), found.target())
                    && meet(expected.start(), expected.end(), found.start(), found.end());
        }

        /** Negative where only the slack makes them meet. */
        private Duration overlap() {
            Instant from = expected.start().isAfter(found.start()) ? expected.start() : found.start();
            Instant to = expected.end().isBefore(found.end()) ? expected.end() : found.end();
            return Duration.between(from, to);
        }

        private Duration startError() {
            return Duration.between(expected.start(), found.start()).abs();
        }
    }

    private static final Comparator<Match> BEST_FIRST = Comparator.comparing((Match match) -> !match.targetIsRight())
            .thenComparing(Match::overlap, Comparator.reverseOrder())
            .thenComparing(Match::startError);

    static Comparison of(Run run) {
        List<ExpectedAttack> expected = ExpectedAttack.of(run.truth().attacks());
        List<Match> possible = expected.stream()
                .flatMap(attack -> run.findings().stream().map(found -> new Match(attack, found)))
                .filter(Match::isPossible)
                .sorted(BEST_FIRST)
                .toList();
        List<Match> matches = new ArrayList<>();
        List<ExpectedAttack> missed = new ArrayList<>(expected);
        List<FoundAttack> leftOver = new ArrayList<>(run.findings());
        for (Match match : possible) {
            if (missed.contains(match.expected()) && leftOver.contains(match.found())) {
                matches.add(match);
                missed.remove(match.expected());
                leftOver.remove(match.found());
            }
        }
        List<FalseAttack> falseAttacks = new ArrayList<>();
        Set<LookAlike> mistaken = new HashSet<>();
        for (FoundAttack found : leftOver) {
            List<LookAlike> lookAlikes = run.truth().lookAlikes().stream()
                    .filter(lookAlike -> isAbout(found, lookAlike))
                    .toList();
            if (expected.stream().anyMatch(attack -> new Match(attack, found).isPossible())) {
                // All attacks that it could be about have better findings.
                falseAttacks.add(new FalseAttack(run.truth().name(), found, Reason.DUPLICATE));
            } else if (lookAlikes.isEmpty()) {
                falseAttacks.add(new FalseAttack(run.truth().name(), found, Reason.OTHER));
            } else {
                falseAttacks.add(new FalseAttack(run.truth().name(), found, Reason.LOOK_ALIKE));
                mistaken.addAll(lookAlikes);
            }
        }
        return new Comparison(run.truth(), matches, missed, falseAttacks, mistaken);
    }

    private static boolean isAbout(FoundAttack found, LookAlike lookAlike) {
        return found.target().contains(lookAlike.target())
                && meet(lookAlike.start(), lookAlike.end(), found.start(), found.end());
    }

    private static boolean oneContainsTheOther(Prefix a, Prefix b) {
        return a.contains(b) || b.contains(a);
    }

    private static boolean meet(Instant start, Instant end, Instant otherStart, Instant otherEnd) {
        return !otherStart.isAfter(end.plus(SLACK)) && !otherEnd.plus(SLACK).isBefore(start);
    }
}
