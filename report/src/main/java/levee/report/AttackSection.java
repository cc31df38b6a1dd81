package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Attack;
import levee.model.Attack.Ingress;
import levee.model.Attack.Sources;
import levee.model.Attack.State;
import levee.model.Attack.Talker;
import levee.model.Attack.VectorShare;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Protocols;

/** One attack on the page, the most needed first. */
final class AttackSection {
    private final Attack attack;
    private final SensorLimits limits;
    private final String id;
    private final String heading;
    private final VectorKeys keys;
    private final TimelineFigure timeline;

    /**
     * @param id unique on the page
     * @param heading unique on the page
     */
    AttackSection(Attack attack, SensorLimits limits, String id, String heading) {
        this.attack = attack;
        this.limits = limits;
        this.id = id;
        this.heading = heading;
        this.keys = new VectorKeys(attack);
        this.timeline = new TimelineFigure(attack, keys);
    }

    Element toElement() {
        return element("section")
                .withClass("attack")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(header(), figures())
                .add(part("Traffic over time", timeline.toElement(id)))
                .add(part("Vectors", vectors()))
                .add(part("Evidence", evidence()))
                .add(sources())
                .add(part("What was not attack", notAttack()))
                .add(part("What the sensor could not see", list(limits.of(attack))))
                .add(part("Confidence", confidence()))
                .add(part("Numbers and samples", timeline.numbers(id), new SampleTables(attack, keys).toElement()));
    }

    private static Element part(String heading, Element... content) {
        return element("section").withClass("part").add(element("h3", heading)).add(content);
    }

    private static Element list(List<String> sentences) {
        return element("ul")
                .add(sentences.stream().map(sentence -> element("li", sentence)).toList());
    }

    private Element header() {
        Element header = element("header")
                .add(
                        element("h2", heading).attribute("id", id + "-heading"),
                        element("p", String.join(" · ", traits())).withClass("traits"));
        if (!attack.targets().isEmpty()) {
            header.add(element("p", "Most hit: " + Wording.some(attack.targets(), Wording::shortForm) + "."));
        }
        return header;
    }

    private List<String> traits() {
        return List.of(
                attack.vectors().size() == 1
                        ? VectorName.of(attack.vectors().getFirst().vector())
                        : Units.count(attack.vectors().size(), "vector"),
                Wording.direction(attack.direction()),
                attack.state() == State.OPEN ? "still going on when the data end" : "ended",
                attack.id());
    }

    private Element figures() {
        return element("dl")
                .withClass("figures")
                .add(
                        figure(
                                "Peak",
                                Units.bitRate(attack.peak().bitsPerSecond()),
                                Units.packetRate(attack.peak().packetsPerSecond()) + ", in the fullest second"),
                        figure("Duration", Units.duration(Duration.between(attack.start(), attack.end())), span()),
                        figure(
                                "Total",
                                Units.bytes(attack.total().bytes()),
                                Units.count(attack.total().packets(), "packet")),
                        figure(
                                "Sources",
                                Wording.distinct(attack.sources().distinct()),
                                (attack.sources().distinct().value() == 1 ? "address, " : "addresses, ")
                                        + switch (attack.sources().spoofing().verdict()) {
                                            case LIKELY -> "likely forged";
                                            case UNLIKELY -> "likely real";
                                            case UNKNOWN -> "perhaps forged";
                                        }),
                        figure(
                                "Other traffic",
                                Units.bytes(attack.otherTraffic().bytes()),
                                Units.count(attack.otherTraffic().packets(), "packet") + " of the target"),
                        figure(
                                "Confidence",
                                Units.percent(attack.confidence()),
                                "that target and main vector are right"));
    }

    private static Element figure(String label, String value, String more) {
        return element("div").add(element("dt", label), element("dd", value).withClass("value"), element("dd", more));
    }

