package levee.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding.State;
import levee.model.InfectedHost.Level;
import levee.model.InputSummary;
import levee.model.Prefix;

/**
 * The analysis for a person at a terminal: the verdict first, then what limits it, then the attacks, those still going
 * on before the others and the largest first, then infected hosts and what goes with them, then what was read.
 */
public final class TextReport implements Report {
    /** The width that fits most terminals and tickets. */
    public static final int DEFAULT_COLUMNS = 100;

    private final Style style;
    private final int columns;

    /**
     * @param columns the widest that a line may be; fewer than 40 are taken as 40
     */
    public TextReport(Style style, int columns) {
        this.style = style;
        this.columns = columns;
    }

    @Override
    public void write(Analysis analysis, OutputStream out) throws IOException {
        Page page = new Page(style, columns);
        List<Attack> attacks = Wording.mostUrgentFirst(analysis);
        AbuseFindings found = AbuseFindings.of(analysis.findings());
        verdict(page, analysis, attacks, found);
        AttackBlock block = new AttackBlock(page);
        for (Attack attack : attacks) {
            page.blank();
            block.write(attack);
        }
        new AbuseBlocks(page).write(found);
        page.blank();
        inputs(page, analysis);
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void verdict(Page page, Analysis analysis, List<Attack> attacks, AbuseFindings found) {
        String where = " in " + Amounts.count(analysis.inputs().size(), "input");
        long open =
                attacks.stream().filter(attack -> attack.state() == State.OPEN).count();
        if (!attacks.isEmpty()) {
            page.heading(
                    Tone.ALARM,
                    Amounts.count(attacks.size(), "attack") + " found" + where
                            + (open == 0 ? "" : ", " + Amounts.count(open) + " still going on"));
        } else if (found.isEmpty() && analysis.inputs().stream().allMatch(InputSummary::isEmpty)) {
            // Where nothing was read, "no attack" would be a false comfort.
            page.heading(
                    Tone.WARNING,
                    "Nothing could be read from "
                            + Amounts.count(analysis.inputs().size(), "input"));
            return;
        } else {
            page.heading(Tone.CALM, "No attack found" + where);
        }
        if (!found.isEmpty()) {
            page.heading(
                    found.infected(Level.NOTIFY).isEmpty() ? Tone.WARNING : Tone.ALARM,
                    "Besides attacks: " + String.join(", ", found.counts()));
        }
        List<String> limits = Wording.limits(analysis);
        if (!limits.isEmpty()) {
            page.heading(Tone.WARNING, "Findings may be missing: " + String.join(", ", limits));
        }
    }

    private static void inputs(Page page, Analysis analysis) {
        page.heading(Tone.TITLE, "INPUTS");
        for (InputSummary input : analysis.inputs()) {
            page.item(
                    input.isEmpty() || input.damage().isPresent() ? Tone.WARNING : Tone.NORMAL,
                    input.name() + ": " + String.join("; ", facts(input)));
        }
        page.item(
                Tone.NORMAL,
                analysis.networks().isEmpty()
                        ? "No own networks are known."
                        : "Own networks: " + Wording.some(analysis.networks(), Prefix::toString)
                                + (analysis.own().areOfInput() ? ", as nearly all of the input shows" : ""));
    }

    private static List<String> facts(InputSummary input) {
        List<String> facts = new ArrayList<>();
        facts.add(Wording.format(input) + (input.compression().equals("none") ? "" : ", " + input.compression()));
        facts.add(Wording.amount(input));
        input.first()
                .ifPresent(first -> facts.add(Wording.span(first, input.last().orElse(first))));
        if (!input.rejected().isEmpty()) {
            facts.add("rejected " + String.join(", ", Wording.rejected(input.rejectedInOrder())));
        }
        input.damage()
                .ifPresent(damage ->
                        facts.add("damaged at byte " + Amounts.count(damage.offset()) + ": " + damage.reason()));
        return facts;
    }
}
