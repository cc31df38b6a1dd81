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
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Attack;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.server.OpenFinding;
import levee.store.Annotation;
import levee.store.Store;
import levee.store.StoredFinding;

/** The attacks that go on, the largest first: what an operator sees at the first glance. */
final class OpenAttacks {
    private static final int SHOWN = 20;

    private final Store store;
    private final List<OpenFinding> open;
    private final Instant now;
    private final boolean isBlind;

    /** @param isBlind whether nothing comes in that would tell of attacks */
    OpenAttacks(Store store, List<OpenFinding> open, Instant now, boolean isBlind) {
        this.store = store;
        this.now = now;
        this.isBlind = isBlind;
        Comparator<OpenFinding> quietLast = Comparator.comparing(finding -> AttackWords.isQuiet(attack(finding), now));
        this.open = open.stream()
                .sorted(quietLast.thenComparing(OpenAttacks::bitsPerSecond, Comparator.reverseOrder()))
                .toList();
    }

    private static double bitsPerSecond(OpenFinding finding) {
        return attack(finding).peak().bitsPerSecond();
    }

    private static Attack attack(OpenFinding finding) {
        return switch (finding.finding()) {
            case Attack attack -> attack;
            case Abuse abuse -> throw new IllegalArgumentException(abuse.id() + " is no attack");
        };
    }

    Element toElement() {
        Element section = element("section")
                .attribute("id", "open-attacks")
                .attribute("aria-labelledby", "open-attacks-heading")
                .withClass("situation " + mood())
                .add(element("h1", headline())
                        .attribute("id", "open-attacks-heading")
                        .attribute("aria-live", "polite"));
        if (open.isEmpty()) {
            return section.add(element(
                            "p",
                            isBlind
                                    ? "No router sends flow records, and no packets come in: nothing can be said about"
                                            + " attacks."
                                    : "Attacks appear here within a second of the first packets that tell of them.")
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

    private long quiet() {
        return open.stream()
                .filter(finding -> AttackWords.isQuiet(attack(finding), now))
                .count();
    }

    private String mood() {
        if (open.isEmpty()) {
            return isBlind ? "blind" : "calm";
        }
        return quiet() == open.size() ? "blind" : "alarm";
    }

    private String headline() {
        if (open.isEmpty()) {
            // Where nothing is seen, "no attack" would be a false comfort.
            return isBlind ? "Nothing is seen" : "No attack is going on";
        }
        long quiet = quiet();
        if (quiet == open.size()) {
            return Amounts.count(quiet, "attack has", "attacks have") + " fallen quiet";
        }
        return Amounts.count(open.size() - quiet, "attack is going on", "attacks are going on")
                + (quiet == 0 ? "" : ", " + Amounts.count(quiet) + " more fell quiet");
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
                AttackWords.name(attack),
                Content.text(AttackWords.vectors(attack)),
                AttackWords.sparkline(attack),
                Words.twoLines(
                        AttackWords.timeOfDay(attack.start()), "for " + Units.duration(AttackWords.duration(attack))),
                AttackWords.peak(attack),
                AttackWords.confidence(attack.confidence()),
                Content.text(AttackWords.through(attack).orElse("not known")),
                Content.text(String.join("; ", states(finding, attack))));
    }

    private List<String> states(OpenFinding finding, Attack attack) {
        List<String> states = new ArrayList<>();
        states.add(AttackWords.state(attack, now));
        Optional<Annotation> mark = MarkWords.inForce(store.annotations(attack.id()), now);
        mark.map(MarkWords::of).ifPresent(states::add);
        if (finding.mode() == StoredFinding.Mode.MONITOR) {
            states.add("nobody is told (mode monitor)");
        }
        if (!finding.isSeen()) {
            states.add("not seen again since the restart");
        }
        return states;
    }
}
