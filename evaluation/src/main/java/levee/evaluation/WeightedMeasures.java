package levee.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongUnaryOperator;
import levee.evaluation.KnownHost.Condition;
import levee.model.IpAddress;

/**
 * The measures of S. García, M. Grill, J. Stiborek and A. Zunino, "An empirical comparison of botnet detection methods",
 * Computers and Security 45 (2014): by addresses and not by flows, over frames of five minutes, and a bot that is found
 * early counts more. Summed over all frames.
 */
public record WeightedMeasures(
        double truePositives, double falseNegatives, double falsePositives, double trueNegatives) {

    static final WeightedMeasures NONE = new WeightedMeasures(0, 0, 0, 0);

    /** How fast the reward for an early discovery fades, per frame. */
    private static final double FADING = 0.01;

    /** Addresses of one frame. */
    private static final class Counts {
        private long foundBots;
        private long missedBots;
        private long accused;
        private long leftAlone;
    }

    /**
     * @param isFound whether a host is held to be infected in a frame
     * @param othersAccused how many of the hosts that truth does not name are, in a frame
     */
    static WeightedMeasures of(HostTruth truth, BiPredicate<IpAddress, Long> isFound, LongUnaryOperator othersAccused) {
        Map<Long, Counts> frames = new HashMap<>();
        for (KnownHost host : truth.hosts()) {
            if (host.condition() != Condition.UNKNOWN) {
                for (long frame : host.frames()) {
                    count(frames.computeIfAbsent(frame, f -> new Counts()), host, isFound.test(host.host(), frame));
                }
            }
        }
        if (truth.otherHosts() > 0) {
            for (long frame : Frames.between(truth.start(), truth.end())) {
                Counts counts = frames.computeIfAbsent(frame, f -> new Counts());
                long accused = Math.min(othersAccused.applyAsLong(frame), truth.otherHosts());
                counts.accused += accused;
                counts.leftAlone += truth.otherHosts() - accused;
            }
        }
        long first = Frames.of(truth.start());
        WeightedMeasures sum = NONE;
        for (Map.Entry<Long, Counts> frame : frames.entrySet()) {
            sum = sum.plus(of(frame.getValue(), Math.exp(-FADING * Math.max(0, frame.getKey() - first)) + 1));
        }
        return sum;
    }

    private static void count(Counts counts, KnownHost host, boolean found) {
        if (host.isInfected()) {
            counts.foundBots += found ? 1 : 0;
            counts.missedBots += found ? 0 : 1;
        } else {
            counts.accused += found ? 1 : 0;
            counts.leftAlone += found ? 0 : 1;
        }
    }

    private static WeightedMeasures of(Counts counts, double correction) {
        // One of both is not zero where the other is divided by their sum; where both are, nothing is added.
        double bots = Math.max(1, counts.foundBots + counts.missedBots);
        double normal = Math.max(1, counts.accused + counts.leftAlone);
        return new WeightedMeasures(
                counts.foundBots * correction / bots,
                counts.missedBots * correction / bots,
                counts.accused / normal,
                counts.leftAlone / normal);
    }

    WeightedMeasures plus(WeightedMeasures other) {
        return new WeightedMeasures(
                truePositives + other.truePositives,
                falseNegatives + other.falseNegatives,
                falsePositives + other.falsePositives,
                trueNegatives + other.trueNegatives);
    }

    /** Not a number where there were no bots, as the others where there is nothing to divide by. */
    public double truePositiveRate() {
        return truePositives / (truePositives + falseNegatives);
    }

    public double falsePositiveRate() {
        return falsePositives / (falsePositives + trueNegatives);
    }

    public double precision() {
        return truePositives / (truePositives + falsePositives);
    }

    public double accuracy() {
        return (truePositives + trueNegatives) / (truePositives + trueNegatives + falsePositives + falseNegatives);
    }

    /** The harmonic mean of precision and true positive rate; 0 where nothing was found. */
    public double fMeasure() {
        return 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }
}