    private String span() {
        String end = UtcTime.toSecond(attack.end());
        String start = UtcTime.toSecond(attack.start());
        boolean sameDay = UtcTime.date(attack.start()).equals(UtcTime.date(attack.end()));
        return start + " to " + (sameDay ? end.substring(end.indexOf(' ') + 1) : end) + " UTC";
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
                    vectorName(share.vector()),
                    timeline.series().isEmpty()
                            ? Content.text("–")
                            : RateChart.sparkline(
                                    timeline.series().bitsPerSecond(share.vector()), keys.of(share.vector())),
                    Content.text(Units.percent(share.packetShare())),
                    Content.text(Units.percent(share.byteShare())),
                    Content.text(protocolAnd(share, share.sourcePorts())),
                    Content.text(protocolAnd(share, share.destinationPorts())),
                    Content.text(numbers(share.packetLengths())),
                    Content.text(numbers(share.timesToLive())),
                    Content.text(Units.percent(share.confidence())));
        }
        return table.toElement();
    }

    private Element vectorName(AttackVector vector) {
        return element("span")
                .withClass("vector")
                .add(VectorKeys.swatch(keys.of(vector)))
                .text(" " + VectorName.of(vector))
                .add(Content.text(" "), element("code", vector.label()));
    }

    private static String protocolAnd(VectorShare share, List<Integer> ports) {
        return ports.isEmpty() ? "varies" : Protocols.name(share.vector().protocol()) + "/" + numbers(ports);
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.isEmpty() ? "varies" : Wording.some(numbers, String::valueOf);
    }

    private Element evidence() {
        if (attack.evidence().isEmpty()) {
            return element("p", "No evidence is recorded.");
        }
        DataTable table = DataTable.compact(
                "What was measured, and the least that it takes.",
                words("Observation"),
                number("Measured"),
                number("Needed"),
                words("How it was measured"));
        Optional<VectorShare> group = Optional.empty();
        for (Evidence evidence : attack.evidence()) {
            Optional<VectorShare> vector = vectorOf(evidence);
            if (attack.vectors().size() > 1 && !vector.equals(group)) {
                table.group(vector.map(share -> vectorName(share.vector())).orElse(element("span", "Altogether")));
                group = vector;
            }
            boolean isShare = evidence.threshold() > 0 && evidence.threshold() < 1 && evidence.value() <= 1;
            table.row(
                    Content.text(observation(evidence, vector)),
                    Content.text(measure(evidence.value(), isShare)),
                    Content.text(evidence.threshold() > 0 ? measure(evidence.threshold(), isShare) : "–"),
                    Content.text(evidence.method()));
        }
        return table.toElement();
    }

    /** The vector that the statement begins with. */
    private Optional<VectorShare> vectorOf(Evidence evidence) {
        return attack.vectors().stream()
                .filter(share -> evidence.statement().startsWith(prefix(share)))
                .findFirst();
    }

    /** The statement without the vector, which the heading of its group has said. */
    private static String observation(Evidence evidence, Optional<VectorShare> vector) {
        int prefix = vector.map(share -> prefix(share).length()).orElse(0);
        return capitalized(evidence.statement().substring(prefix));
    }

    private static String prefix(VectorShare share) {
        return share.vector().label() + ": ";
    }

    private static String measure(double value, boolean isShare) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return isShare ? Units.percent(value) : Units.number(value);
    }

    private Element sources() {
        Sources sources = attack.sources();
        Element part = part("Sources", element("p", distinct()));
        if (!sources.spoofing().reasons().isEmpty()) {
            part.add(list(sources.spoofing().reasons().stream()
                    .map(AttackSection::sentence)
                    .toList()));
        }
        if (!sources.top().isEmpty()) {
            part.add(topNetworks());
        }
        if (!attack.ingress().isEmpty()) {
            part.add(ingress());
        }
        return part;
    }

    private String distinct() {
        Sources sources = attack.sources();
        return Units.count(sources.distinct().value())
                + (sources.distinct().value() == 1 ? " distinct address" : " distinct addresses")
                + (sources.distinct().exact() ? "" : " by estimate")
                + "; " + Wording.verdict(sources.spoofing().verdict())
                + (sources.spoofing().reasons().isEmpty() ? "." : ":");
    }

    private static String sentence(String words) {
        return capitalized(words) + (words.isEmpty() || words.endsWith(".") ? "" : ".");
    }

    private static String capitalized(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private Element topNetworks() {
        List<Talker> top = attack.sources().top();
        long most = Math.max(1, top.stream().mapToLong(Talker::packets).max().orElse(1));
        DataTable table = DataTable.compact(
                "The most active networks, together "
                        + ofPackets(top.stream().mapToDouble(Talker::packets).sum())
                        + " of the packets. Bars compare them with the most active one.",
                words("Network"),
                number("Packets"),
                number("Share"),
                number("Bytes"),
                words("Packets"));
        for (Talker talker : top) {
            table.row(
                    Content.text(Wording.shortForm(talker.prefix())),
                    Content.text(Units.count(talker.packets())),
                    Content.text(ofPackets(talker.packets())),
                    Content.text(Units.bytes(talker.bytes())),
                    bar((double) talker.packets() / most));
        }
        return table.toElement();
    }

    private String ofPackets(double packets) {
        return attack.total().packets() == 0
                ? "–"
                : Units.percent(packets / attack.total().packets());
    }

    private static Element bar(double part) {
        return element("svg")
                .withClass("bar")
                .attribute("aria-hidden", "true")
                .add(element("rect")
                        .attribute("width", String.format(Locale.ROOT, "%.1f%%", part * 100))
                        .attribute("height", "100%"));
    }

    private Element ingress() {
        DataTable table = DataTable.scrolling(
                "Where the attack entered the network.", words("Router"), number("Interface"), number("Share"));
        for (Ingress ingress : attack.ingress()) {
            table.row(List.of(
                    ingress.exporter(), String.valueOf(ingress.networkInterface()), Units.percent(ingress.share())));
        }
        return table.toElement();
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
                                Units.percent(other / all),
                                services.isEmpty() ? "" : " Most common in the sampled rows: " + services + "."));
    }

    private Element confidence() {
        return element(
                "p",
                "%s is the probability that target and main vector are right, as far as the evidence tells: 50 %% is the "
                                .formatted(Units.percent(attack.confidence()))
                        + "least evidence that is reported, 99 % the most that is claimed.");
    }
}
