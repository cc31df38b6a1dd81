package levee.evaluation;

import static levee.model.Amounts.count;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import levee.evaluation.Evaluation.Attacks;
import levee.evaluation.Evaluation.ConfidenceScore;
import levee.evaluation.Evaluation.FalseAttack;
import levee.evaluation.Evaluation.FalseAttack.Reason;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.Evaluation.MissedAttack;
import levee.evaluation.Evaluation.VectorScore;
import levee.model.Amounts;
import levee.model.AttackVector;
import levee.model.Prefix;

/** An evaluation as tables for people. */
public final class EvaluationText {
    /** What could steer a terminal or hide in it; names are chosen by others. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final StringBuilder text = new StringBuilder();

    private EvaluationText() {}

    /** Writes what was found as UTF-8 and leaves {@code out} open. What there was nothing of is left out. */
    public static void write(Evaluation evaluation, HostEvaluation hosts, OutputStream out) throws IOException {
        EvaluationText page = new EvaluationText();
        if (evaluation.runs() > 0 || hosts.isEmpty()) {
            page.verdict(evaluation);
        }
        if (!hosts.isEmpty()) {
            page.text.append(HostEvaluationText.verdict(hosts));
        }
        if (evaluation.runs() > 0 || hosts.isEmpty()) {
            page.attacks(evaluation);
            page.times(evaluation);
            page.vectors(evaluation.vectors());
            page.lookAlikes(evaluation.lookAlikes());
            page.confidence(evaluation.confidence());
            page.missed(evaluation.missed());
            page.falseAttacks(evaluation.falseAttacks());
        }
        if (!hosts.isEmpty()) {
            page.text.append(HostEvaluationText.sections(hosts));
        }
        out.write(page.text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void verdict(Evaluation evaluation) {
        Attacks attacks = evaluation.attacks();
        text.append("%s of %s found, %s in %s"
                .formatted(
                        count(attacks.found()),
                        count(attacks.happened(), "true attack"),
                        count(evaluation.falseAttacks().size(), "false attack"),
                        count(evaluation.runs(), "run")));
        text.append('\n');
    }

    private void attacks(Evaluation evaluation) {
        Attacks attacks = evaluation.attacks();
        int found = attacks.found();
        Evaluation.Packets packets = evaluation.packets();
        section(
                "ATTACKS",
                new Table()
                        .line("happened", count(attacks.happened()))
                        .line("found", count(found), percent(found, attacks.happened()))
                        .line("  target right", count(attacks.targetRight()), percent(attacks.targetRight(), found))
                        .line(
                                "  target partly right",
                                count(attacks.targetPartlyRight()),
                                percent(attacks.targetPartlyRight(), found))
                        .line(
                                "  main vector right",
                                count(attacks.mainVectorRight()),
                                percent(attacks.mainVectorRight(), found))
                        .line(
                                "missed",
                                count(attacks.happened() - found),
                                percent(attacks.happened() - found, attacks.happened()))
                        .line("false", count(evaluation.falseAttacks().size()))
                        .line("  duplicate", count(evaluation.falseAttacks(Reason.DUPLICATE)))
                        .line("  look-alike", count(evaluation.falseAttacks(Reason.LOOK_ALIKE)))
                        .line("  other", count(evaluation.falseAttacks(Reason.OTHER)))
                        .line("  per 1,000 host-hours", rate(evaluation)));
        section(
                "ATTACK PACKETS",
                new Table()
                        .line("happened", count(packets.happened()))
                        .line("found", count(packets.found()))
                        .line("both, at most", count(packets.shared()))
                        .line("  of those that happened", percent(packets.shared(), packets.happened()))
                        .line("  of those found", percent(packets.shared(), packets.found())));
    }

    private static String rate(Evaluation evaluation) {
        return evaluation.hostHours() == 0
                ? "-"
                : decimals(1000 * evaluation.falseAttacks().size() / evaluation.hostHours(), 3);
    }

    private void times(Evaluation evaluation) {
        Table table = new Table().line("found minus true, in seconds", "median", "95 % within", "worst");
        timeError(table, "start", evaluation.startError());
        timeError(table, "end", evaluation.endError());
        timeError(table, "noticed, after the start", evaluation.noticeDelay());
        section("TIMES", table);
    }

    private static void timeError(Table table, String name, Optional<TimeError> error) {
        table.line(
                name,
                error.map(e -> signed(e.median())).orElse("-"),
                error.map(e -> decimals(e.percentile95(), 3)).orElse("-"),
                error.map(e -> signed(e.worst())).orElse("-"));
    }

    private void vectors(List<VectorScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        Table table = new Table().line("", "happened", "right", "missed", "extra", "false");
        int[] sums = new int[5];
        for (VectorScore score : scores) {
            int[] numbers = {score.happened(), score.right(), score.missed(), score.extra(), score.falsely()};
            vectorLine(table, score.vector().label(), numbers);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += numbers[i];
            }
        }
        vectorLine(table, "all", sums);
        section("VECTORS", table);
    }

    private static void vectorLine(Table table, String name, int... numbers) {
        table.line(name, count(numbers[0]), count(numbers[1]), count(numbers[2]), count(numbers[3]), count(numbers[4]));
    }

    private void lookAlikes(List<LookAlikeScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        Table table = new Table().line("", "happened", "called attack");
        scores.forEach(
                score -> table.line(printable(score.name()), count(score.happened()), count(score.calledAttack())));
        section("LOOK-ALIKES", table);
    }

    private void confidence(List<ConfidenceScore> scores) {
        Table table = new Table().line("said", "findings", "mean", "right", "share right");
        for (ConfidenceScore score : scores) {
            if (score.findings() > 0) {
                table.line(
                        decimals(score.from(), 1) + (score.to() < 1 ? " to " + decimals(score.to(), 1) : " or more"),
                        count(score.findings()),
                        decimals(score.confidenceSum() / score.findings(), 3),
                        count(score.right()),
                        decimals((double) score.right() / score.findings(), 3));
            }
        }
        if (scores.stream().anyMatch(score -> score.findings() > 0)) {
            section("CONFIDENCE", table);
        }
    }

    private void missed(List<MissedAttack> missed) {
        if (missed.isEmpty()) {
            return;
        }
        heading("MISSED");
        for (MissedAttack attack : missed) {
            item(attack.run(), attack.target(), attack.vectors(), attack.start(), attack.end());
        }
    }

    private void falseAttacks(List<FalseAttack> attacks) {
        if (attacks.isEmpty()) {
            return;
        }
        heading("FALSE");
        for (FalseAttack attack : attacks) {
            FoundAttack found = attack.found();
            item(attack.run(), found.target(), found.vectors(), found.start(), found.end());
            text.append("    %s, said with %s: %s"
                    .formatted(printable(found.id()), decimals(found.confidence(), 2), explanation(attack.reason())));
            text.append('\n');
        }
    }

    private static String explanation(Reason reason) {
        return switch (reason) {
            case DUPLICATE -> "another finding tells of the same true attack";
            case LOOK_ALIKE -> "innocent traffic that looks like an attack";
            case OTHER -> "nothing that truth mentions";
        };
    }

    private void item(String run, Prefix target, List<AttackVector> vectors, Instant start, Instant end) {
        String names = vectors.stream().map(AttackVector::label).collect(Collectors.joining(", "));
        text.append("  %s: %s, %s, %s to %s".formatted(printable(run), target, names, start, end));
        text.append('\n');
    }

    private void section(String title, Table table) {
        heading(title);
        text.append(table);
    }

    private void heading(String title) {
        text.append('\n').append(title).append('\n');
    }

    static String printable(String name) {
        return INVISIBLE.matcher(name).replaceAll("?");
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "-" : Amounts.percent((double) part / whole, 1);
    }

    private static String signed(double seconds) {
        return String.format(Locale.ROOT, "%+.3f", seconds);
    }

    static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
