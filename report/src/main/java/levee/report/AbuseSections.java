package levee.report;

import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.CommandServer;
import levee.model.InfectedHost;

/** What was found besides attacks, as sections of the page. */
final class AbuseSections {
    /** So many are told in full, so that a page stays one that a browser opens at once. */
    private static final int IN_FULL = 50;

    private static final int LISTED = 1_000;

    private final AbuseFindings found;

    AbuseSections(AbuseFindings found) {
        this.found = found;
    }

    List<Element> toElements() {
        List<Element> sections = new ArrayList<>();
        if (!found.infected().isEmpty()) {
            sections.add(section("infected", "Infected hosts", infected()));
        }
        for (int i = 0; i < Math.min(IN_FULL, found.infected().size()); i++) {
            InfectedHost infected = found.infected().get(i);
            sections.add(new InfectedHostSection(
                            infected,
                            hostId(i),
                            ordinal(i, found.infected().size())
                                    + switch (infected.level()) {
                                        case NOTIFY -> "Infected host ";
                                        case SUSPECTED -> "Suspected host ";
                                    }
                                    + infected.host())
                    .toElement());
        }
        for (int i = 0; i < Math.min(IN_FULL, found.servers().size()); i++) {
            CommandServer server = found.servers().get(i);
            sections.add(new CommandServerSection(
                            server,
                            "server-" + (i + 1),
                            ordinal(i, found.servers().size()) + "Command server " + AbuseWords.named(server))
                    .toElement());
        }
        if (found.servers().size() > IN_FULL) {
            sections.add(section(
                    "more-servers",
                    "More command servers",
                    element("p", Amounts.count(found.servers().size() - IN_FULL) + " more are in the JSON report.")));
        }
        if (!found.botnets().isEmpty()) {
            sections.add(section("botnets", "Botnets", AbuseTables.botnets(found.botnets())));
        }
        if (!found.exposed().isEmpty()) {
            sections.add(section("exposed", "Exposed services", AbuseTables.exposed(found.exposed())));
        }
        if (!found.spoofed().isEmpty()) {
            sections.add(section("spoofed", "Forged traffic that leaves", AbuseTables.spoofed(found.spoofed())));
        }
        if (!found.scanners().isEmpty()) {
            sections.add(section("scanners", "Scanners", AbuseTables.scanners(found.scanners())));
        }
        return sections;
    }

    private Element infected() {
        List<InfectedHost> hosts = found.infected();
        DataTable table = DataTable.stacking(
                hosts.size() > IN_FULL
                        ? "Those to notify first. The first %s follow in full, the first %s are listed; the JSON report has all %s."
                                .formatted(
                                        Amounts.count(IN_FULL),
                                        Amounts.count(Math.min(LISTED, hosts.size())),
                                        Amounts.count(hosts.size()))
                        : "Those to notify first.",
                words("Host"),
                words("Level"),
                words("Score"),
                words("Does"),
                unbroken("Since (UTC)"),
                words("State"));
        for (int i = 0; i < Math.min(LISTED, hosts.size()); i++) {
            InfectedHost host = hosts.get(i);
            String name = ordinal(i, hosts.size()) + host.host();
            table.row(
                    i < IN_FULL ? element("a", name).attribute("href", "#" + hostId(i)) : Content.text(name),
                    Content.text(AbuseWords.level(host.level())),
                    Content.text(AbuseWords.score(host.score())),
                    Content.text(Wording.some(
                            host.behaviours(), behaviour -> behaviour.kind().label())),
                    Content.text(UtcTime.toSecond(host.start())),
                    Content.text(AbuseWords.state(host.state())));
        }
        return table.toElement();
    }

    private static String hostId(int index) {
        return "infected-" + (index + 1);
    }

    private static String ordinal(int index, int count) {
        return count == 1 ? "" : Amounts.count(index + 1) + ". ";
    }

    private static Element section(String id, String heading, Element content) {
        return element("section")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(element("h2", heading).attribute("id", id + "-heading"), content);
    }
}
