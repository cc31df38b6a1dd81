package levee.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.evaluation.FoundHost.FoundBehaviour;
import levee.model.AttackVector;
import levee.model.CommandServer;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.Prefix;

/**
 * Reads attacks, infected hosts and command servers of {@code levee analyze --format json} or {@code jsonl}, as {@code
 * docs/findings.schema.json} describes both. Findings of other kinds are passed over.
 */
public final class FindingsJson {
    private final Map<String, FoundAttack> attacks = new LinkedHashMap<>();
    private final Map<String, FoundHost> hosts = new LinkedHashMap<>();
    private final Map<String, FoundServer> servers = new LinkedHashMap<>();
    private List<Prefix> networks = List.of();
    private int read;
    private boolean lines;

    private FindingsJson() {}

    /**
     * Reads all findings and leaves {@code in} open. Of JSON lines the last about each finding holds, and what was absorbed
     * is gone; only of infected hosts the earlier ones tell, too, since when they were held to be so.
     *
     * @throws InvalidDocumentException if it is neither; the message says where and why
     */
    public static Findings read(InputStream in) throws IOException {
        FindingsJson findings = new FindingsJson();
        JsonValue.documents(in, findings::accept);
        if (findings.read == 0) {
            throw new InvalidDocumentException("it is empty, but even without findings there is something to read");
        }
        return new Findings(
                findings.networks,
                List.copyOf(findings.attacks.values()),
                List.copyOf(findings.hosts.values()),
                List.copyOf(findings.servers.values()));
    }

    private void accept(JsonValue value) throws InvalidDocumentException {
        read++;
        if (read == 1) {
            value.checkSchemaVersion();
            lines = value.has("event");
        }
        if (lines) {
            try {
                line(value);
            } catch (InvalidDocumentException e) {
                throw new InvalidDocumentException("line " + read + ": " + e.getMessage());
            }
        } else if (read == 1) {
            document(value);
        } else {
            throw new InvalidDocumentException("something follows the findings; give each document by itself");
        }
    }

    private void document(JsonValue document) throws InvalidDocumentException {
        settings(document);
        for (JsonValue finding : document.field("findings").elements()) {
            finding(finding, finding.field("kind").text());
        }
    }

    private void line(JsonValue line) throws InvalidDocumentException {
        settings(line);
        String event = line.field("event").text();
        if (!line.has("kind")) {
            return;
        }
        String kind = line.field("kind").text();
        if (event.equals("absorbed")) {
            String id = line.field("id").text();
            attacks.remove(id);
            hosts.remove(id);
            servers.remove(id);
        } else {
            finding(line, kind);
        }
    }

    /** The last line knows networks that the first one does not. */
    private void settings(JsonValue value) throws InvalidDocumentException {
        if (value.has("settings") && value.field("settings").has("networks")) {
            networks = value.field("settings").field("networks").listOf(JsonValue::prefix);
        }
    }

    private void finding(JsonValue finding, String kind) throws InvalidDocumentException {
        switch (kind) {
            case "attack" -> {
                FoundAttack attack = attack(finding);
                attacks.put(attack.id(), attack);
            }
            case InfectedHost.KIND -> {
                FoundHost host = host(finding);
                hosts.merge(host.id(), host, (before, now) -> now.after(before));
            }
            case CommandServer.KIND -> {
                FoundServer server = server(finding);
                servers.put(server.id(), server);
            }
            default -> {}
        }
    }

    private static FoundAttack attack(JsonValue json) throws InvalidDocumentException {
        List<AttackVector> vectors =
                json.field("vectors").listOf(vector -> vector.field("name").vector());
        Map<AttackVector, Instant> noticed = new EnumMap<>(AttackVector.class);
        for (JsonValue vector : json.field("vectors").elements()) {
            if (vector.has("noticed")) {
                noticed.put(
                        vector.field("name").vector(), vector.field("noticed").time());
            }
        }
        if (vectors.isEmpty()) {
            throw json.field("vectors").expected("an array of one vector or more");
        }
        return new FoundAttack(
                json.field("id").text(),
                json.field("target").prefix(),
                json.field("start").time(),
                json.field("end").time(),
                json.field("confidence").fraction(),
                json.field("total").field("packets").count(),
                vectors,
                noticed);
    }

    private static FoundHost host(JsonValue json) throws InvalidDocumentException {
        Instant since = json.field("level_since").time();
        Level level = switch (json.field("level").text()) {
            case "suspected" -> Level.SUSPECTED;
            case "notify" -> Level.NOTIFY;
            default -> throw json.field("level").expected("\"suspected\" or \"notify\"");
        };
        List<FoundBehaviour> behaviours = json.field("behaviours").listOf(FindingsJson::behaviour);
        return new FoundHost(
                json.field("id").text(),
                json.field("host").address(),
                json.field("start").time(),
                json.field("end").time(),
                json.field("state").text().equals("open"),
                since,
                level == Level.NOTIFY ? Optional.of(since) : Optional.empty(),
                // Where there is none, there was as much as the level takes.
                json.hasNumber("score") ? json.field("score").number() : level.leastDecibans(),
                behaviours,
                FoundHost.weights(behaviours),
                json.has("command_servers") ? json.field("command_servers").listOf(JsonValue::endpoint) : List.of());
    }

    private static FoundBehaviour behaviour(JsonValue json) throws InvalidDocumentException {
        List<JsonValue> evidence = json.has("evidence") ? json.field("evidence").elements() : List.of();
        return new FoundBehaviour(
                json.field("name").text(),
                json.has("weight") ? json.field("weight").number() : 0,
                evidence.isEmpty() ? "" : evidence.getFirst().field("statement").text());
    }

    private static FoundServer server(JsonValue json) throws InvalidDocumentException {
        return new FoundServer(
                json.field("id").text(),
                json.field("server").endpoint(),
                !json.field("role").text().equals("loader"),
                json.field("rank").count(),
                json.field("confidence").fraction(),
                json.field("hosts").listOf(JsonValue::address));
    }
}
