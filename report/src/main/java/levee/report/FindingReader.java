package levee.report;

import static levee.report.FindingFields.constant;
import static levee.report.FindingFields.count;
import static levee.report.FindingFields.group;
import static levee.report.FindingFields.list;
import static levee.report.FindingFields.number;
import static levee.report.FindingFields.text;
import static levee.report.FindingFields.time;
import static levee.report.FindingFields.volume;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Finding;
import levee.model.IpAddress;
import levee.model.Prefix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads findings as {@link JsonContract} writes them, for those who show them again. What JSON does not hold is lost:
 * samples are excerpts, whose weight is not known and given as 1, and nothing is said of a vector's companions.
 */
final class FindingReader {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private FindingReader() {}

    /** @throws IllegalArgumentException if it is no finding of the contract */
    static Finding read(String json) {
        try {
            JsonNode finding = MAPPER.readTree(json);
            String kind = finding.path("kind").asString("");
            return kind.equals("attack") ? attack(finding) : AbuseReader.read(kind, finding);
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("this is no finding of Levee: " + e.getMessage(), e);
        }
    }

    private static Attack attack(JsonNode attack) {
        return new Attack(
                text(attack, "id"),
                constant(Attack.State.class, attack, "state"),
                constant(Attack.Direction.class, attack, "direction"),
                Prefix.parse(text(attack, "target")),
                list(attack.path("targets"), target -> Prefix.parse(target.asString())),
                time(attack, "start"),
                time(attack, "end"),
                number(attack, "confidence"),
                constant(Attack.Visibility.class, attack, "visibility"),
                new Attack.Sampling(
                        attack.at("/sampling/rate").asInt(),
                        attack.at("/sampling/raw_samples").asLong()),
                list(attack.path("ingress"), FindingReader::ingress),
                new Attack.Peak(
                        number(attack.path("peak"), "packets_per_second"),
                        number(attack.path("peak"), "bits_per_second")),
                volume(attack.path("total")),
                volume(attack.path("other_traffic")),
                sources(attack.path("sources")),
                list(attack.path("vectors"), FindingReader::vector),
                timeline(attack.path("timeline")),
                sample(attack.path("other_sample")),
                list(attack.path("evidence"), FindingFields::evidence),
                group(attack));
    }

    private static Attack.Ingress ingress(JsonNode ingress) {
        return new Attack.Ingress(
                text(ingress, "exporter"), ingress.path("interface").asInt(), number(ingress, "share"));
    }

    private static Attack.Sources sources(JsonNode sources) {
        return new Attack.Sources(
                count(sources.path("distinct")),
                spoofing(sources.path("spoofing")),
                list(sources.path("top"), FindingFields::talker),
                list(
                        sources.path("origins"),
                        origin -> new Attack.Origin(
                                origin.path("number").asLong(), text(origin, "name"), number(origin, "packet_share"))));
    }

    private static Attack.Spoofing spoofing(JsonNode spoofing) {
        return new Attack.Spoofing(
                constant(Attack.Spoofing.Verdict.class, spoofing, "verdict"),
                list(spoofing.path("reasons"), JsonNode::asString));
    }

    private static Attack.VectorShare vector(JsonNode vector) {
        return new Attack.VectorShare(
                vectorOf(vector),
                number(vector, "packet_share"),
                number(vector, "byte_share"),
                list(vector.path("source_ports"), JsonNode::asInt),
                list(vector.path("destination_ports"), JsonNode::asInt),
                list(vector.path("packet_lengths"), JsonNode::asInt),
                list(vector.path("times_to_live"), JsonNode::asInt),
                time(vector, "start"),
                time(vector, "end"),
                time(vector, "noticed"),
                number(vector, "confidence"),
                spoofing(vector.path("spoofing")),
                Set.of(),
                sample(vector.path("sample")));
    }

    private static AttackVector vectorOf(JsonNode vector) {
        String label = text(vector, "name");
        return AttackVector.byLabel(label)
                .orElseThrow(() -> new IllegalArgumentException("there is no vector '" + label + "'"));
    }

    private static Attack.Timeline timeline(JsonNode timeline) {
        Map<AttackVector, List<Attack.Volume>> vectors = new LinkedHashMap<>();
        timeline.path("vectors").forEach(vector -> vectors.put(vectorOf(vector), slots(vector)));
        return new Attack.Timeline(
                time(timeline, "start"),
                Duration.ofNanos(timeline.path("slot_seconds")
                        .asDecimal()
                        .movePointRight(9)
                        .longValue()),
                vectors,
                slots(timeline.path("other_traffic")));
    }

    private static List<Attack.Volume> slots(JsonNode slots) {
        JsonNode packets = slots.path("packets");
        JsonNode bytes = slots.path("bytes");
        List<Attack.Volume> volumes = new ArrayList<>(packets.size());
        for (int slot = 0; slot < packets.size(); slot++) {
            volumes.add(new Attack.Volume(
                    packets.path(slot).asLong(), bytes.path(slot).asLong()));
        }
        return volumes;
    }

    private static Attack.Sample sample(JsonNode sample) {
        return new Attack.Sample(
                1,
                list(
                        sample,
                        row -> new Attack.SampledRow(
                                time(row, "time"),
                                IpAddress.parse(text(row, "source")),
                                row.path("source_port").asInt(),
                                IpAddress.parse(text(row, "destination")),
                                row.path("destination_port").asInt(),
                                row.path("protocol").asInt(),
                                row.path("tcp_flags").asInt(),
                                row.path("time_to_live").asInt(),
                                row.path("packets").asLong(),
                                row.path("bytes").asLong())));
    }
}
