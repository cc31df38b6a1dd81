package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.model.Talkers.Area;
import levee.model.Talkers.Exchange;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Rate;
import levee.model.Talkers.Service;
import levee.report.Bar;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;

/** Who sends and receives how much, in the last minute. */
final class HostsPage {
    private static final int SHOWN = 25;
    private static final int REFRESH_SECONDS = 5;

    /** Numbers below are hardly ever wrong. */
    private static final int FEW = 10;

    private final Running running;
    private final Frame frame;

    HostsPage(Running running, Frame frame) {
        this.running = running;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.HOSTS, this::show));
    }

    private void show(Request request) throws IOException {
        Talkers talkers = running.system().talkers();
        List<Element> content = new ArrayList<>();
        content.add(element("section")
                .attribute("aria-labelledby", "hosts-heading")
                .add(
                        element("h1", "Hosts and networks").attribute("id", "hosts-heading"),
                        element("p", covered(talkers)).withClass("lead")));
        if (!talkers.covered().isZero()) {
            content.add(areas(talkers));
            content.add(hosts(talkers, attacked(), infected()));
            content.add(networks(talkers));
            content.add(services(talkers));
            content.add(method(talkers));
        }
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Hosts and networks",
                                Paths.HOSTS,
                                "/api/v1/talkers",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                content)));
    }

    private static String covered(Talkers talkers) {
        if (talkers.covered().isZero()) {
            return "There is nothing to tell yet: traffic of the last minute is shown here, some seconds after it"
                    + " came.";
        }
        return "Who sends and receives how much: means of %s up to %s UTC. %s"
                .formatted(
                        covered(talkers.covered()),
                        UtcTime.toSecond(talkers.until()),
                        talkers.networksConfigured()
                                ? ""
                                : "Nobody said which networks are the own ones, so private addresses are taken for"
                                        + " them.");
    }

    private static Element section(String id, String heading, Element content) {
        return element("section")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(element("h2", heading).attribute("id", id + "-heading"), content);
    }

    private static Element areas(Talkers talkers) {
        DataTable table = DataTable.stacking(
                "Groups, and then own networks",
                words("Of"),
                words("What it is"),
                number("Received"),
                number("Sent"),
                words("Compared"));
        double most = talkers.areas().stream()
                .mapToDouble(area -> bits(area.traffic()))
                .max()
                .orElse(1);
        for (Area area : talkers.areas()) {
            table.row(
                    Content.text(area.name()),
                    Content.text(
                            switch (area.kind()) {
                                case GROUP -> "group";
                                case NETWORK -> "own network";
                            }),
                    rate(area.traffic().received()),
                    rate(area.traffic().sent()),
                    Bar.of(bits(area.traffic()) / most));
        }
        return section("networks-own", "Own networks", table.toElement());
    }

    private List<Prefix> attacked() {
        return running.system().open().stream()
                .flatMap(open -> switch (open.finding()) {
                    case Attack attack -> Stream.of(attack.target());
                    case Abuse abuse -> Stream.empty();
                })
                .toList();
    }

    private Map<IpAddress, Level> infected() {
        Map<IpAddress, Level> levels = new HashMap<>();
        StoredAbuse.open(running, Optional.empty())
                .infected()
                .forEach(infected -> levels.put(infected.host(), infected.level()));
        return levels;
    }

    private static Element host(IpAddress address, List<Prefix> attacked, Map<IpAddress, Level> infected) {
        Element name = element("span")
                .withClass("name")
                .add(element("a", address.toString()).attribute("href", Paths.host(address.toString())));
        if (attacked.stream().anyMatch(target -> target.contains(address))) {
            name.add(element("small", "under attack").withClass("bad"));
        }
        Level level = infected.get(address);
        if (level != null) {
            name.add(
                    switch (level) {
                        case NOTIFY -> element("small", "infected").withClass("bad");
                        case SUSPECTED -> element("small", "suspected of infection");
                    });
        }
        return name;
    }

    private static Element hosts(Talkers talkers, List<Prefix> attacked, Map<IpAddress, Level> infected) {
        DataTable table = DataTable.stacking(
                "The busiest " + Amounts.count(Math.min(SHOWN, talkers.hosts().size())),
                words("Host"),
                number("Received"),
                number("Sent"),
                words("By protocol"),
                number("Peers"),
                number("Exact to"));
        talkers.hosts().stream()
                .limit(SHOWN)
                .forEach(host -> table.row(
                        host(host.address(), attacked, infected),
                        rate(host.traffic().all().received()),
                        rate(host.traffic().all().sent()),
                        Content.text(protocols(host.traffic())),
                        Content.text((host.peers() < FEW ? "" : "about ") + Amounts.count(host.peers())),
                        Content.text(missed(host.missed()))));
        return section("hosts-busiest", "Own hosts", table.toElement());
    }

    private static Element networks(Talkers talkers) {
        DataTable table = DataTable.stacking(
                "The busiest "
                        + Amounts.count(Math.min(SHOWN, talkers.networks().size())),
                words("Network"),
                number("Received from it"),
                number("Sent to it"),
                words("Compared"),
                number("Exact to"));
        double most = talkers.networks().stream()
                .mapToDouble(network -> bits(network.traffic()))
                .max()
                .orElse(1);
        talkers.networks().stream()
                .limit(SHOWN)
                .forEach(network -> table.row(
                        Content.text(network.prefix().toString()),
                        rate(network.traffic().received()),
                        rate(network.traffic().sent()),
                        Bar.of(bits(network.traffic()) / most),
                        Content.text(missed(network.missed()))));
        return section("networks-remote", "Networks elsewhere", table.toElement());
    }

    private static Element services(Talkers talkers) {
        return section(
                "services",
                "Services",
                services(
                        "The busiest "
                                + Amounts.count(
                                        Math.min(SHOWN, talkers.services().size())),
                        talkers.services().stream().limit(SHOWN).toList()));
    }

    static Element services(String caption, List<Service> services) {
        DataTable table = DataTable.stacking(
                caption, words("Service"), words("Where"), number("Received"), number("Sent"), number("Exact to"));
        services.forEach(service -> table.row(
                Content.text(service.name()),
                Content.text(
                        switch (service.side()) {
                            case OWN -> "offered by own hosts";
                            case REMOTE -> "used by own hosts";
                        }),
                rate(service.traffic().received()),
                rate(service.traffic().sent()),
                Content.text(missed(service.missed()))));
        return table.toElement();
    }

    private static Element method(Talkers talkers) {
        String foreign = talkers.foreign().packetsPerSecond() == 0
                ? ""
                : " Besides, %s neither come from an own network nor go to one."
                        .formatted(Units.bitRate(talkers.foreign().bitsPerSecond()));
        String estimated = talkers.estimated()
                ? "So much comes that not every flow is counted: amounts are estimates."
                : "Every flow is counted.";
        return element(
                        "p",
                        "A flow counts when its record comes, and what was not sampled is reckoned in. %s Tables are of"
                                        .formatted(estimated)
                                + " bounded size: what is not always among the busiest may be shown too low, by so"
                                + " much at the most as the last column says." + foreign)
                .withClass("quiet");
    }

    static Element rate(Rate rate) {
        return Words.twoLines(Units.bitRate(rate.bitsPerSecond()), Units.packetRate(rate.packetsPerSecond()));
    }

    static double bits(Exchange exchange) {
        return exchange.both().bitsPerSecond();
    }

    static String protocols(Talkers.Protocols traffic) {
        double all = Math.max(1, bits(traffic.all()));
        List<String> parts = new ArrayList<>();
        part(parts, "TCP", traffic.tcp(), all);
        part(parts, "UDP", traffic.udp(), all);
        part(parts, "ICMP", traffic.icmp(), all);
        part(parts, "other", traffic.other(), all);
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, String name, Exchange exchange, double all) {
        if (bits(exchange) > 0) {
            parts.add(name + " " + Amounts.percent(Math.min(1, bits(exchange) / all)));
        }
    }

    /** How far off: what may be missing, and by how much chance may have it. */
    static String missed(Missed missed) {
        if (missed.isNothing()) {
            return "exact";
        }
        String missing = missed.bitsPerSecond() > 0 ? Units.bitRate(missed.bitsPerSecond()) + " too low" : "";
        String deviation = missed.bitsDeviation() > 0 ? "\u00b1 " + Units.bitRate(missed.bitsDeviation()) : "";
        return Stream.of(missing, deviation).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    static String covered(Duration covered) {
        return Units.duration(covered.truncatedTo(ChronoUnit.SECONDS));
    }
}
