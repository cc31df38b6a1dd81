package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import levee.model.Amounts;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding.State;
import levee.model.InputSummary;

/** What could not be seen, in sentences: of everything, and of one attack. */
public final class SensorLimits {
    private final Analysis analysis;

    SensorLimits(Analysis analysis) {
        this.analysis = analysis;
    }

    List<String> of(Attack attack) {
        List<String> limits = new ArrayList<>(ofSensor(attack));
        if (attack.state() == State.OPEN) {
            limits.add(
                    "The data end while the attack goes on: how long it lasted and how large it became is not known.");
        }
        if (beginsWithTheData(attack.start())) {
            limits.add("The attack is there from the first second of the data on: it may have begun earlier.");
        }
        limits.addAll(ofAll());
        return limits;
    }

    /** What the sensor did not show of the target's traffic, whatever the inputs are. */
    public static List<String> ofSensor(Attack attack) {
        return List.of(visibility(attack.visibility()), sampling(attack.sampling()));
    }

    /** What concerns every finding, and the absence of one. */
    List<String> ofAll() {
        List<String> limits = new ArrayList<>();
        long empty = analysis.inputs().stream().filter(InputSummary::isEmpty).count();
        if (empty > 0) {
            limits.add("Nothing could be read from " + Amounts.count(empty, "input") + ".");
        }
        long damaged = analysis.inputs().stream()
                .filter(input -> input.damage().isPresent())
                .count();
        limits.add(
                damaged == 0
                        ? "No input is damaged."
                        : Amounts.count(damaged, "input is", "inputs are")
                                + " damaged; what the damage hid is not in here.");
        limits.add(rejected());
        limits.add(
                analysis.evicted() == 0
                        ? "No table overflowed: nothing was forgotten."
                        : Wording.dropped(analysis.evicted()) + "; attacks may be missing or look smaller.");
        return limits;
    }

    private String rejected() {
        Map<String, Long> reasons = new TreeMap<>();
        for (InputSummary input : analysis.inputs()) {
            input.rejected().forEach((reason, count) -> reasons.merge(reason, count, SensorLimits::saturatedSum));
        }
        return reasons.isEmpty()
                ? "Every packet and record that was read could be used."
                : "Not used: " + String.join(", ", Wording.rejected(reasons)) + ".";
    }

    private static long saturatedSum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private boolean beginsWithTheData(Instant start) {
        Optional<Instant> first = analysis.inputs().stream()
                .flatMap(input -> input.first().stream())
                .min(Instant::compareTo);
        return first.isPresent() && Duration.between(first.get(), start).compareTo(Duration.ofSeconds(1)) < 0;
    }

    private static String visibility(Attack.Visibility visibility) {
        return switch (visibility) {
            case TWO_WAY -> "Both directions of the target's traffic were seen.";
            case ONE_WAY ->
                "Only one direction of the target's traffic was seen: what it asked for and how it answered is not"
                        + " known.";
            case SAMPLED -> "Only samples of the target's traffic were seen.";
        };
    }

    private static String sampling(Attack.Sampling sampling) {
        return sampling.rate() == 1
                ? "Nothing that reached the sensor was left out by sampling."
                : "One in %s packets was seen: all amounts are estimates from %s, and there may be more sources."
                        .formatted(Amounts.count(sampling.rate()), Amounts.count(sampling.rawSamples(), "sample"));
    }
}
