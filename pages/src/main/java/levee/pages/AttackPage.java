package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Attack;
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
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.Annotation;
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
                heading(stored, attack, now),
                actions(request.caller(), attack, now),
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

    private Element heading(StoredFinding stored, Attack attack, Instant now) {
        boolean isOpen = attack.state() == Attack.State.OPEN;
        Element section = element("section")
                .withClass(isOpen ? "situation alarm" : "situation")
                .attribute("id", "situation")
                .add(
                        element("h1", "Attack on " + AttackWords.target(attack) + (isOpen ? ", going on" : ", ended")),
                        element("p", AttackWords.sentence(attack, now)).withClass("lead"));
        if (stored.state() == StoredFinding.State.ABSORBED) {
            section.add(element(
                    "p",
                    "It was taken into the attack on the whole network around it, which tells of it from then on."));
        }
        Duration delay = Duration.between(attack.start(), stored.detectedAt());
        return section.add(element(
                        "p",
                        "Noticed at %s UTC, %s after its first packet. %s"
                                .formatted(
                                        UtcTime.toSecond(stored.detectedAt()),
                                        Units.duration(delay),
                                        stored.mode() == StoredFinding.Mode.MONITOR
                                                ? "Nobody is told of it: Levee runs in monitor mode."
                                                : "It is told to whom the settings name."))
                .withClass("quiet"));
    }

    private Element actions(Caller caller, Attack attack, Instant now) {
        List<Annotation> annotations = running.store().annotations(attack.id());
        Optional<Annotation> mark = MarkWords.inForce(annotations, now);
        Element section = element("section")
                .attribute("id", "actions")
                .withClass("actions")
                .attribute("aria-labelledby", "actions-heading")
                .add(element("h2", "What people say").attribute("id", "actions-heading"))
                .add(element("p", mark.map(MarkWords::of).map(Words::sentence).orElse("Nothing yet.")));
        if (caller.may(Access.OPERATORS)) {
            section.add(form(caller, attack, mark.isPresent()));
        } else {
            section.add(element("p", "Who may operate can acknowledge it, mute it, or call it a false alarm.")
                    .withClass("quiet"));
        }
        if (!annotations.isEmpty()) {
            section.add(history(annotations));
        }
        return section.add(downloads(attack));
    }

    /** One form with a button for each thing to say; where each goes is said by the button. */
    private static Element form(Caller caller, Attack attack, boolean isMarked) {
        Element form = element("form")
                .attribute("method", "post")
                .attribute("action", path(attack, Paths.ACKNOWLEDGE))
                .add(
                        Frame.token(caller),
                        element("label", "Note ")
                                .add(element("input")
                                        .attribute("name", "note")
                                        .attribute("maxlength", 2_000)
                                        .attribute("autocomplete", "off")),
                        button("Acknowledge", path(attack, Paths.ACKNOWLEDGE)),
                        element("span")
                                .withClass("pair")
                                .add(
                                        button("Mute", path(attack, Paths.MUTE)),
                                        element("label", "for ").add(hours())),
                        button("False alarm", path(attack, Paths.FALSE_ALARM)));
        return isMarked ? form.add(button("Take back", path(attack, Paths.CLEAR))) : form;
    }

    private static Element button(String text, String path) {
        return element("button", text).attribute("type", "submit").attribute("formaction", path);
    }

    private static Element hours() {
        Element select = element("select").attribute("name", "hours");
        List.of(1, 8, 24, 168)
                .forEach(hours -> select.add(element("option", hours < 48 ? hours + " h" : hours / 24 + " d")
                        .attribute("value", hours)));
        return select;
    }

    private static String path(Attack attack, String template) {
        return template.replace("{id}", attack.id());
    }

    private static Element history(List<Annotation> annotations) {
        Element list = element("ul");
        annotations
                .reversed()
                .forEach(annotation -> list.add(element(
                        "li",
                        UtcTime.toSecond(annotation.at()) + " UTC: " + MarkWords.of(annotation)
                                + (annotation.note().isEmpty() ? "" : ": " + annotation.note()))));
        return element("details").add(element("summary", Amounts.count(annotations.size(), "remark", "remarks")), list);
    }

    private static Element downloads(Attack attack) {
        String api = "/api/v1/findings/" + attack.id();
        return element("p")
                .withClass("quiet")
                .text("Sampled packets: ")
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
