package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.util.List;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.CommandServer;
import levee.model.IpAddress;
import levee.report.AbuseWords;
import levee.report.CommandServerSection;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.server.Problem;
import levee.store.StoredFinding;

/** Servers that infected hosts have in common: all of them, and each with a picture of its hosts. Not for customers. */
final class ServerPages {
    private static final int SHOWN = 500;
    private static final int ENDED_SHOWN = 50;
    private static final int REFRESH_SECONDS = 10;

    private final Frame frame;
    private final StoredAbuse abuse;

    ServerPages(Frame frame, StoredAbuse abuse) {
        this.frame = frame;
        this.abuse = abuse;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.SERVERS, this::list), Operation.get(Paths.SERVER, this::show));
    }

    private void list(Request request) throws IOException {
        List<CommandServer> open = abuse.open(request.caller()).servers();
        List<CommandServer> ended =
                abuse.ended(request.caller(), CommandServer.KIND, ENDED_SHOWN).servers();
        Element section = element("section")
                .attribute("aria-labelledby", "servers-heading")
                .add(
                        element("h1", "Command servers").attribute("id", "servers-heading"),
                        open.isEmpty() ? element("p", "None is known now.") : table("The likeliest first", open));
        Element before = element("section")
                .attribute("id", "ended")
                .attribute("aria-labelledby", "ended-heading")
                .add(
                        element("h2", "No more").attribute("id", "ended-heading"),
                        ended.isEmpty() ? element("p", "None that is kept.") : table("By rank", ended));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Command servers",
                                Paths.INFECTED,
                                "/api/v1/findings?kind=command-server",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                List.of(section, before))));
    }

    private static Element table(String caption, List<CommandServer> servers) {
        DataTable table = DataTable.stacking(
                servers.size() > SHOWN
                        ? "%s; %s more are not listed.".formatted(caption, Amounts.count(servers.size() - SHOWN))
                        : caption,
                words("Server"),
                number("Rank"),
                words("What it is"),
                number("Hosts"),
                number("Sure"),
                unbroken("Since (UTC)"));
        servers.stream()
                .limit(SHOWN)
                .forEach(server -> table.row(
                        element("a", AbuseWords.named(server)).attribute("href", Paths.server(server.id())),
                        Content.text(Amounts.count(server.rank())),
                        Content.text(AbuseWords.role(server.role())),
                        Content.text(Amounts.count(server.hosts().size())),
                        Content.text(Amounts.percent(server.confidence())),
                        Content.text(UtcTime.toSecond(server.start()))));
        return table.toElement();
    }

    private void show(Request request) throws IOException {
        StoredFinding stored = abuse.stored(request.caller(), CommandServer.KIND, request.parameter("id"));
        CommandServer server = switch (abuse.abuse(stored)) {
            case CommandServer found -> found;
            case Abuse other -> throw Problem.unknownFinding().exception();
        };
        String name = "Command server " + AbuseWords.named(server);
        List<Element> content = List.of(
                element("section")
                        .attribute("aria-labelledby", "server-heading")
                        .add(
                                element("h1", name).attribute("id", "server-heading"),
                                element("p", AbuseWords.state(server.state())).withClass("lead")),
                new CommandServerSection(server, "detail", "In detail")
                        .linking(ServerPages::link)
                        .toElement());
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                name,
                                Paths.INFECTED,
                                "/api/v1/findings/" + server.id(),
                                new PageContent.Liveness.Following(server.id()),
                                content)));
    }

    private static Content link(IpAddress host) {
        return element("a", host.toString()).attribute("href", Paths.host(host.toString()));
    }
}
