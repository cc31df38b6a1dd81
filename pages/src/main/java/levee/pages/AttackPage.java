package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Prefix;
import levee.report.AttackSection;
import levee.report.Element;
import levee.report.SensorLimits;
import levee.report.Units;
import levee.report.UtcTime;
import levee.report.Wording;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.LiveStatistics;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.store.StoredFinding;

/** All that is known of one attack, what it was like before, and what people said about it. */
final class AttackPage {
    private final Running running;
    private final Frame frame;
    private final StoredAttacks attacks;

    AttackPage(Running running, Frame frame, StoredAttacks attacks) {
        this.running = running;
        this.frame = frame;
        this.attacks = attacks;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.ATTACK, this::show).alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        StoredFinding stored = attacks.stored(request.caller(), request.parameter("id"));
        Attack attack = attacks.attack(request.caller(), stored);
        Instant now = running.clock().instant();
        List<Element> content = List.of(
                heading(request.caller(), stored, attack, now),
                new Remarks(running.store(), Paths.ATTACKS, "attack")
                        .toElement(request.caller(), attack.id(), now)
                        .add(downloads(attack)),
                new AttackSection(attack, limits(request.caller(), attack), "detail", "In detail").toElement(),
                similar(request.caller(), attack));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Attack on " + AttackWords.target(attack),
                                Paths.ATTACKS,
                                "/api/v1/findings/" + attack.id(),
                                new PageContent.Liveness.Following(attack.id()),
                                content)));
    }

    private Element heading(Caller caller, StoredFinding stored, Attack attack, Instant now) {
        boolean isOpen = attack.state() == Attack.State.OPEN;
        Element section = element("section")
                .withClass("situation" + (isOpen ? AttackWords.isQuiet(attack, now) ? " blind" : " alarm" : ""))
                .attribute("id", "situation")
                .add(
                        element(
                                "h1",
                                (attack.direction() == Attack.Direction.OUTBOUND
                                                ? "Attack by own hosts on "
                                                : "Attack on ")
                                        + AttackWords.target(attack) + ", " + AttackWords.state(attack, now)),
                        element("p", AttackWords.sentence(attack, now)).withClass("lead"));
        if (stored.state() == StoredFinding.State.ABSORBED) {
            section.add(element(
                    "p",
                    "It was taken into the attack on the whole network around it, which tells of it from then on."));
        }
        Duration delay = Duration.between(attack.start(), stored.detectedAt());
        section.add(element(
                        "p",
                        "Noticed at %s UTC, %s after its first packet. %s"
                                .formatted(
                                        UtcTime.toSecond(stored.detectedAt()),
                                        Units.duration(delay),
                                        caller.networks().isPresent() ? "" : told(stored)))
                .withClass("quiet"));
        return caller.networks().isPresent() ? section : section.add(hosts(attack));
    }

    /** Whom the settings tell; whether it arrived is not known here. */
    private String told(StoredFinding stored) {
        if (stored.mode() == StoredFinding.Mode.MONITOR) {
            return "Nobody is told of it: Levee runs in monitor mode.";
        }
        List<String> channels = running.system().settings().stream()
                .filter(setting -> setting.name().matches("alerts\\[[0-9]+]\\.name"))
                .flatMap(setting -> setting.values().stream())
                .toList();
        return channels.isEmpty()
                ? "Nobody is told of it: the settings name no alerts."
                : "It is told over " + String.join(", ", channels) + ".";
    }

    private static Element hosts(Attack attack) {
        List<Prefix> hosts = attack.targets().isEmpty() ? List.of(attack.target()) : attack.targets();
        Element links = element("p", "Traffic now of ").withClass("quiet");
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).isHost()) {
                String host = hosts.get(i).address().toString();
                links.text(i == 0 ? "" : ", ").add(element("a", host).attribute("href", Paths.host(host)));
            }
        }
        return links.text(".");
    }

    private Element downloads(Attack attack) {
        String api = "/api/v1/findings/" + attack.id();
        boolean isWhole = running.system().finding(attack.id()).isPresent();
        return element("p")
                .withClass("quiet")
                .text(
                        isWhole
                                ? "Sampled packets, all that there are (only a few are kept when it is long over): "
                                : "Sampled packets, the few that are kept when an attack is long over: ")
                .add(element("a", "CSV").attribute("href", api + "/sample?format=csv"))
                .text(", ")
                .add(element("a", "JSON").attribute("href", api + "/sample"))
                .text(". How it was seen to change: ")
                .add(element("a", "revisions").attribute("href", api + "/revisions"))
                .text(".");
    }

    private List<String> limits(Caller caller, Attack attack) {
        List<String> limits = new ArrayList<>(SensorLimits.ofSensor(attack));
        if (attack.state() == Attack.State.OPEN) {
            limits.add("It goes on: how long it will last and how large it will be is not known.");
        }
        if (caller.networks().isPresent()) {
            // How the sensor fares is nothing for customers.
            return limits;
        }
        LiveStatistics live = running.system().statistics();
        limits.add("Since the start, %s were lost in the kernel and %s given up here; %s."
                .formatted(
                        Amounts.count(live.kernelDrops(), "datagram"),
                        Amounts.count(live.shed(), "record"),
                        live.evicted() == 0
                                ? "no table overflowed"
                                : Wording.dropped(live.evicted()) + ", so that attacks may look smaller"));
        limits.add("What does not pass a router that exports to Levee is not seen.");
        return limits;
    }

    private Element similar(Caller caller, Attack attack) {
        List<SimilarAttacks.Similar> found = new SimilarAttacks(running.store()).to(attack, caller);
        Element section = element("section")
                .attribute("id", "similar")
                .attribute("aria-labelledby", "similar-heading")
                .add(element("h2", "Similar attacks before").attribute("id", "similar-heading"));
        if (found.isEmpty()) {
            return section.add(element("p", "Among the attacks that are kept, none was like this one."));
        }
        Element list = element("ul");
        found.forEach(similar -> list.add(element("li")
                .add(AttackWords.link(similar.attack()))
                .text(", %s UTC: %s. In common: %s."
                        .formatted(
                                UtcTime.toSecond(similar.attack().start()),
                                AttackWords.vectors(similar.attack()),
                                String.join(", ", similar.inCommon())))));
        return section.add(list);
    }
}
