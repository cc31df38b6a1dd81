package levee.server;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import levee.server.Operation.Request;
import levee.store.FindingPage;
import levee.store.FindingQuery;
import levee.store.Store;
import levee.store.StoredFinding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What was learned of ordinary traffic, and what would have been alarmed on. */
final class LearningOperations {
    /** Less says little of what is usual. */
    private static final int ENOUGH_MINUTES = 7 * 24 * 60;

    private static final int MOST_ALARMS = 100;

    /** A threshold that is crossed once a week is not one of normal traffic. */
    private static final double THRESHOLD_FACTOR = 2;

    private static final List<String> HOW = List.of(
            "Traffic is the mean of each minute in which its flow records or packets came, attacks included; a"
                    + " network's own inner traffic is left out.",
            "A suggested threshold is twice what 99 of 100 minutes do not exceed.",
            "Targets are those whose traffic looked most like an attack and was not called one. 'usual' is what their"
                + " fullest seconds reach in 95 of 100 minutes, and 'alarms_from' the greater of three times that and"
                + " the least that any attack of this kind must reach.",
            "Would have been alarmed on: the newest 1,000 attacks that were noted in monitor mode, by vector and"
                    + " target.");

    private final Store store;
    private final LiveSystem system;

    LearningOperations(Store store, LiveSystem system) {
        this.store = store;
        this.system = system;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.LEARNING, this::learning));
    }

    private void learning(Request request) throws IOException {
        Answer.json(request.context(), json());
    }

    byte[] json() {
        LearningReport report = system.learning();
        List<Alarm> alarms = alarms();
        return Json.write(json -> {
            json.writeStartObject();
            if (report.since().isPresent()) {
                json.writeStringProperty("since", report.since().get().toString());
            } else {
                json.writeNullProperty("since");
            }
            json.writeNumberProperty("minutes", report.minutes());
            json.writeBooleanProperty("enough", report.minutes() >= ENOUGH_MINUTES);
            json.writeBooleanProperty("networks_configured", report.networksConfigured());
            json.writeArrayPropertyStart("networks");
            report.networks().forEach(network -> network(json, network));
            json.writeEndArray();
            json.writeArrayPropertyStart("targets");
            report.targets().forEach(target -> target(json, target));
            json.writeEndArray();
            json.writeArrayPropertyStart("would_have_alarmed");
            alarms.forEach(alarm -> alarm(json, alarm));
            json.writeEndArray();
            json.writeArrayPropertyStart("how");
            HOW.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void network(JsonGenerator json, LearningReport.Network network) {
        json.writeStartObject();
        json.writeStringProperty("network", network.name());
        traffic(json, "inbound", network.inbound());
        traffic(json, "outbound", network.outbound());
        json.writeEndObject();
    }

    private static void traffic(JsonGenerator json, String name, LearningReport.Traffic traffic) {
        json.writeObjectPropertyStart(name);
        span(json, "packets_per_second", traffic.packetsPerSecond());
        span(json, "bits_per_second", traffic.bitsPerSecond());
        json.writeEndObject();
    }

    private static void span(JsonGenerator json, String name, LearningReport.Span span) {
        json.writeObjectPropertyStart(name);
        Json.number(json, "median", rounded(span.median()));
        Json.number(json, "percentile_95", rounded(span.percentile95()));
        Json.number(json, "percentile_99", rounded(span.percentile99()));
        Json.number(json, "maximum", rounded(span.maximum()));
        Json.number(json, "suggested_threshold", rounded(THRESHOLD_FACTOR * span.percentile99()));
        json.writeEndObject();
    }

    /** To a tenth; more would claim a precision that is not there. */
    private static double rounded(double rate) {
        return Math.round(rate * 10) / 10.0;
    }

    private static void target(JsonGenerator json, LearningReport.TargetRate target) {
        json.writeStartObject();
        json.writeStringProperty("target", target.target());
        json.writeStringProperty("vector", target.vector());
        Json.number(json, "usual_packets_per_second", rounded(target.usual()));
        Json.number(json, "highest_packets_per_second", rounded(target.highest()));
        Json.number(json, "alarms_from_packets_per_second", rounded(target.alarm()));
        json.writeNumberProperty("minutes", target.minutes());
        json.writeStringProperty("last_seen", target.lastSeen().toString());
        json.writeEndObject();
    }

    private record Alarm(String vector, String target, int count, double packets, double bits, Instant last) {
        Alarm plus(Alarm other) {
            return new Alarm(
                    vector,
                    target,
                    count + other.count,
                    Math.max(packets, other.packets),
                    Math.max(bits, other.bits),
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    private List<Alarm> alarms() {
        FindingPage page = store.findings(FindingQuery.newest(FindingQuery.MOST_ON_A_PAGE)
                .withKind("attack")
                .withMode(StoredFinding.Mode.MONITOR));
        Map<List<String>, Alarm> alarms = new HashMap<>();
        for (StoredFinding finding : page.findings()) {
            JsonNode attack = Json.OWN.readTree(finding.json());
            Alarm alarm = new Alarm(
                    attack.at("/vectors/0/name").asString("unknown"),
                    finding.target(),
                    1,
                    attack.at("/peak/packets_per_second").asDouble(0),
                    attack.at("/peak/bits_per_second").asDouble(0),
                    finding.end());
            alarms.merge(List.of(alarm.vector(), alarm.target()), alarm, Alarm::plus);
        }
        return alarms.values().stream()
                .sorted(Comparator.comparingDouble(Alarm::packets)
                        .reversed()
                        .thenComparing(Alarm::target)
                        .thenComparing(Alarm::vector))
                .limit(MOST_ALARMS)
                .toList();
    }

    private static void alarm(JsonGenerator json, Alarm alarm) {
        json.writeStartObject();
        json.writeStringProperty("vector", alarm.vector());
        json.writeStringProperty("target", alarm.target());
        json.writeNumberProperty("count", alarm.count());
        Json.number(json, "highest_packets_per_second", rounded(alarm.packets()));
        Json.number(json, "highest_bits_per_second", rounded(alarm.bits()));
        json.writeStringProperty("last_seen", alarm.last().toString());
        json.writeEndObject();
    }
}
