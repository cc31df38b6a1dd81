package levee.pages;

import static levee.report.Element.element;

import levee.model.Amounts;
import levee.model.InfectedHost.Level;
import levee.report.AbuseFindings;
import levee.report.Element;

/** The line on the overview that says how many hosts are infected. */
final class AbuseLine {
    static final String ID = "infected-line";

    private AbuseLine() {}

    static Element of(AbuseFindings open) {
        return element("section")
                .attribute("id", ID)
                .attribute("aria-label", "Infected hosts")
                .add(element("p").add(element("a", sentence(open)).attribute("href", Paths.INFECTED)));
    }

    static String sentence(AbuseFindings open) {
        return "%s to notify, %s suspected, %s"
                .formatted(
                        Amounts.count(open.infected(Level.NOTIFY).size(), "host"),
                        Amounts.count(open.infected(Level.SUSPECTED).size()),
                        Amounts.count(open.servers().size(), "command server"));
    }
}
