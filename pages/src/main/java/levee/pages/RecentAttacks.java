package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;

import java.time.Instant;
import java.util.List;
import levee.model.Abuse;
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
            case Abuse abuse -> throw new IllegalArgumentException(abuse.id() + " is no attack");
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
                words("State"),
                number("Peak"),
                number("Sure"));
        for (Attack attack : attacks) {
            table.row(
                    AttackWords.name(attack),
                    Content.text(AttackWords.vectors(attack)),
                    AttackWords.sparkline(attack),
                    Content.text(UtcTime.toSecond(attack.start())),
                    Content.text(Units.duration(AttackWords.duration(attack))),
                    Content.text(AttackWords.state(attack, now)),
                    AttackWords.peak(attack),
                    AttackWords.confidence(attack.confidence()));
        }
        return table.toElement();
    }
}
