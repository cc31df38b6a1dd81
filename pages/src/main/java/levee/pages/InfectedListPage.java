package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.report.AbuseFindings;
import levee.report.AbuseWords;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.UtcTime;
import levee.report.Wording;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;

/** All hosts that are thought infected now, those to notify first, and the last ones that are no more. */
final class InfectedListPage {
    private static final int SHOWN = 500;
    private static final int ENDED_SHOWN = 50;
    private static final int REFRESH_SECONDS = 10;

    private final Running running;
    private final Frame frame;
    private final StoredAbuse abuse;

    InfectedListPage(Running running, Frame frame, StoredAbuse abuse) {
        this.running = running;
        this.frame = frame;
        this.abuse = abuse;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.INFECTED, this::show).alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        AbuseFindings open = abuse.open(request.caller());
        List<InfectedHost> ended =
                abuse.ended(request.caller(), InfectedHost.KIND, ENDED_SHOWN).infected();
        List<Element> content = new ArrayList<>();
        content.add(element("section")
                .attribute("aria-labelledby", "infected-heading")
                .add(
                        element("h1", "Infected hosts").attribute("id", "infected-heading"),
                        element("p", AbuseLine.sentence(open)).withClass("lead"),
                        others(request.caller().networks().isEmpty())));
        content.add(section("notify", "To notify", "None.", open.infected(Level.NOTIFY)));
        content.add(section("suspected", "Suspected", "None.", open.infected(Level.SUSPECTED)));
        content.add(section("ended", "No more", "None that is kept.", ended));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Infected hosts",
                                Paths.INFECTED,
                                "/api/v1/findings?kind=infected-host",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                content)));
    }

    private static Element others(boolean isForAll) {
        Element links = element("p").withClass("quiet");
        if (isForAll) {
            links.add(element("a", "Command servers").attribute("href", Paths.SERVERS))
                    .text(" · ");
        }
        return links.add(
                element("a", isForAll ? "Botnets, exposed services, forged traffic, scanners" : "Exposed services")
                        .attribute("href", Paths.ABUSE));
    }

    private Element section(String id, String heading, String none, List<InfectedHost> hosts) {
        Element section = element("section")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(element("h2", heading).attribute("id", id + "-heading"));
        return section.add(hosts.isEmpty() ? element("p", none) : table(hosts));
    }

    private Element table(List<InfectedHost> hosts) {
        Instant now = running.clock().instant();
        DataTable table = DataTable.stacking(
                hosts.size() > SHOWN
                        ? "The surest first; %s more are not listed.".formatted(Amounts.count(hosts.size() - SHOWN))
                        : "The surest first",
                words("Host"),
                words("Does"),
                words("Commanded by"),
                number("Score"),
                unbroken("Since (UTC)"),
                unbroken("Last seen (UTC)"));
        hosts.stream()
                .limit(SHOWN)
                .forEach(host -> table.row(
                        name(host, now),
                        Content.text(Wording.some(
                                host.behaviours(), behaviour -> behaviour.kind().label())),
                        Content.text(
                                host.commandServers().isEmpty()
                                        ? "not known"
                                        : host.commandServers()
                                                .getFirst()
                                                .server()
                                                .toString()),
                        Content.text(AbuseWords.score(host.score())),
                        Content.text(UtcTime.toSecond(host.start())),
                        Content.text(UtcTime.toSecond(host.end()))));
        return table.toElement();
    }

    private Element name(InfectedHost host, Instant now) {
        Element name = element("span")
                .withClass("name")
                .add(element("a", host.host().toString()).attribute("href", Paths.infected(host.id())));
        host.group().ifPresent(group -> name.add(element("small", Wording.group(group))));
        MarkWords.inForce(running.store().annotations(host.id()), now)
                .ifPresent(mark -> name.add(element("small", MarkWords.of(mark))));
        return name;
    }
}
