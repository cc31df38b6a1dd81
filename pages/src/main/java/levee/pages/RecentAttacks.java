package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.time.Instant;
import java.util.List;
import levee.model.Attack;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.FindingJson;
import levee.report.Units;
import levee.report.UtcTime;
import levee.server.Caller;
import levee.store.FindingPage;
import levee.store.StoredFinding;

/** A list of attacks that are kept. */
final class RecentAttacks {
    private RecentAttacks() {}

    static Attack attack(StoredFinding stored) {
        return switch (FindingJson.read(stored.json())) {
            case Attack attack -> attack;
        };
    }

    /** Those of a page that a caller may see, for customers without the routers. */
    static List<Attack> seen(Caller caller, FindingPage page) {
        return page.findings().stream()
                .map(RecentAttacks::attack)
                .filter(attack -> caller.sees(attack.target()))
                .map(attack -> caller.networks().isEmpty() ? attack : attack.withoutIngress())
                .toList();
    }

    static Element table(String caption, List<Attack> attacks, Instant now) {
        DataTable table = DataTable.stacking(
                caption,
                words("Attacked"),
                words("With"),
                words("Over time"),
                unbroken("From (UTC)"),
                unbroken("For"),
                unbroken("State"),
                number("Peak"),
                number("Packets"),
                number("Sure"));
        for (Attack attack : attacks) {
            table.row(
                    element("span")
                            .withClass("name")
                            .add(AttackWords.link(attack))
                            .add(AttackWords.owner(attack).stream()
                                    .map(name -> element("small", name))
                                    .toList()),
                    Content.text(AttackWords.vectors(attack)),
                    AttackWords.sparkline(attack),
                    Content.text(UtcTime.toSecond(attack.start())),
                    Content.text(Units.duration(AttackWords.duration(attack, now))),
                    Content.text(attack.state() == Attack.State.OPEN ? "going on" : "ended"),
                    Content.text(Units.bitRate(attack.peak().bitsPerSecond())),
                    Content.text(Units.packetRate(attack.peak().packetsPerSecond())),
                    AttackWords.confidence(attack.confidence()));
        }
        return table.toElement();
    }
}
