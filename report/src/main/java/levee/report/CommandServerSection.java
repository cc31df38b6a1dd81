package levee.report;

import static levee.report.Element.element;

import java.util.List;
import java.util.function.Function;
import levee.model.Amounts;
import levee.model.CommandServer;
import levee.model.Evidence;
import levee.model.IpAddress;

/** One command server on the page, with a picture of the hosts that talk to it. */
public final class CommandServerSection {
    private final CommandServer server;
    private final String id;
    private final String heading;
    private final Function<IpAddress, Content> host;

    /**
     * @param id unique on the page
     * @param heading unique on the page
     */
    public CommandServerSection(CommandServer server, String id, String heading) {
        this(server, id, heading, host -> Content.text(host.toString()));
    }

    private CommandServerSection(CommandServer server, String id, String heading, Function<IpAddress, Content> host) {
        this.server = server;
        this.id = id;
        this.heading = heading;
        this.host = host;
    }

    /** The same, with hosts that lead somewhere. */
    public CommandServerSection linking(Function<IpAddress, Content> link) {
        return new CommandServerSection(server, id, heading, link);
    }

    public Element toElement() {
        return element("section")
                .withClass("attack")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(
                        element("header")
                                .add(
                                        element("h2", heading).attribute("id", id + "-heading"),
                                        element("p", String.join(" · ", traits()))
                                                .withClass("traits")),
                        part(
                                "hosts",
                                Amounts.count(server.hosts().size(), "host"),
                                new BotPicture(server.server().toString(), server.hosts(), host).toElement(id)),
                        part("evidence", "Evidence", evidence(server.evidence())));
    }

    private List<String> traits() {
        return List.of(
                AbuseWords.role(server.role()),
                "rank " + Amounts.count(server.rank()),
                Amounts.percent(server.confidence()) + " sure",
                AbuseWords.when(server),
                server.id());
    }

    private Element part(String name, String title, Element content) {
        return element("section")
                .withClass("part")
                .attribute("id", id + "-" + name)
                .add(element("h3", title), content);
    }

    static Element evidence(List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return element("p", "No evidence is recorded.");
        }
        DataTable table = EvidenceTable.empty();
        evidence.forEach(one -> EvidenceTable.row(table, Prose.capitalized(one.statement()), one));
        return table.toElement();
    }
}
