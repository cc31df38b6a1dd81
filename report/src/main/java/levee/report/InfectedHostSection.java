package levee.report;

import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Evidence;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.Example;

/** One infected host on the page: what it does and since when, what speaks against it, and who may know whose it is. */
public final class InfectedHostSection {
    private static final int MOST_LOOK_UPS = 50;

    private final InfectedHost infected;
    private final String id;
    private final String heading;

    /**
     * @param id unique on the page
     * @param heading unique on the page
     */
    public InfectedHostSection(InfectedHost infected, String id, String heading) {
        this.infected = infected;
        this.id = id;
        this.heading = heading;
    }

    public Element toElement() {
        Element section = element("section")
                .withClass("attack")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(header(), figures());
        if (!infected.behaviours().isEmpty()) {
            section.add(
                    part("time", "Behaviours over time", new BehaviourBars(infected.behaviours()).toElement(id)),
                    part("behaviours", "What it does", sentences(), evidence()));
        }
        section.add(part("against", "What speaks against it", against()));
        if (!infected.commandServers().isEmpty()) {
            section.add(part(
                    "servers",
                    "Who may command it",
                    Prose.list(infected.commandServers().stream()
                            .map(AbuseWords::contact)
                            .toList())));
        }
        return section.add(part("look-up", "Whose it is").add(lookUp()));
    }

    private Element part(String name, String title, Element... content) {
        return element("section")
                .withClass("part")
                .attribute("id", id + "-" + name)
                .add(element("h3", title))
                .add(content);
    }

    private Element header() {
        Element header = element("header")
                .add(
                        element("h2", heading).attribute("id", id + "-heading"),
                        element(
                                        "p",
                                        "%s · %s · %s"
                                                .formatted(
                                                        AbuseWords.level(infected.level()),
                                                        AbuseWords.state(infected.state()),
                                                        infected.id()))
                                .withClass("traits"));
        infected.group().ifPresent(group -> header.add(element("p", "Group: " + Wording.group(group) + ".")));
        return header;
    }

    private Element figures() {
        Element figures = element("dl")
                .withClass("figures")
                .add(
                        figure("Level", AbuseWords.level(infected.level()), AbuseWords.meaning(infected.level())),
                        figure(
                                "Score",
                                AbuseWords.score(infected.score()),
                                "enough for this level since " + UtcTime.toSecond(infected.levelSince()) + " UTC"),
                        figure(
                                "Seen for",
                                Units.duration(Duration.between(infected.start(), infected.end())),
                                "%s to %s UTC, %s"
                                        .formatted(
                                                UtcTime.toSecond(infected.start()),
                                                UtcTime.toSecond(infected.end()),
                                                Wording.visibility(infected.visibility()))));
        infected.probability()
                .ifPresent(known -> figures.add(figure(
                        "Probability",
                        Amounts.percent(known.value()),
                        "that it is infected, " + AbuseWords.interval(known))));
        return figures;
    }

    private static Element figure(String label, String value, String more) {
        return element("div").add(element("dt", label), element("dd", value).withClass("value"), element("dd", more));
    }

    private Element sentences() {
        return Prose.list(infected.behaviours().stream()
                .map(behaviour -> "It %s (%s), from %s to %s UTC: %s."
                        .formatted(
                                AbuseWords.does(behaviour.kind()),
                                behaviour.kind().label(),
                                UtcTime.toSecond(behaviour.firstSeen()),
                                UtcTime.toSecond(behaviour.lastSeen()),
                                AbuseWords.score(behaviour.weight())))
                .toList());
    }

    private Element evidence() {
        if (infected.evidence().isEmpty()) {
            return element("p", "No evidence is recorded.");
        }
        DataTable table = EvidenceTable.empty();
        for (Behaviour behaviour : infected.behaviours()) {
            if (!behaviour.evidence().isEmpty()) {
                table.group(element("span", behaviour.kind().label()));
                rows(table, behaviour.evidence());
            }
        }
        return table.toElement();
    }

    private Element against() {
        if (infected.against().isEmpty()) {
            return element("p", "Nothing that was seen.");
        }
        DataTable table = EvidenceTable.empty();
        rows(table, infected.against());
        return table.toElement();
    }

    private static void rows(DataTable table, List<Evidence> evidence) {
        evidence.forEach(one -> EvidenceTable.row(table, Prose.capitalized(one.statement()), one));
    }

    private List<Element> lookUp() {
        List<Element> content = new ArrayList<>();
        if (!infected.identities().isEmpty()) {
            content.add(Prose.list(infected.identities().stream()
                    .map(identity -> "The address was given to " + AbuseWords.identity(identity) + ".")
                    .toList()));
        }
        List<Example> examples = AbuseWords.examples(infected);
        if (examples.isEmpty()) {
            content.add(element("p", "No single connection was kept by which its user could be looked up."));
            return content;
        }
        DataTable table = DataTable.stacking(
                "What whoever gave out the address needs to find its user: behind an address that many share, time and"
                        + " source port tell who it was (RFC 6302).",
                unbroken("Time (UTC)"),
                words("Address"),
                words("Source port"),
                words("Went to"));
        examples.stream()
                .limit(MOST_LOOK_UPS)
                .forEach(example -> table.row(List.of(
                        UtcTime.toSecond(example.time()),
                        infected.host().toString(),
                        example.sourcePort() == 0 ? "unknown" : Integer.toString(example.sourcePort()),
                        example.destination().toString())));
        content.add(table.toElement());
        return content;
    }
}
