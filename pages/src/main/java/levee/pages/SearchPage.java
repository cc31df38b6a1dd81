package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import levee.flowexport.ExporterStatistics;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.report.AbuseFindings;
import levee.report.AbuseWords;
import levee.report.Element;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.SettingInForce;

/** One field for everything: an address, a network, a vector, a customer, an id, a setting. */
final class SearchPage {
    private static final int SHOWN = 20;

    private final Running running;
    private final Frame frame;

    /** Something that was found. */
    private record Hit(String kind, String name, String path, String more) {}

    SearchPage(Running running, Frame frame) {
        this.running = running;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.SEARCH, Access.VIEWERS, List.of("q"), this::show)
                .alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        String words = request.query().text("q").map(String::strip).orElse("");
        Caller caller = request.caller();
        List<Hit> hits = words.isEmpty() ? List.of() : hits(words, caller);
        Element section = element("section")
                .attribute("aria-labelledby", "search-heading")
                .add(element("h1", words.isEmpty() ? "Search" : "Search for " + words)
                        .attribute("id", "search-heading"));
        if (words.isEmpty()) {
            section.add(element(
                    "p",
                    "Look for an address, a network, a vector, a customer or group, the id of a finding, an exporter"
                            + " or a setting."));
        } else if (hits.isEmpty()) {
            section.add(element("p", "Nothing that is kept has to do with it."));
        } else {
            Element list = element("ul").withClass("hits");
            hits.stream()
                    .limit(SHOWN)
                    .forEach(hit -> list.add(element("li")
                            .add(element("span", hit.kind()).withClass("quiet"))
                            .text(" ")
                            .add(element("a", hit.name()).attribute("href", hit.path()))
                            .text(hit.more().isEmpty() ? "" : ", " + hit.more())));
            section.add(list);
            if (hits.size() > SHOWN) {
                section.add(element("p", "There is more; say more closely what you look for."));
            }
        }
        Answer.page(request, frame.html(caller, PageContent.still("Search", "", "/api/v1/findings", List.of(section))));
    }

    private List<Hit> hits(String words, Caller caller) {
        List<Hit> hits = new ArrayList<>();
        Optional<Prefix> prefix = prefix(words);
        boolean seesAll = caller.networks().isEmpty();
        prefix.filter(Prefix::isHost)
                .filter(host -> seesAll)
                .ifPresent(host -> hits.add(new Hit(
                        "host",
                        host.address().toString(),
                        Paths.host(host.address().toString()),
                        "its traffic now")));
        AttackSearch search = new AttackSearch(running.store());
        Set<Attack> attacks = new LinkedHashSet<>();
        prefix.ifPresent(network -> attacks.addAll(search.around(network, caller)));
        attacks.addAll(search.named(words, caller));
        Instant now = running.clock().instant();
        attacks.forEach(attack -> hits.add(new Hit(
                "attack",
                AttackWords.target(attack),
                Paths.attack(attack.id()),
                UtcTime.toSecond(attack.start()) + " UTC, " + AttackWords.vectors(attack) + ", "
                        + AttackWords.state(attack, now))));
        hits.addAll(abuse(words, prefix, caller));
        if (seesAll) {
            running.system().exporters().stream()
                    .map(ExporterStatistics::address)
                    .filter(address -> address.toString().equals(words)
                            || prefix.filter(network -> network.contains(address))
                                    .isPresent())
                    .forEach(address -> hits.add(new Hit("exporter", address.toString(), Paths.EXPORTERS, "")));
            running.system().settings().stream()
                    .filter(setting -> matches(setting, words))
                    .forEach(setting -> hits.add(new Hit(
                            "setting",
                            setting.name(),
                            Paths.SETTINGS + "#" + SettingsPage.id(setting.name()),
                            String.join(", ", setting.values()))));
        }
        return hits;
    }

    /** Infected hosts and command servers that are known now, by address, name or id. */
    private List<Hit> abuse(String words, Optional<Prefix> prefix, Caller caller) {
        AbuseFindings open = StoredAbuse.open(running, caller.networks());
        List<Hit> hits = new ArrayList<>();
        open.infected().stream()
                .filter(host -> host.id().equals(words) || isWithin(prefix, host.host()))
                .forEach(host -> hits.add(new Hit(
                        "infected host",
                        host.host().toString(),
                        Paths.infected(host.id()),
                        AbuseWords.level(host.level()) + ", since " + UtcTime.toSecond(host.start()) + " UTC")));
        open.servers().stream()
                .filter(server -> server.id().equals(words)
                        || server.name().filter(words::equalsIgnoreCase).isPresent()
                        || isWithin(prefix, server.server().address()))
                .forEach(server -> hits.add(new Hit(
                        "command server",
                        AbuseWords.named(server),
                        Paths.server(server.id()),
                        Amounts.count(server.hosts().size(), "host"))));
        return hits;
    }

    private static boolean isWithin(Optional<Prefix> network, IpAddress address) {
        return network.filter(known -> known.contains(address)).isPresent();
    }

    private static boolean matches(SettingInForce setting, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return setting.name().toLowerCase(Locale.ROOT).contains(lower)
                || setting.values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(lower));
    }

    private static Optional<Prefix> prefix(String words) {
        try {
            return Optional.of(Prefix.parse(words));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
