package levee.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.Group;
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
            if (kind.equals("attack")) {
                return attack(finding);
            }
            throw new IllegalArgumentException("there is no kind of finding '" + kind + "'");
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
                list(attack.path("evidence"), FindingReader::evidence),
                group(attack));
    }

    private static Attack.Ingress ingress(JsonNode ingress) {
        return new Attack.Ingress(
                text(ingress, "exporter"), ingress.path("interface").asInt(), number(ingress, "share"));
    }

    private static Attack.Volume volume(JsonNode volume) {
        return new Attack.Volume(
                volume.path("packets").asLong(), volume.path("bytes").asLong());
    }

    private static Attack.Sources sources(JsonNode sources) {
        return new Attack.Sources(
                new Attack.Count(
                        sources.at("/distinct/value").asLong(),
                        sources.at("/distinct/exact").asBoolean()),
                spoofing(sources.path("spoofing")),
                list(
                        sources.path("top"),
                        talker -> new Attack.Talker(
                                Prefix.parse(text(talker, "prefix")),
                                talker.path("packets").asLong(),
                                talker.path("bytes").asLong())),
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

    private static Evidence evidence(JsonNode evidence) {
        return new Evidence(
                text(evidence, "statement"),
                evidence.path("value").asDouble(Double.NaN),
                evidence.path("threshold").asDouble(Double.NaN),
                text(evidence, "method"));
    }

    private static Optional<Group> group(JsonNode attack) {
        JsonNode name = attack.path("group");
        if (!name.isString()) {
            return Optional.empty();
        }
        JsonNode customer = attack.path("customer");
        return Optional.of(new Group(
                name.asString(),
                List.of(),
                customer.isString() ? Optional.of(customer.asString()) : Optional.empty(),
                list(attack.path("contacts"), JsonNode::asString)));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>(array.size());
        array.forEach(value -> values.add(read.apply(value)));
        return values;
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("this is no finding of Levee: it lacks '" + name + "'");
        }
        return value.asString();
    }

    private static double number(JsonNode object, String name) {
        return object.path(name).asDouble();
    }

    private static Instant time(JsonNode object, String name) {
        return Instant.parse(text(object, name));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode object, String name) {
        return Enum.valueOf(type, text(object, name).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
