package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Attack;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.report.UtcTime;
import levee.server.OpenFinding;
import levee.store.Annotation;
import levee.store.Store;
import levee.store.StoredFinding;

/** The attacks that go on, the largest first: what an operator sees at the first glance. */
final class OpenAttacks {
    private static final int SHOWN = 20;

    private final Store store;

    /** The largest first. */
    private final List<OpenFinding> open;

    private final Instant now;

    OpenAttacks(Store store, List<OpenFinding> open, Instant now) {
        this.store = store;
        this.open = open.stream()
                .sorted(Comparator.comparingDouble(OpenAttacks::size).reversed())
                .toList();
        this.now = now;
    }

    private static double size(OpenFinding finding) {
        return attack(finding).peak().bitsPerSecond();
    }

    private static Attack attack(OpenFinding finding) {
        return switch (finding.finding()) {
            case Attack attack -> attack;
        };
    }

    Element toElement() {
        Element section = element("section")
                .attribute("id", "open-attacks")
                .attribute("aria-labelledby", "open-attacks-heading")
                .withClass(open.isEmpty() ? "situation calm" : "situation alarm")
                .add(element("h1", headline())
                        .attribute("id", "open-attacks-heading")
                        .attribute("aria-live", "polite"));
        if (open.isEmpty()) {
            return section.add(
                    element("p", "Attacks appear here within a second of the first packets that tell of them.")
                            .withClass("lead"));
        }
        section.add(
                element(
                                "p",
                                (open.size() == 1 ? "" : "The largest: ")
                                        + AttackWords.sentence(attack(open.getFirst()), now))
                        .withClass("lead"),
                table());
        if (open.size() > SHOWN) {
            section.add(element("p")
                    .add(element("a", "All " + Amounts.count(open.size()) + " attacks that go on")
                            .attribute("href", Paths.ATTACKS + "?state=open")));
        }
        return section;
    }

    private String headline() {
        return open.isEmpty()
                ? "No attack is going on"
                : Amounts.count(open.size(), "attack is going on", "attacks are going on");
    }

    private Element table() {
        DataTable table = DataTable.stacking(
                open.size() > SHOWN ? "The largest " + SHOWN : "The largest first",
                words("Attacked"),
                words("With"),
                words("Over time"),
                unbroken("Since (UTC)"),
                number("Peak"),
                number("Sure"),
                words("Through"),
                words("State"));
        open.stream().limit(SHOWN).forEach(finding -> row(table, finding));
        return table.toElement();
    }

    private void row(DataTable table, OpenFinding finding) {
        Attack attack = attack(finding);
        table.row(
                element("span")
                        .withClass("name")
                        .add(AttackWords.link(attack))
                        .add(AttackWords.owner(attack).stream()
                                .map(name -> element("small", name))
                                .toList()),
                Content.text(AttackWords.vectors(attack)),
                AttackWords.sparkline(attack),
                twoLines(
                        UtcTime.toSecond(attack.start()).substring("2026-01-01 ".length()),
                        Units.duration(AttackWords.duration(attack, now))),
                twoLines(
                        Units.bitRate(attack.peak().bitsPerSecond()),
                        Units.packetRate(attack.peak().packetsPerSecond())),
                AttackWords.confidence(attack.confidence()),
                Content.text(AttackWords.through(attack).orElse("not known")),
                Content.text(String.join("; ", states(finding, attack))));
    }

    private static Element twoLines(String first, String second) {
        return element("span").withClass("name").text(first).add(element("small", second));
    }

    private List<String> states(OpenFinding finding, Attack attack) {
        List<String> states = new ArrayList<>();
        Optional<Annotation> mark = MarkWords.inForce(store.annotations(attack.id()), now);
        states.add(mark.map(MarkWords::of).orElse("new"));
        if (AttackWords.isQuiet(attack, now)) {
            states.add("quiet since " + UtcTime.toSecond(attack.end()).substring("2026-01-01 ".length()));
        }
        if (finding.mode() == StoredFinding.Mode.MONITOR) {
            states.add("nobody is told (mode monitor)");
        }
        if (!finding.isSeen()) {
            states.add("not seen again since the restart");
        }
        return states;
    }
}
