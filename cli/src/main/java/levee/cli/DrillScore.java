package levee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.evaluation.Evaluation;
import levee.evaluation.Evaluation.FalseAttack;
import levee.evaluation.Evaluation.MissedAttack;
import levee.evaluation.FoundAttack;
import levee.evaluation.Run;
import levee.model.Amounts;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Prefix;
import levee.model.Truth;

/**
 * How right the findings of a live drill are. A scenario is scored when the one behind it is over, and forgotten then, so
 * that what is remembered does not grow. Safe for several threads.
 */
final class DrillScore {
    /** What is younger was not missed: it may still be found. */
    private static final Duration JUST_BEGUN = Duration.ofSeconds(10);

    /** Of one scenario and the one behind it. */
    private static final int MOST_FOUND = 10_000;

    /** Of those that are named. */
    private static final int MOST_NAMED = 10;

    private final FoundAttacks found = new FoundAttacks();
    private Optional<Truth> before = Optional.empty();
    private int played;
    private int foundOfThem;
    private int right;
    private int justBegun;
    private int missed;
    private int falseAttacks;
    private final List<String> named = new ArrayList<>();

    synchronized void note(FindingEvent event) {
        boolean isOpened = event.change() == Change.OPENED;
        // What was scored already is not scored again when it ends.
        if (isOpened ? found.size() < MOST_FOUND : found.knows(event.finding().id())) {
            found.note(event);
        }
    }

    /** A scenario is over. */
    synchronized void over(Truth truth) {
        before.ifPresent(earlier -> settle(earlier, truth.start(), Instant.MAX));
        before = Optional.of(truth);
    }

    /** Scores all that is left, at the end of the drill, and says what came of it, a line each. */
    synchronized List<String> summary(Instant now) {
        before.ifPresent(last -> settle(last, Instant.MAX, now.minus(JUST_BEGUN)));
        before = Optional.empty();
        List<String> lines = new ArrayList<>();
        lines.add(Amounts.count(played, "attack") + " played, " + Amounts.count(foundOfThem)
                + " found, target and main vector right in " + Amounts.count(right));
        lines.add(Amounts.count(missed) + " missed"
                + (justBegun == 0 ? "" : ", and " + Amounts.count(justBegun) + " had only just begun"));
        lines.add(Amounts.count(falseAttacks, "false attack"));
        lines.addAll(named);
        return lines;
    }

    /**
     * @param until findings that begin from then on belong to what was played next
     * @param foundUntil what began later may still be found
     */
    private void settle(Truth truth, Instant until, Instant foundUntil) {
        List<FoundAttack> some = found.all().stream()
                .filter(attack -> attack.start().isBefore(until))
                .toList();
        found.forget(some);
        Evaluation evaluation = Evaluation.of(List.of(new Run(truth, some)));
        played += evaluation.attacks().happened();
        foundOfThem += evaluation.attacks().found();
        right += evaluation.confidence().stream()
                .mapToInt(Evaluation.ConfidenceScore::right)
                .sum();
        for (MissedAttack attack : evaluation.missed()) {
            if (attack.start().isAfter(foundUntil)) {
                justBegun++;
            } else {
                missed++;
                name("missed", attack.vectors(), attack.target(), attack.start());
            }
        }
        for (FalseAttack attack : evaluation.falseAttacks()) {
            falseAttacks++;
            name(
                    switch (attack.reason()) {
                        case DUPLICATE -> "false, a second finding of the same attack";
                        case LOOK_ALIKE -> "false, innocent traffic";
                        case OTHER -> "false";
                    },
                    attack.found().vectors(),
                    attack.found().target(),
                    attack.found().start());
        }
    }

    private void name(String what, List<AttackVector> vectors, Prefix target, Instant start) {
        if (named.size() < MOST_NAMED) {
            named.add("  " + what + ": " + DrillText.vectors(vectors) + " on " + DrillText.target(target) + " at "
                    + DrillText.time(start));
        }
    }
}
