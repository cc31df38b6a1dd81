package levee.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import levee.model.Attack;
import levee.model.Evidence;
import levee.model.Group;
import levee.model.Prefix;
import tools.jackson.core.JsonGenerator;

/** What findings of several kinds have in common in the JSON contract. */
final class JsonFields {
    private final JsonGenerator json;

    JsonFields(JsonGenerator json) {
        this.json = json;
    }

    /** Only where the operator named a group, so that nobody else meets a new field. */
    void group(Group group) {
        json.writeStringProperty("group", group.name());
        group.customer().ifPresent(customer -> json.writeStringProperty("customer", customer));
        if (!group.contacts().isEmpty()) {
            json.writeArrayPropertyStart("contacts");
            group.contacts().forEach(json::writeString);
            json.writeEndArray();
        }
    }

    void volume(String name, Attack.Volume volume) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("packets", volume.packets());
        json.writeNumberProperty("bytes", volume.bytes());
        json.writeEndObject();
    }

    void count(String name, Attack.Count count) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("value", count.value());
        json.writeBooleanProperty("exact", count.exact());
        json.writeEndObject();
    }

    void talker(Attack.Talker talker) {
        json.writeStringProperty("prefix", talker.prefix().toString());
        json.writeNumberProperty("packets", talker.packets());
        json.writeNumberProperty("bytes", talker.bytes());
    }

    void evidence(Evidence evidence) {
        json.writeStringProperty("statement", evidence.statement());
        measure("value", evidence.value());
        measure("threshold", evidence.threshold());
        json.writeStringProperty("method", evidence.method());
    }

    <T> void objects(String name, List<T> values, Consumer<T> write) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            write.accept(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void prefixes(String name, List<Prefix> prefixes) {
        json.writeArrayPropertyStart(name);
        prefixes.forEach(prefix -> json.writeString(prefix.toString()));
        json.writeEndArray();
    }

    void numbers(String name, List<Integer> numbers) {
        json.writeArrayPropertyStart(name);
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }

    void measure(String name, double value) {
        JsonNumbers.measure(value)
                .ifPresentOrElse(number -> json.writeNumberProperty(name, number), () -> json.writeNullProperty(name));
    }

    void time(String name, Optional<Instant> instant) {
        instant.ifPresentOrElse(known -> time(name, known), () -> json.writeNullProperty(name));
    }

    void time(String name, Instant instant) {
        json.writeStringProperty(name, UtcTime.exact(instant));
    }

    /** The constant in lower case with hyphens, such as {@code two-way}. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
