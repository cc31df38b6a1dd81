package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.time.Duration;
import java.util.List;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.Finding.State;
import levee.model.Protocols;

/** One attack on the page, the most needed first. */
public final class AttackSection {
    private final Attack attack;
    private final List<String> limits;
    private final String id;
    private final String heading;
    private final VectorKeys keys;
    private final TimelineFigure timeline;

    /**
     * @param limits what could not be seen, in sentences
     * @param id unique on the page
     * @param heading unique on the page
     */
    public AttackSection(Attack attack, List<String> limits, String id, String heading) {
        this.attack = attack;
        this.limits = List.copyOf(limits);
        this.id = id;
        this.heading = heading;
        this.keys = new VectorKeys(attack);
        this.timeline = new TimelineFigure(attack, keys);
    }

    public Element toElement() {
        return element("section")
                .withClass("attack")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(header(), figures())
                .add(part("time", "Traffic over time", timeline.toElement(id)))
                .add(part("vectors", "Vectors", vectors()))
                .add(part("evidence", "Evidence", new EvidenceTable(attack, keys).toElement()))
                .add(part("sources", "Sources").add(new SourceTables(attack).toElements()))
                .add(part("other", "What was not attack", notAttack()))
                .add(part("limits", "What the sensor could not see", Prose.list(limits)))
                .add(part("confidence", "Confidence", confidence()))
                .add(part(
                        "samples",
                        "Numbers and samples",
                        timeline.numbers(id),
                        new SampleTables(attack, keys).toElement()));
    }

    private Element part(String name, String heading, Element... content) {
        return element("section")
                .withClass("part")
                .attribute("id", id + "-" + name)
                .add(element("h3", heading))
                .add(content);
    }

    private Element header() {
        Element header = element("header")
                .add(
                        element("h2", heading).attribute("id", id + "-heading"),
                        element("p", String.join(" · ", traits())).withClass("traits"));
        if (!attack.targets().isEmpty()) {
            header.add(element("p", "Most hit: " + Wording.some(attack.targets(), Wording::shortForm) + "."));
        }
        attack.group().ifPresent(group -> header.add(element("p", "Group: " + Wording.group(group) + ".")));
        return header;
    }

    private List<String> traits() {
        return List.of(
                attack.vectors().size() == 1
                        ? VectorName.of(attack.vectors().getFirst().vector())
                        : Amounts.count(attack.vectors().size(), "vector"),
                Wording.direction(attack.direction()),
                attack.state() == State.OPEN ? "still going on" : "ended",
                attack.id());
    }

    private Element figures() {
        return element("dl")
                .withClass("figures")
                .add(
                        figure(
                                "Peak",
                                "time",
                                Units.bitRate(attack.peak().bitsPerSecond()),
                                Units.packetRate(attack.peak().packetsPerSecond()) + ", in the fullest second"),
                        figure(
                                "Duration",
                                "time",
                                Units.duration(Duration.between(attack.start(), attack.end())),
                                span()),
                        figure(
                                "Total",
                                "vectors",
                                Units.bytes(attack.total().bytes()),
                                Amounts.count(attack.total().packets(), "packet")),
                        figure(
                                "Sources",
                                "sources",
                                Wording.distinct(attack.sources().distinct()),
                                (attack.sources().distinct().value() == 1 ? "address, " : "addresses, ") + origin()),
                        figure(
                                "Other traffic",
                                "other",
                                Units.bytes(attack.otherTraffic().bytes()),
                                Amounts.count(attack.otherTraffic().packets(), "packet") + " of the target"),
                        figure(
                                "Confidence",
                                "confidence",
                                Amounts.percent(attack.confidence()),
                                "that target and main vector are right"));
    }

    private String origin() {
        Attack.Spoofing.Verdict verdict = attack.sources().spoofing().verdict();
        boolean isSame =
                attack.vectors().stream().allMatch(share -> share.spoofing().verdict() == verdict);
        if (!isSame) {
            return "forged or real by vector";
        }
        return switch (verdict) {
            case LIKELY -> "likely forged";
            case UNLIKELY -> "likely real";
            case UNKNOWN -> "perhaps forged";
        };
    }

    /** @param part of the section that the number is from */
    private Element figure(String label, String part, String value, String more) {
        Element link = element("a", label).attribute("href", "#" + id + "-" + part);
        return element("div")
                .add(element("dt").add(link), element("dd", value).withClass("value"), element("dd", more));
    }

    private String span() {
        boolean isShort = Duration.between(attack.start(), attack.end()).compareTo(Duration.ofSeconds(10)) < 0;
        Duration resolution = isShort ? Duration.ofMillis(1) : Duration.ofSeconds(1);
        String from = UtcTime.date(attack.start());
        String to = UtcTime.date(attack.end());
        return "%s %s to %s%s UTC"
                .formatted(
                        from,
                        TimeAxis.timeOfDay(attack.start(), resolution),
                        from.equals(to) ? "" : to + " ",
                        TimeAxis.timeOfDay(attack.end(), resolution));
    }

    private Element vectors() {
        DataTable table = DataTable.stacking(
                "Shares are of the attack alone. What follows them is most common and could serve a filter.",
                words("Vector"),
                words("Over time"),
                number("Packets"),
                number("Bytes"),
                words("From port"),
                words("To port"),
                words("Length (B)"),
                words("TTL"),
                number("Confidence"));
        for (VectorShare share : attack.vectors()) {
            table.row(
                    keys.swatchAndName(share.vector()),
                    timeline.series().isEmpty()
                            ? Content.text("–")
                            : RateChart.sparkline(
                                    timeline.series().bitsPerSecond(share.vector()), keys.of(share.vector())),
                    Content.text(Amounts.percent(share.packetShare())),
                    Content.text(Amounts.percent(share.byteShare())),
                    Content.text(protocolAnd(share, share.sourcePorts())),
                    Content.text(protocolAnd(share, share.destinationPorts())),
                    Content.text(numbers(share.packetLengths())),
                    Content.text(numbers(share.timesToLive())),
                    Content.text(Amounts.percent(share.confidence())));
        }
        return table.toElement();
    }

    private static String protocolAnd(VectorShare share, List<Integer> ports) {
        return ports.isEmpty() ? "varies" : Protocols.name(share.vector().protocol()) + "/" + numbers(ports);
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.isEmpty() ? "varies" : Wording.some(numbers, String::valueOf);
    }

    private Element notAttack() {
        if (attack.otherTraffic().packets() == 0) {
            return element("p", "No other traffic to or from the target was seen meanwhile.");
        }
        double other = attack.otherTraffic().bytes();
        double all = other + attack.total().bytes();
        String services = SampleTables.services(attack.otherSample());
        return element(
                "p",
                "Meanwhile %s to or from the target were seen that are not the attack: %s of all its bytes.%s"
                        .formatted(
                                Wording.volume(attack.otherTraffic()),
                                Amounts.percent(other / all),
                                services.isEmpty() ? "" : " Most common in the sampled rows: " + services + "."));
    }

    private Element confidence() {
        return element(
                "p",
                "%s is the probability that target and main vector are right, as far as the evidence tells: 50 %% is the "
                                .formatted(Amounts.percent(attack.confidence()))
                        + "least evidence that is reported, 99 % the most that is claimed.");
    }
}
