package levee.server;

import java.nio.charset.StandardCharsets;
import levee.model.FindingEvent;
import levee.store.StoredFinding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings as this server hands them out: the JSON of the reports, and when and how they were noticed. */
final class FindingObjects {
    private FindingObjects() {}

    /** {@code {…,"detected_at":"…","mode":"…"}}, for who asks. */
    static void write(JsonGenerator json, StoredFinding finding, Caller caller) {
        String whole = "{" + fields(finding) + "}";
        json.writeRawValue(caller.networks().isEmpty() ? whole : withoutRouters(whole));
    }

    /** Which routers the provider has is nothing for its customers. */
    static String withoutRouters(String finding) {
        JsonNode tree = Json.OWN.readTree(finding);
        if (tree instanceof ObjectNode object && object.has("ingress")) {
            object.putArray("ingress");
        }
        return tree.toString();
    }

    /** {@code {"event":"…",…,"detected_at":"…","mode":"…"}}, in one line. */
    static byte[] line(FindingEvent.Change change, StoredFinding finding) {
        return ("{\"event\":\"" + Constants.label(change) + "\"," + fields(finding) + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String fields(StoredFinding finding) {
        String json = finding.json();
        if (!json.startsWith("{") || !json.endsWith("}") || json.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a finding is kept as one JSON object in one line");
        }
        return json.substring(1, json.length() - 1) + ",\"detected_at\":\"" + finding.detectedAt() + "\",\"mode\":\""
                + Constants.label(finding.mode()) + "\"";
    }
}
