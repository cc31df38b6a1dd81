package levee.server;

/** Where things are. {@code docs/openapi.yaml} says the same, and a test compares the two. */
final class Paths {
    static final String FINDINGS = "/api/v1/findings";
    static final String FINDING = "/api/v1/findings/{id}";
    static final String REVISIONS = "/api/v1/findings/{id}/revisions";
    static final String ANNOTATIONS = "/api/v1/findings/{id}/annotations";
    static final String ACKNOWLEDGE = "/api/v1/findings/{id}/acknowledge";
    static final String MUTE = "/api/v1/findings/{id}/mute";
    static final String FALSE_ALARM = "/api/v1/findings/{id}/false-alarm";
    static final String CLEAR = "/api/v1/findings/{id}/clear";
    static final String SAMPLE = "/api/v1/findings/{id}/sample";
    static final String EXPORTERS = "/api/v1/exporters";
    static final String STATISTICS = "/api/v1/stats";
    static final String SETTINGS = "/api/v1/settings";
    static final String LEARNING = "/api/v1/learning";
    static final String TALKERS = "/api/v1/talkers";
    static final String HOST = "/api/v1/hosts/{address}";
    static final String EVENTS = "/api/v1/events";
    static final String TRAFFIC = "/api/v1/traffic";
    static final String TRAFFIC_SERIES = "/api/v1/traffic/series";
    static final String DESCRIPTION = "/api/v1/openapi.yaml";
    static final String FINDINGS_SCHEMA = "/api/v1/findings.schema.json";
    static final String AUDIT = "/api/v1/audit";
    static final String METRICS = "/metrics";
    static final String ALIVE = "/health/live";
    static final String READY = "/health/ready";

    private Paths() {}
}
