package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.evaluation.Comparison.Match;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.LookAlike;
import levee.model.Truth.TrueAttack;

/**
 * How right findings are, over all runs. {@code docs/evaluation.md} gives the rules.
 *
 * @param runs how many there were
 * @param vectors those that happened or were found, in the order of their table
 * @param startError of the found attacks; empty where none was found
 * @param endError likewise
 * @param noticeDelay how long after its first packet a vector was noticed, of those that were rightly found
 * @param hostHours how long innocent hosts could have been accused: own hosts by the duration of their run
 * @param lookAlikes by name
 * @param confidence ten classes from 0 to 1, those without findings too
 */
public record Evaluation(
        int runs,
        Attacks attacks,
        List<VectorScore> vectors,
        Optional<TimeError> startError,
        Optional<TimeError> endError,
        Optional<TimeError> noticeDelay,
        Packets packets,
        double hostHours,
        List<LookAlikeScore> lookAlikes,
        List<ConfidenceScore> confidence,
        List<MissedAttack> missed,
        List<FalseAttack> falseAttacks) {

    /** Of confidence. */
    private static final int CLASSES = 10;

    public Evaluation {
        vectors = List.copyOf(vectors);
        lookAlikes = List.copyOf(lookAlikes);
        confidence = List.copyOf(confidence);
        missed = List.copyOf(missed);
        falseAttacks = List.copyOf(falseAttacks);
    }

    /**
     * @param happened the true attacks
     * @param found those that a finding matches
     * @param targetRight those found with the very target
     * @param targetPartlyRight those found as a part of their target, or as part of something wider
     * @param mainVectorRight those found with the very main vector
     */
    public record Attacks(int happened, int found, int targetRight, int targetPartlyRight, int mainVectorRight) {}

    /**
     * @param happened true attacks that this vector is part of
     * @param right those of them that were found with it
     * @param missed those that were not found, or without it
     * @param extra other true attacks that were found with it
     * @param falsely false attacks with it
     */
    public record VectorScore(AttackVector vector, int happened, int right, int missed, int extra, int falsely) {}

    /**
     * @param happened packets of all true attacks
     * @param found packets that findings say belong to attacks
     * @param shared the smaller of both for each found attack, summed: what was found and happened, at most
     */
    public record Packets(long happened, long found, long shared) {}

    /**
     * @param happened how often there was such a thing
     * @param calledAttack how often it was called an attack
     */
    public record LookAlikeScore(String name, int happened, int calledAttack) {}

    /**
     * Findings said with a confidence from {@code from} to below {@code to}, or to 1 itself in the last class.
     *
     * @param confidenceSum their confidences, summed
     * @param right those whose target and main vector are right
     */
    public record ConfidenceScore(double from, double to, int findings, double confidenceSum, int right) {}

    /**
     * @param run the name of what it happened in
     * @param vectors the main one first
     */
    public record MissedAttack(String run, Prefix target, Instant start, Instant end, List<AttackVector> vectors) {
        public MissedAttack {
            vectors = List.copyOf(vectors);
        }
    }

    /** @param run the name of what it was found in */
    public record FalseAttack(String run, FoundAttack found, Reason reason) {

        /** What it is about. */
        public enum Reason {
            /** A true attack that another finding already told of. */
            DUPLICATE,
            /** Innocent traffic that truth knows to look like an attack. */
            LOOK_ALIKE,
            /** Nothing that truth mentions. */
            OTHER
        }
    }

    /** False attacks for this reason. */
    public long falseAttacks(FalseAttack.Reason reason) {
        return falseAttacks.stream().filter(alarm -> alarm.reason() == reason).count();
    }

    /** Scores the findings of all runs together. */
    public static Evaluation of(List<Run> runs) {
        List<Comparison> comparisons = runs.stream().map(Comparison::of).toList();
        List<Match> matches =
                comparisons.stream().flatMap(run -> run.matches().stream()).toList();
        List<MissedAttack> missed =
                comparisons.stream().flatMap(Evaluation::missed).toList();
        List<FalseAttack> falseAttacks =
                comparisons.stream().flatMap(run -> run.falseAttacks().stream()).toList();
        return new Evaluation(
                runs.size(),
                attacks(matches, missed.size()),
                vectors(matches, missed, falseAttacks),
                TimeError.of(matches.stream()
                        .map(m -> TimeError.between(
                                m.expected().start(), m.found().start()))
                        .toList()),
                TimeError.of(matches.stream()
                        .map(m ->
                                TimeError.between(m.expected().end(), m.found().end()))
                        .toList()),
                TimeError.of(
                        matches.stream().flatMap(m -> m.noticeDelays().stream()).toList()),
                packets(runs, matches),
                runs.stream().mapToDouble(run -> hostHours(run.truth())).sum(),
                lookAlikes(comparisons),
                confidence(matches, falseAttacks),
                missed,
                falseAttacks);
    }

    private static Stream<MissedAttack> missed(Comparison run) {
        return run.missed().stream()
                .map(attack -> new MissedAttack(
                        run.truth().name(), attack.target(), attack.start(), attack.end(), attack.vectors()));
    }

    private static Attacks attacks(List<Match> matches, int missed) {
        int targetRight = (int) matches.stream().filter(Match::targetIsRight).count();
        int mainVectorRight =
                (int) matches.stream().filter(Match::mainVectorIsRight).count();
        return new Attacks(
                matches.size() + missed, matches.size(), targetRight, matches.size() - targetRight, mainVectorRight);
    }

    private static List<VectorScore> vectors(
            List<Match> matches, List<MissedAttack> missed, List<FalseAttack> falseAttacks) {
        return Arrays.stream(AttackVector.values())
                .map(vector -> vector(vector, matches, missed, falseAttacks))
                .filter(score -> score.happened() + score.extra() + score.falsely() > 0)
                .toList();
    }

    private static VectorScore vector(
            AttackVector vector, List<Match> matches, List<MissedAttack> missed, List<FalseAttack> falseAttacks) {
        int right = 0;
        int notFound = (int) missed.stream()
                .filter(attack -> attack.vectors().contains(vector))
                .count();
        int extra = 0;
        for (Match match : matches) {
            boolean happened = match.expected().vectors().contains(vector);
            boolean found = match.found().vectors().contains(vector);
            right += happened && found ? 1 : 0;
            notFound += happened && !found ? 1 : 0;
            extra += !happened && found ? 1 : 0;
        }
        int falsely = (int) falseAttacks.stream()
                .filter(attack -> attack.found().vectors().contains(vector))
                .count();
        return new VectorScore(vector, right + notFound, right, notFound, extra, falsely);
    }

    private static Packets packets(List<Run> runs, List<Match> matches) {
        return new Packets(
                runs.stream()
                        .flatMap(run -> run.truth().attacks().stream())
                        .mapToLong(TrueAttack::packets)
                        .sum(),
                runs.stream()
                        .flatMap(run -> run.findings().stream())
                        .mapToLong(FoundAttack::packets)
                        .sum(),
                matches.stream()
                        .mapToLong(match -> Math.min(
                                match.expected().packets(), match.found().packets()))
                        .sum());
    }

    private static double hostHours(Truth truth) {
        return truth.hosts() * (Duration.between(truth.start(), truth.end()).toMillis() / 3_600_000.0);
    }

    private static List<LookAlikeScore> lookAlikes(List<Comparison> comparisons) {
        Map<String, LookAlikeScore> byName = new TreeMap<>();
        for (Comparison run : comparisons) {
            for (LookAlike lookAlike : run.truth().lookAlikes()) {
                int called = run.mistaken().contains(lookAlike) ? 1 : 0;
                byName.merge(
                        lookAlike.name(),
                        new LookAlikeScore(lookAlike.name(), 1, called),
                        (a, b) -> new LookAlikeScore(
                                a.name(), a.happened() + b.happened(), a.calledAttack() + b.calledAttack()));
            }
        }
        return List.copyOf(byName.values());
    }

    private static List<ConfidenceScore> confidence(List<Match> matches, List<FalseAttack> falseAttacks) {
        int[] findings = new int[CLASSES];
        double[] sums = new double[CLASSES];
        int[] right = new int[CLASSES];
        Stream.concat(matches.stream().map(Match::found), falseAttacks.stream().map(FalseAttack::found))
                .forEach(found -> {
                    findings[classOf(found)]++;
                    sums[classOf(found)] += found.confidence();
                });
        matches.stream()
                .filter(match -> match.targetIsRight() && match.mainVectorIsRight())
                .forEach(match -> right[classOf(match.found())]++);
        return IntStream.range(0, CLASSES)
                .mapToObj(i -> new ConfidenceScore(
                        (double) i / CLASSES, (double) (i + 1) / CLASSES, findings[i], sums[i], right[i]))
                .toList();
    }

    private static int classOf(FoundAttack found) {
        return (int) Math.min(CLASSES - 1, Math.floor(found.confidence() * CLASSES));
    }
}
