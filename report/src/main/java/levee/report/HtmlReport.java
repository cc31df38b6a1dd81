package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding.State;
import levee.model.Prefix;

/**
 * The analysis as one page for a ticket or a letter: it needs no script and no other file, reads well on a telephone, on
 * paper and by ear, and is well-formed XML besides.
 */
public final class HtmlReport implements Report {
    /** So many attacks are told in full, so that a page stays one that a browser opens at once. */
    private static final int ATTACKS_IN_FULL = 50;

    /** So many attacks and inputs are listed. */
    private static final int ROWS_LISTED = 1_000;

    private final Instant written;

    /**
     * @param written the time to date the page with
     */
    public HtmlReport(Instant written) {
        this.written = written;
    }

    @Override
    public void write(Analysis analysis, OutputStream out) throws IOException {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
        page(analysis).writeTo(page);
        out.write(page.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Element page(Analysis analysis) {
        String title = "Analysis of " + subject(analysis);
        List<Attack> attacks = Wording.mostUrgentFirst(analysis);
        return element("html")
                .attribute("lang", "en")
                .add(head(title), element("body").add(main(analysis, title, attacks)));
    }

    private static Element head(String title) {
        String css = Stylesheet.text();
        return element("head")
                .add(
                        element("meta").attribute("charset", "utf-8"),
                        element("meta")
                                .attribute("http-equiv", "Content-Security-Policy")
                                .attribute("content", Stylesheet.policy(css)),
                        named("viewport", "width=device-width, initial-scale=1"),
                        named("color-scheme", "light dark"),
                        named("referrer", "no-referrer"),
                        // Telephones would make links of long numbers.
                        named("format-detection", "telephone=no"),
                        element("title", title),
                        Element.style(css));
    }

    private static Element named(String name, String content) {
        return element("meta").attribute("name", name).attribute("content", content);
    }

    private Element main(Analysis analysis, String title, List<Attack> attacks) {
        SensorLimits limits = new SensorLimits(analysis);
        Element main = element("main").add(header(analysis, title), summary(analysis, attacks));
        if (attacks.size() > 1) {
            main.add(index(attacks));
        }
        for (int i = 0; i < Math.min(ATTACKS_IN_FULL, attacks.size()); i++) {
            main.add(new AttackSection(
                            attacks.get(i),
                            limits.of(attacks.get(i)),
                            attackId(i),
                            ordinal(attacks, i) + "Attack on "
                                    + Wording.shortForm(attacks.get(i).target()))
                    .toElement());
        }
        main.add(new AbuseSections(AbuseFindings.of(analysis.findings())).toElements());
        if (attacks.isEmpty()) {
            main.add(section("limits", "What the sensor could not see", Prose.list(limits.ofAll())));
        }
        return main.add(inputs(analysis), method());
    }

    /** Attacks on one target would not be told apart without it. */
    private static String ordinal(List<Attack> attacks, int index) {
        return attacks.size() == 1 ? "" : Amounts.count(index + 1) + ". ";
    }

    private static String attackId(int index) {
        return "attack-" + (index + 1);
    }

    private static Element section(String id, String heading, Element... content) {
        return element("section")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(element("h2", heading).attribute("id", id + "-heading"))
                .add(content);
    }

    private Element header(Analysis analysis, String title) {
        return element("header")
                .add(
                        element("h1", title),
                        element(
                                "p",
                                period(analysis)
                                                .map(period -> "Data " + period + ". ")
                                                .orElse("") + "Written "
                                        + UtcTime.toSecond(written) + " UTC by Levee " + analysis.leveeVersion()
                                        + "."));
    }

    private static String subject(Analysis analysis) {
        if (analysis.inputs().size() != 1) {
            return Amounts.count(analysis.inputs().size(), "input");
        }
        String name = analysis.inputs().getFirst().name();
        return name.equals("-") ? "standard input" : name.substring(name.lastIndexOf('/') + 1);
    }

    private static Optional<String> period(Analysis analysis) {
        Optional<Instant> first = analysis.inputs().stream()
                .flatMap(input -> input.first().stream())
                .min(Instant::compareTo);
        Optional<Instant> last = analysis.inputs().stream()
                .flatMap(input -> input.last().stream())
                .max(Instant::compareTo);
        return first.flatMap(from -> last.map(to -> Wording.span(from, to)));
    }

    private static Element summary(Analysis analysis, List<Attack> attacks) {
        Element summary = section("summary", "Summary");
        for (String sentence : new Synopsis(analysis, attacks).sentences()) {
            summary.add(element("p", sentence));
        }
        return summary.withClass("summary");
    }

    private static Element index(List<Attack> attacks) {
        DataTable table = DataTable.stacking(
                "The most urgent first: those still going on, then by peak.",
                words("Target"),
                unbroken("From (UTC)"),
                unbroken("For"),
                unbroken("State"),
                words("With"),
                number("Peak"),
                number("Packets"),
                number("Sources"));
        List<Attack> listed = attacks.subList(0, Math.min(ROWS_LISTED, attacks.size()));
        for (int i = 0; i < listed.size(); i++) {
            Attack attack = listed.get(i);
            String target = Wording.shortForm(attack.target());
            table.row(
                    i < ATTACKS_IN_FULL
                            ? element("a", ordinal(attacks, i) + target).attribute("href", "#" + attackId(i))
                            : Content.text(ordinal(attacks, i) + target),
                    Content.text(UtcTime.toSecond(attack.start())),
                    Content.text(Units.duration(Duration.between(attack.start(), attack.end()))),
                    Content.text(attack.state() == State.OPEN ? "going on" : "ended"),
                    Content.text(Wording.some(attack.vectors(), share -> VectorName.of(share.vector()))),
                    Content.text(Units.bitRate(attack.peak().bitsPerSecond())),
                    Content.text(Units.packetRate(attack.peak().packetsPerSecond())),
                    Content.text(Wording.distinct(attack.sources().distinct())));
        }
        Element index = section("attacks", "Attacks", table.toElement());
        if (attacks.size() > ATTACKS_IN_FULL) {
            index.add(element(
                    "p",
                    "The first %s follow in full, the first %s are listed; the JSON report has all %s."
                            .formatted(
                                    Amounts.count(ATTACKS_IN_FULL),
                                    Amounts.count(listed.size()),
                                    Amounts.count(attacks.size()))));
        }
        return index;
    }

    private static Element inputs(Analysis analysis) {
        DataTable table = DataTable.stacking(
                "What was read, the damaged first.",
                words("Input"),
                words("Format"),
                words("Amount"),
                words("Time (UTC)"),
                words("Not used"),
                words("Damage"));
        analysis.inputs().stream()
                .sorted(Comparator.comparing(
                        input -> !input.isEmpty() && input.damage().isEmpty()))
                .limit(ROWS_LISTED)
                .forEach(input -> table.row(
                        Content.verbatim(input.name()),
                        Content.text(Wording.format(input)
                                + (input.compression().equals("none") ? "" : ", " + input.compression())),
                        Content.text(Wording.amount(input)),
                        Content.text(input.first()
                                .map(first -> Wording.span(first, input.last().orElse(first)))
                                .orElse("–")),
                        Content.text(
                                input.rejected().isEmpty()
                                        ? "–"
                                        : String.join(", ", Wording.rejected(input.rejectedInOrder()))),
                        Content.text(input.damage()
                                .map(damage -> "at byte " + Amounts.count(damage.offset()) + ": " + damage.reason())
                                .orElse("none"))));
        Element inputs = section("inputs", "Inputs", table.toElement());
        if (analysis.inputs().size() > ROWS_LISTED) {
            inputs.add(element(
                    "p", Amounts.count(analysis.inputs().size() - ROWS_LISTED) + " more are in the JSON report."));
        }
        return inputs.add(element(
                "p",
                analysis.networks().isEmpty()
                        ? "No own networks are known."
                        : "Own networks, by which directions are told: "
                                + Wording.some(analysis.networks(), Prefix::toString)
                                + (analysis.own().areOfInput() ? ", as nearly all of the input shows." : ".")));
    }

    private static Element method() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Conversations that both sides take part in, and answers to what the target asked, are never counted."
                    + " What nobody asked for or nobody answers is counted by target and vector, and is reported when"
                    + " packets, rate, sources and shares all reach what is needed.");
        sentences.add(
                "Not looked for: floods of whole requests that the target answers, such as HTTP requests. Below the "
                        + "evidence: attacks of few packets, and single hosts that flood like a scan or a transfer.");
        sentences.add(
                "Peaks are over the fullest second. Bytes are of IP packets, without the link layer; k, M and G are "
                        + "powers of 1,000. Times are UTC.");
        sentences.add(
                "An infected host is named by all that it was seen to do together. What is suspected is worth a look;"
                        + " only where the level is notify would one write to its owner.");
        sentences.add("Confidence is computed from the evidence. It is not yet calibrated on many real attacks.");
        return section("method", "Method and limits", Prose.list(sentences));
    }
}
