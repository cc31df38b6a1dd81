package levee.sharing;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import levee.model.Attack.Volume;
import levee.sharing.FingerprintMatch.Agreement;
import levee.sharing.FingerprintMatch.Destination;
import levee.sharing.FingerprintMatch.Property;
import levee.sharing.FingerprintMatch.VectorMatch;
import tools.jackson.core.JsonGenerator;

/** A match as a JSON document. */
public final class MatchJson {
    private final JsonGenerator json;

    private MatchJson(JsonGenerator json) {
        this.json = json;
    }

    public static String of(FingerprintMatch match) {
        return Json.indented(json -> new MatchJson(json).match(match));
    }

    private void match(FingerprintMatch match) {
        json.writeStartObject();
        json.writeStringProperty("schema_version", "1");
        json.writeStringProperty("key", match.key());
        json.writeStringProperty("verdict", label(match.verdict()));
        json.writeArrayPropertyStart("reasons");
        match.reasons().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("vectors");
        match.vectors().forEach(this::vector);
        json.writeEndArray();
        json.writeObjectPropertyStart("sources");
        json.writeNumberProperty("listed", match.sources().listed());
        json.writeNumberProperty("seen", match.sources().seen());
        volume("sent", match.sources().sent());
        volume("matched", match.sources().matched());
        json.writeObjectPropertyStart("services");
        match.sources().services().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void vector(VectorMatch vector) {
        json.writeStartObject();
        json.writeStringProperty("name", vector.name());
        json.writeBooleanProperty("seen", vector.seen());
        json.writeNumberProperty("candidates", vector.candidates());
        json.writeObjectPropertyStart("agreements");
        for (Property property : Property.values()) {
            Optional.ofNullable(vector.agreements().get(property)).ifPresent(a -> agreement(property, a));
        }
        json.writeEndObject();
        volume("matched", vector.matched());
        json.writeNumberProperty("needed_per_second", vector.neededPerSecond());
        json.writeNumberProperty("busiest_second", vector.busiestSecond());
        time("first", vector.first());
        time("last", vector.last());
        json.writeNumberProperty("destination_count", vector.destinationCount());
        json.writeArrayPropertyStart("destinations");
        vector.destinations().forEach(this::destination);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void agreement(Property property, Agreement agreement) {
        json.writeObjectPropertyStart(label(property));
        json.writeBooleanProperty("required", agreement.required());
        json.writeNumberProperty("compared", agreement.compared());
        json.writeNumberProperty("agreed", agreement.agreed());
        json.writeEndObject();
    }

    private void destination(Destination destination) {
        json.writeStartObject();
        json.writeStringProperty("address", destination.address().toString());
        json.writeNumberProperty("packets", destination.packets());
        json.writeNumberProperty("bytes", destination.bytes());
        json.writeNumberProperty("busiest_second", destination.busiestSecond());
        time("first", Optional.of(destination.first()));
        time("last", Optional.of(destination.last()));
        json.writeEndObject();
    }

    private void volume(String name, Volume volume) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("packets", volume.packets());
        json.writeNumberProperty("bytes", volume.bytes());
        json.writeEndObject();
    }

    private void time(String name, Optional<Instant> time) {
        time.ifPresentOrElse(
                known -> json.writeStringProperty(name, known.toString()), () -> json.writeNullProperty(name));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
