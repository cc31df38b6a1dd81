package levee.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import levee.model.Endpoint;
import levee.model.Truth;
import levee.model.Truth.Behaviour;
import levee.model.Truth.FlowCounts;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Truth as a JSON document, as {@code docs/truth.schema.json} describes it. */
public final class TruthJson {
    private static final List<String> TRANSPORTS = List.of("tcp", "udp");

    private TruthJson() {}

    /** Writes {@code truth} as indented UTF-8 and leaves {@code out} open. The same truth gives the same bytes. */
    public static void write(Truth truth, OutputStream out) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema_version", JsonValue.SCHEMA_VERSION);
        document.put("name", truth.name());
        span(document, truth.start(), truth.end());
        ArrayNode networks = document.putArray("networks");
        truth.networks().forEach(network -> networks.add(network.toString()));
        document.put("hosts", truth.hosts());
        document.put("packets", truth.packets());
        document.put("bytes", truth.bytes());
        truth.flows().ifPresent(flows -> flows(document.putObject("flows"), flows));
        objects(document, "attacks", truth.attacks(), TruthJson::attack);
        objects(document, "infected_hosts", truth.infectedHosts(), TruthJson::infectedHost);
        objects(document, "command_servers", truth.commandServers(), TruthJson::endpoint);
        objects(document, "look_alikes", truth.lookAlikes(), TruthJson::lookAlike);
        JsonOutput.write(document, out);
    }

    private static void flows(ObjectNode json, FlowCounts flows) {
        json.put("bidirectional", flows.bidirectional());
        json.put("unidirectional", flows.unidirectional());
        json.put("pause_seconds", flows.pauseSeconds());
    }

    private static void attack(ObjectNode json, TrueAttack attack) {
        json.put("target", attack.target().toString());
        objects(json, "vectors", attack.vectors(), TruthJson::vector);
        span(json, attack.start(), attack.end());
        json.put("packets", attack.packets());
        json.put("bytes", attack.bytes());
        json.put("sources", attack.sources());
        json.put("forged", attack.forged());
    }

    private static void vector(ObjectNode json, TrueVector vector) {
        json.put("name", vector.vector().label());
        span(json, vector.start(), vector.end());
        json.put("packets", vector.packets());
        json.put("bytes", vector.bytes());
    }

    private static void infectedHost(ObjectNode json, InfectedHost infected) {
        json.put("host", infected.host().toString());
        infected.family().ifPresent(family -> json.put("family", family));
        objects(json, "behaviours", infected.behaviours(), TruthJson::behaviour);
    }

    private static void behaviour(ObjectNode json, Behaviour behaviour) {
        json.put("name", behaviour.name());
        span(json, behaviour.start(), behaviour.end());
    }

    private static void endpoint(ObjectNode json, Endpoint endpoint) {
        json.put("address", endpoint.address().toString());
        json.put("port", endpoint.port());
        json.put("transport", endpoint.transport());
    }

    private static void lookAlike(ObjectNode json, LookAlike lookAlike) {
        json.put("name", lookAlike.name());
        json.put("target", lookAlike.target().toString());
        span(json, lookAlike.start(), lookAlike.end());
    }

    private static void span(ObjectNode json, Instant start, Instant end) {
        json.put("start", start.toString());
        json.put("end", end.toString());
    }

    private static <T> void objects(ObjectNode json, String name, List<T> values, BiConsumer<ObjectNode, T> fields) {
        ArrayNode array = json.putArray(name);
        values.forEach(value -> fields.accept(array.addObject(), value));
    }

    /**
     * Reads what {@link #write} wrote, or a person; fields that it does not know are ignored. {@code in} stays open.
     *
     * @throws InvalidDocumentException if it is not the truth about anything; the message says where and why
     */
    public static Truth read(InputStream in) throws IOException {
        JsonValue json = JsonValue.document(in);
        json.checkSchemaVersion();
        return new Truth(
                json.field("name").text(),
                json.field("start").time(),
                end(json),
                json.field("networks").listOf(JsonValue::prefix),
                json.field("hosts").count(),
                json.field("packets").count(),
                json.field("bytes").count(),
                json.has("flows") ? Optional.of(flows(json.field("flows"))) : Optional.empty(),
                json.field("attacks").listOf(TruthJson::attack),
                json.field("infected_hosts").listOf(TruthJson::infectedHost),
                json.field("command_servers").listOf(TruthJson::endpoint),
                json.field("look_alikes").listOf(TruthJson::lookAlike));
    }

    private static FlowCounts flows(JsonValue json) throws InvalidDocumentException {
        return new FlowCounts(
                json.field("bidirectional").count(),
                json.field("unidirectional").count(),
                json.field("pause_seconds").count());
    }

    private static TrueAttack attack(JsonValue json) throws InvalidDocumentException {
        List<TrueVector> vectors = json.field("vectors").listOf(TruthJson::vector);
        if (vectors.isEmpty()) {
            throw json.field("vectors").expected("an array of one vector or more");
        }
        return new TrueAttack(
                json.field("target").prefix(),
                vectors,
                json.field("start").time(),
                end(json),
                json.field("packets").count(),
                json.field("bytes").count(),
                json.field("sources").count(),
                json.field("forged").truth());
    }

    private static TrueVector vector(JsonValue json) throws InvalidDocumentException {
        return new TrueVector(
                json.field("name").vector(),
                json.field("start").time(),
                end(json),
                json.field("packets").count(),
                json.field("bytes").count());
    }

    private static InfectedHost infectedHost(JsonValue json) throws InvalidDocumentException {
        return new InfectedHost(
                json.field("host").address(),
                json.has("family") ? Optional.of(json.field("family").text()) : Optional.empty(),
                json.field("behaviours").listOf(TruthJson::behaviour));
    }

    private static Behaviour behaviour(JsonValue json) throws InvalidDocumentException {
        return new Behaviour(json.field("name").text(), json.field("start").time(), end(json));
    }

    private static Endpoint endpoint(JsonValue json) throws InvalidDocumentException {
        JsonValue transport = json.field("transport");
        if (!TRANSPORTS.contains(transport.text())) {
            throw transport.expected("\"tcp\" or \"udp\"");
        }
        return new Endpoint(json.field("address").address(), json.field("port").port(), transport.text());
    }

    private static LookAlike lookAlike(JsonValue json) throws InvalidDocumentException {
        return new LookAlike(
                json.field("name").text(),
                json.field("target").address(),
                json.field("start").time(),
                end(json));
    }

    private static Instant end(JsonValue json) throws InvalidDocumentException {
        JsonValue end = json.field("end");
        if (end.time().isBefore(json.field("start").time())) {
            throw end.expected("no earlier than the start");
        }
        return end.time();
    }
}
