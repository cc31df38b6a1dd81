package levee.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.Ingress;
import levee.model.Attack.Sources;
import levee.model.Attack.Spoofing;
import levee.model.Attack.Talker;
import levee.model.Attack.VectorShare;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.Prefix;
import levee.model.Protocols;

/** One attack as a block of text, the most urgent first. */
final class AttackBlock {
    private final Page page;

    AttackBlock(Page page) {
        this.page = page;
    }

    void write(Attack attack) {
        boolean open = attack.state() == State.OPEN;
        page.heading(
                open ? Tone.ALARM : Tone.TITLE,
                "ATTACK on %s, %s, %s"
                        .formatted(
                                Wording.shortForm(attack.target()),
                                Wording.direction(attack.direction()),
                                open ? "still going on" : "ended"));
        hosts(attack.targets());
        attack.group().ifPresent(group -> page.row("group", Wording.group(group)));
        page.row(
                "when",
                (open ? "since %s UTC, %s so far" : "%s UTC, for %s")
                        .formatted(
                                UtcTime.toSecond(attack.start()),
                                Units.duration(Duration.between(attack.start(), attack.end()))));
        rows("what", attack.vectors().stream().flatMap(AttackBlock::vector).toList());
        page.row(
                "peak",
                Tone.TITLE,
                Units.packetRate(attack.peak().packetsPerSecond()) + ", "
                        + Units.bitRate(attack.peak().bitsPerSecond()));
        page.row("total", Wording.volume(attack.total()));
        sources(attack);
        if (!attack.ingress().isEmpty()) {
            page.row("entered at", Wording.some(attack.ingress(), AttackBlock::ingress));
        }
        page.row("beside it", "other traffic of the target: " + Wording.volume(attack.otherTraffic()));
        page.row("seen", Wording.visibility(attack.visibility()) + ", " + Wording.sampling(attack.sampling()));
        page.row("confidence", Amounts.percent(attack.confidence()));
        rows("evidence", attack.evidence().stream().map(AttackBlock::evidence).toList());
        page.row("id", attack.id());
    }

    private void rows(String label, List<String> rows) {
        String next = label;
        for (String row : rows) {
            page.row(next, row);
            next = "";
        }
    }

    private void hosts(List<Prefix> hosts) {
        if (!hosts.isEmpty()) {
            page.row("most hit", Wording.some(hosts, Wording::shortForm));
        }
    }

    private void sources(Attack attack) {
        Sources sources = attack.sources();
        page.row("from", Wording.addresses(sources.distinct()));
        if (Wording.isForgedAlike(attack)) {
            page.row("", spoofing(sources.spoofing()));
        } else {
            attack.vectors().forEach(v -> page.row("", v.vector().label() + ": " + spoofing(v.spoofing())));
        }
        if (!sources.top().isEmpty()) {
            page.row(
                    "",
                    "most active networks: "
                            + Wording.some(
                                    sources.top(),
                                    talker -> talker(talker, attack.total().packets())));
        }
        if (!sources.origins().isEmpty()) {
            page.row("", "most active origins: " + Wording.some(sources.origins(), Wording::origin));
        }
    }

    /** The vector with its shares, and below it what a filter could match, as far as that is known. */
    private static Stream<String> vector(VectorShare vector) {
        String shares = "%s, %s of packets, %s of bytes"
                .formatted(
                        vector.vector().label(),
                        Amounts.percent(vector.packetShare()),
                        Amounts.percent(vector.byteShare()));
        String marks = marks(vector);
        return marks.isEmpty() ? Stream.of(shares) : Stream.of(shares, marks);
    }

    private static String marks(VectorShare vector) {
        List<String> parts = new ArrayList<>();
        String ports = ports(" from ", vector.sourcePorts()) + ports(" to ", vector.destinationPorts());
        if (!ports.isEmpty()) {
            parts.add(Protocols.name(vector.vector().protocol()) + ports);
        }
        if (!vector.packetLengths().isEmpty()) {
            parts.add("packets of " + Wording.some(vector.packetLengths(), String::valueOf) + " B");
        }
        if (!vector.timesToLive().isEmpty()) {
            parts.add("TTL " + Wording.some(vector.timesToLive(), String::valueOf));
        }
        return String.join("; ", parts);
    }

    private static String ports(String preposition, List<Integer> ports) {
        return ports.isEmpty()
                ? ""
                : preposition + (ports.size() == 1 ? "port " : "ports ") + Wording.some(ports, String::valueOf);
    }

    private static String spoofing(Spoofing spoofing) {
        String verdict = Wording.verdict(spoofing.verdict());
        return spoofing.reasons().isEmpty() ? verdict : verdict + ": " + String.join("; ", spoofing.reasons());
    }

    private static String talker(Talker talker, long attackPackets) {
        String prefix = Wording.shortForm(talker.prefix());
        return attackPackets == 0
                ? prefix
                : prefix + " (" + Amounts.percent((double) talker.packets() / attackPackets) + ")";
    }

    private static String ingress(Ingress ingress) {
        return "%s interface %d (%s)"
                .formatted(ingress.exporter(), ingress.networkInterface(), Amounts.percent(ingress.share()));
    }

    /** The statement holds the measured value; how it was measured is for those who read the JSON. */
    private static String evidence(Evidence evidence) {
        String statement = evidence.statement().endsWith(".")
                ? evidence.statement().substring(0, evidence.statement().length() - 1)
                : evidence.statement();
        double threshold = evidence.threshold();
        if (!Double.isFinite(threshold) || threshold <= 0) {
            return statement;
        }
        boolean isShare = threshold < 1 && evidence.value() <= 1;
        return statement + " (needed: " + (isShare ? Amounts.percent(threshold) : Units.number(threshold)) + ")";
    }
}
