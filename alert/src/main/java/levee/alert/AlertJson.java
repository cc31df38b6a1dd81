package levee.alert;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import levee.model.InfectedHost;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Alerts as JSON, for programs. */
final class AlertJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Longer findings are abridged; many receivers take no more. */
    private static final int LONGEST_FINDING = 1 << 20;

    private AlertJson() {}

    static String of(Alert alert) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            switch (alert) {
                case Alert.Single single -> write(json, single, true);
                case Alert.Digest digest -> write(json, digest);
                case Alert.Trial trial -> write(json, trial);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Alert.Single single, boolean isWhole) {
        Situation situation = single.situation();
        json.writeStringProperty("event", single.event().code());
        json.writeStringProperty("alert_id", single.alertId());
        json.writeStringProperty("detected_at", situation.detectedAt().toString());
        json.writeStringProperty("mode", situation.mode().code());
        json.writeStringProperty("severity", single.severity().code());
        if (situation.isAbsorbed()) {
            json.writeBooleanProperty("absorbed", true);
        }
        single.page().ifPresent(page -> json.writeStringProperty("page", page));
        json.writeName("finding");
        Optional<String> whole = isWhole ? single.findingJson().filter(AlertJson::isObject) : Optional.empty();
        whole.ifPresentOrElse(json::writeRawValue, () -> writeAbridged(json, situation));
    }

    private static void write(JsonGenerator json, Alert.Digest digest) {
        json.writeStringProperty("event", "digest");
        json.writeStringProperty("alert_id", digest.alertId());
        json.writeStringProperty("at", digest.at().toString());
        json.writeStringProperty("mode", AlertMode.ALERT.code());
        json.writeStringProperty("severity", digest.severity().code());
        json.writeObjectPropertyStart("counts");
        json.writeNumberProperty("opened", digest.opened());
        json.writeNumberProperty("changed", digest.changed());
        json.writeNumberProperty("ended", digest.ended());
        json.writeEndObject();
        json.writeNumberProperty("not_listed", digest.size() - digest.largest().size());
        json.writeArrayPropertyStart("largest");
        for (Alert.Single single : digest.largest()) {
            json.writeStartObject();
            write(json, single, false);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Alert.Trial trial) {
        json.writeStringProperty("event", "test");
        json.writeStringProperty("alert_id", trial.alertId());
        json.writeStringProperty("at", trial.at().toString());
        json.writeStringProperty("message", "This is a test of Levee's alerts. There is no attack.");
    }

    /** The fields of the contract that matter most, by the same names. */
    private static void writeAbridged(JsonGenerator json, Situation situation) {
        switch (situation) {
            case AttackSituation attack -> writeAbridged(json, attack);
            case HostSituation host -> writeAbridged(json, host);
        }
    }

    private static void writeAbridged(JsonGenerator json, HostSituation host) {
        json.writeStartObject();
        json.writeStringProperty("id", host.id());
        json.writeStringProperty("kind", InfectedHost.KIND);
        json.writeBooleanProperty("abridged", true);
        json.writeStringProperty("state", host.isEnded() ? "ended" : "open");
        json.writeStringProperty("host", host.target());
        group(json, host);
        json.writeStringProperty("level", host.level().label());
        json.writeStringProperty("level_since", host.levelSince().toString());
        json.writeNumberProperty("score", finite(host.score()));
        json.writeStringProperty("start", host.start().toString());
        json.writeStringProperty("end", host.end().toString());
        json.writeArrayPropertyStart("behaviours");
        for (InfectedHost.BehaviourKind kind : host.behaviours()) {
            json.writeStartObject();
            json.writeStringProperty("name", kind.label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void group(JsonGenerator json, Situation situation) {
        situation.group().ifPresent(group -> {
            json.writeStringProperty("group", group.name());
            group.customer().ifPresent(customer -> json.writeStringProperty("customer", customer));
        });
    }

    private static void writeAbridged(JsonGenerator json, AttackSituation situation) {
        json.writeStartObject();
        json.writeStringProperty("id", situation.id());
        json.writeStringProperty("kind", "attack");
        json.writeBooleanProperty("abridged", true);
        json.writeStringProperty("state", situation.isEnded() ? "ended" : "open");
        json.writeStringProperty("target", situation.target());
        group(json, situation);
        json.writeStringProperty("start", situation.start().toString());
        json.writeStringProperty("end", situation.end().toString());
        json.writeNumberProperty("confidence", finite(situation.confidence()));
        json.writeObjectPropertyStart("peak");
        json.writeNumberProperty("packets_per_second", finite(situation.packetsPerSecond()));
        json.writeNumberProperty("bits_per_second", finite(situation.bitsPerSecond()));
        json.writeEndObject();
        json.writeObjectPropertyStart("total");
        json.writeNumberProperty("packets", situation.packets());
        json.writeNumberProperty("bytes", situation.bytes());
        json.writeEndObject();
        json.writeArrayPropertyStart("vectors");
        for (AttackSituation.Part part : situation.vectors()) {
            json.writeStartObject();
            json.writeStringProperty("name", part.vector().label());
            json.writeNumberProperty("packet_share", finite(part.packetShare()));
            writePorts(json, "source_ports", part.sourcePorts());
            writePorts(json, "destination_ports", part.destinationPorts());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writePorts(JsonGenerator json, String name, List<Integer> ports) {
        json.writeArrayPropertyStart(name);
        ports.forEach(json::writeNumber);
        json.writeEndArray();
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    /** Whether a text is one JSON object and nothing else, so that it cannot break out of its place. */
    private static boolean isObject(String text) {
        if (text.length() > LONGEST_FINDING) {
            return false;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
