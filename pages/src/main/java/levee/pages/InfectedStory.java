package levee.pages;

import static levee.report.Element.element;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.Abuse;
import levee.model.CommandServer;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.report.AbuseWords;
import levee.report.Element;
import levee.report.InfectedHostSection;
import levee.report.Units;
import levee.report.UtcTime;
import levee.server.Caller;
import levee.store.FindingQuery;
import levee.store.StoredFinding;

/** What an infected host does, and what people said about it. */
final class InfectedStory {
    private static final int MOST_EARLIER = 5;

    private final Running running;
    private final StoredAbuse abuse;

    InfectedStory(Running running, StoredAbuse abuse) {
        this.running = running;
        this.abuse = abuse;
    }

    /** Of the newest finding about a host, with links to those before; nothing where there is none. */
    List<Element> of(Caller caller, IpAddress host) {
        List<StoredFinding> found = running.store()
                .findings(FindingQuery.newest(MOST_EARLIER)
                        .withKind(InfectedHost.KIND)
                        .withTargetWithin(Prefix.host(host))
                        .withNetworks(caller.networks()))
                .findings();
        if (found.isEmpty()) {
            return List.of();
        }
        List<Element> content = new ArrayList<>(of(caller, found.getFirst()));
        if (found.size() > 1) {
            Element list = element("ul");
            found.stream()
                    .skip(1)
                    .forEach(earlier -> list.add(element("li")
                            .add(element("a", UtcTime.toSecond(earlier.start()) + " UTC")
                                    .attribute("href", Paths.infected(earlier.id())))));
            content.add(element("section").add(element("h2", "Thought infected before"), list));
        }
        return content;
    }

    List<Element> of(Caller caller, StoredFinding stored) {
        return switch (abuse.abuse(stored)) {
            case InfectedHost infected -> of(caller, stored, infected);
            case Abuse other -> List.of();
        };
    }

    private List<Element> of(Caller caller, StoredFinding stored, InfectedHost infected) {
        Instant now = running.clock().instant();
        Element section = new InfectedHostSection(infected, "infected", heading(infected)).toElement();
        section.add(element(
                        "p",
                        "Noticed at %s UTC, %s after the first of it."
                                .formatted(
                                        UtcTime.toSecond(stored.detectedAt()),
                                        Units.duration(Duration.between(infected.start(), stored.detectedAt()))))
                .withClass("quiet"));
        if (caller.networks().isEmpty()) {
            section.add(servers(infected));
        }
        return List.of(
                section, new Remarks(running.store(), Paths.INFECTED, "host").toElement(caller, infected.id(), now));
    }

    static String heading(InfectedHost infected) {
        String what = infected.level() == Level.NOTIFY ? "Thought infected" : "Suspected of infection";
        return what + ", " + AbuseWords.state(infected.state());
    }

    /** Those of its servers that have pages. */
    private Element servers(InfectedHost infected) {
        Element links = element("p").withClass("quiet");
        List<CommandServer> known = StoredAbuse.open(running, Optional.empty()).servers().stream()
                .filter(server -> server.hosts().contains(infected.host()))
                .toList();
        for (int i = 0; i < known.size(); i++) {
            links.text(i == 0 ? "Command servers that it has in common with others: " : ", ")
                    .add(element("a", AbuseWords.named(known.get(i)))
                            .attribute("href", Paths.server(known.get(i).id())));
        }
        return known.isEmpty() ? links.text("No command server that several hosts have in common is known.") : links;
    }
}
