package levee.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import levee.model.Attack;
import levee.model.Evidence;
import levee.model.Group;
import levee.model.Prefix;
import tools.jackson.databind.JsonNode;

/** What findings of several kinds have in common, read as {@link JsonFields} writes it. */
final class FindingFields {
    private FindingFields() {}

    static Attack.Volume volume(JsonNode volume) {
        return new Attack.Volume(
                volume.path("packets").asLong(), volume.path("bytes").asLong());
    }

    static Evidence evidence(JsonNode evidence) {
        return new Evidence(
                text(evidence, "statement"),
                measure(evidence, "value"),
                measure(evidence, "threshold"),
                text(evidence, "method"));
    }

    static Optional<Group> group(JsonNode attack) {
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

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>(array.size());
        array.forEach(value -> values.add(read.apply(value)));
        return values;
    }

    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("this is no finding of Levee: it lacks '" + name + "'");
        }
        return value.asString();
    }

    static double number(JsonNode object, String name) {
        return object.path(name).asDouble();
    }

    /** What may be missing, since JSON has no number for all that can be measured. */
    static double measure(JsonNode object, String name) {
        return object.path(name).asDouble(Double.NaN);
    }

    static Instant time(JsonNode object, String name) {
        return Instant.parse(text(object, name));
    }

    static <E extends Enum<E>> E constant(Class<E> type, JsonNode object, String name) {
        return constant(type, text(object, name));
    }

    static <E extends Enum<E>> E constant(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static Attack.Count count(JsonNode count) {
        return new Attack.Count(
                count.path("value").asLong(), count.path("exact").asBoolean());
    }

    static Attack.Talker talker(JsonNode talker) {
        return new Attack.Talker(
                Prefix.parse(text(talker, "prefix")),
                talker.path("packets").asLong(),
                talker.path("bytes").asLong());
    }
}
