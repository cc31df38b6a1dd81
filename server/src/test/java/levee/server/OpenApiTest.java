package levee.server;

import static levee.server.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import levee.access.Role;
import levee.model.FindingEvent.Change;
import levee.store.Resolution;
import levee.store.TrafficPoint;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description says what the server does, and the server does what it says. */
class OpenApiTest {
    private static final OpenApi DESCRIPTION = new OpenApi();
    private static final String FINDING = Findings.open(1).id();

    private TestServer server;
    private String administrator;

    /** A call and what comes of it. */
    private record Call(String operation, String query, String body, int status) {
        Call(String operation, String query, int status) {
            this(operation, query, "", status);
        }

        String method() {
            return operation.substring(0, operation.indexOf(' '));
        }

        String path(String finding) {
            return operation
                            .substring(operation.indexOf(' ') + 1)
                            .replace("{id}", finding)
                            .replace("{address}", "192.0.2.7")
                    + query;
        }
    }

    private static final List<Call> CALLS = List.of(
            new Call("GET /api/v1/findings", "", 200),
            new Call("GET /api/v1/findings", "?limit=1&kind=attack&state=open&since=2026-01-01T00:00:00Z", 200),
            new Call("GET /api/v1/findings", "?limits=1", 400),
            new Call("GET /api/v1/findings/{id}", "", 200),
            new Call("GET /api/v1/findings/{id}", "?x", 400),
            new Call("GET /api/v1/findings/{id}/revisions", "", 200),
            new Call("POST /api/v1/findings/{id}/acknowledge", "", "", 200),
            new Call("POST /api/v1/findings/{id}/acknowledge", "", "{\"note\":null}", 200),
            new Call("POST /api/v1/findings/{id}/mute", "", "{\"until\":\"2026-03-02T00:00:00Z\",\"note\":\"x\"}", 200),
            new Call("POST /api/v1/findings/{id}/mute", "", "{}", 400),
            new Call("POST /api/v1/findings/{id}/false-alarm", "", "{\"note\":\"ours\"}", 200),
            new Call("POST /api/v1/findings/{id}/false-alarm", "", "x".repeat(20_000), 413),
            new Call("POST /api/v1/findings/{id}/clear", "", "{}", 200),
            new Call("GET /api/v1/findings/{id}/annotations", "", 200),
            new Call("GET /api/v1/findings/{id}/sample", "", 200),
            new Call("GET /api/v1/findings/{id}/sample", "?format=csv", 200),
            new Call("GET /api/v1/findings/{id}/sample", "?format=pcap", 400),
            new Call("GET /api/v1/exporters", "", 200),
            new Call("GET /api/v1/stats", "", 200),
            new Call("GET /api/v1/settings", "", 200),
            new Call("GET /api/v1/learning", "", 200),
            new Call("GET /api/v1/learning", "?x=1", 400),
            new Call("GET /api/v1/traffic", "?series=all", 200),
            new Call(
                    "GET /api/v1/traffic",
                    "?series=all&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z&resolution=second",
                    200),
            new Call("GET /api/v1/traffic", "?series=al", 404),
            new Call("GET /api/v1/traffic", "", 400),
            new Call("GET /api/v1/traffic/series", "", 200),
            new Call("GET /api/v1/talkers", "", 200),
            new Call("GET /api/v1/talkers", "?x=1", 400),
            new Call("GET /api/v1/hosts/{address}", "", 200),
            new Call("GET /api/v1/openapi.yaml", "", 200),
            new Call("GET /api/v1/findings.schema.json", "", 200),
            new Call("GET /api/v1/audit", "", 200),
            new Call("GET /api/v1/audit", "?actor=ann&action=finding.mute&limit=1", 200),
            new Call("GET /api/v1/audit", "?limit=0", 400),
            new Call("GET /api/v1/audit", "?action=", 400),
            new Call("GET /metrics", "", 200),
            new Call("GET /health/live", "", 200),
            new Call("GET /health/ready", "", 200));

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withTokens();
        administrator =
                server.signIn("root", Role.ADMINISTRATOR, Optional.empty()).cookie();
        server.store.save(Findings.open(1));
        server.store.save(Findings.ended(2));
        for (Resolution resolution : Resolution.values()) {
            server.store.addTraffic(
                    resolution, List.of(new TrafficPoint("all", TestClock.NOW.minusSeconds(60), 1_000, 900_000)));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        Set<String> routes = new TreeSet<>();
        for (Operation operation : server.server.operations()) {
            String name = operation.method() + " " + operation.path();
            routes.add(name);
            assertThat(DESCRIPTION.queryParameters(name)).as(name).isEqualTo(new TreeSet<>(operation.parameters()));
        }
        assertThat(DESCRIPTION.operations()).isEqualTo(routes);
    }

    @Test
    void whoMayIsDescribed() {
        for (Operation operation : server.server.operations()) {
            String security = DESCRIPTION
                    .operation(operation.method() + " " + operation.path())
                    .path("security")
                    .toString();
            String expected = switch (operation.access()) {
                case ANYBODY -> "[{}]";
                case METRICS, VIEWERS -> "";
                case OPERATORS -> "[{\"token\":[\"write\"]},{\"session\":[\"operator\"],\"csrf\":[]}]";
                case ADMINISTRATORS -> "[{\"session\":[\"administrator\"]}]";
            };
            assertThat(security).as(operation.path()).isEqualTo(expected);
        }
    }

    @Test
    void everyAnswerIsAsDescribed() {
        for (Call call : CALLS) {
            assertAnswer(call, FINDING, call.status());
        }
        Set<String> asked =
                new LinkedHashSet<>(CALLS.stream().map(Call::operation).toList());
        // The one that never ends has a test of its own.
        asked.add("GET /api/v1/events");
        assertThat(asked).containsExactlyInAnyOrderElementsOf(DESCRIPTION.operations());
    }

    private void assertAnswer(Call call, String finding, int status) {
        HttpRequest.Builder request = request(call, finding);
        // No token is an administrator's.
        HttpResponse<String> answer = server.send(
                call.operation().endsWith("/audit")
                        ? request.header("Cookie", administrator).build()
                        : request.header("Authorization", bearer(TestServer.WRITE_TOKEN))
                                .build());
        assertThat(answer.statusCode()).as(call + ": " + answer.body()).isEqualTo(status);
        assertThat(DESCRIPTION.complaints(call.operation(), answer))
                .as(call.toString())
                .isEmpty();
    }

    private HttpRequest.Builder request(Call call, String finding) {
        HttpRequest.Builder request =
                server.request(call.path(finding)).method(call.method(), BodyPublishers.ofString(call.body()));
        return call.body().isEmpty() ? request : request.header("Content-Type", "application/json");
    }

    @Test
    void everyRefusalIsAsDescribed() throws IOException {
        for (String name : DESCRIPTION.operations()) {
            Call call = new Call(name, "", 0);
            boolean open =
                    DESCRIPTION.operation(name).path("security").toString().equals("[{}]");
            if (!open) {
                HttpResponse<String> anonymous =
                        server.send(request(call, FINDING).build());
                assertThat(anonymous.statusCode()).as(name).isEqualTo(401);
                assertThat(DESCRIPTION.complaints(name, anonymous)).as(name).isEmpty();
            }
            HttpResponse<String> foreign = server.send(request(call, FINDING)
                    .header("Origin", "http://evil.example")
                    .header("Authorization", bearer(TestServer.WRITE_TOKEN))
                    .build());
            assertThat(foreign.statusCode()).as(name).isEqualTo(403);
            assertThat(DESCRIPTION.complaints(name, foreign)).as(name).isEmpty();
            if (name.contains("{id}")) {
                assertAnswer(call, "attack-0", 404);
            }
            assertAnswer(new Call(name, "?no-such-parameter=1", 0), FINDING, 400);
        }
    }

    @Test
    void brokenStoresAreAsDescribed() {
        server.store.failure = Optional.of(FakeStore.broken());
        for (String name : DESCRIPTION.operations()) {
            if (name.contains("/findings") && !name.contains("schema") || name.contains("/traffic")) {
                String query = name.endsWith("/traffic") ? "?series=all" : "";
                assertAnswer(new Call(name, query, 0), FINDING, 503);
            }
        }
        server.system.obstacles = List.of("nothing listens on UDP port 2055: address in use");
        assertAnswer(new Call("GET /health/ready", "", 0), FINDING, 503);
    }

    @Test
    void eventsAreAsDescribed() throws IOException {
        try (EventStream stream = new EventStream(server.port, "Authorization", bearer(TestServer.READ_TOKEN))) {
            assertThat(stream.status).endsWith("200 OK");
            stream.next();
            for (Change change : Change.values()) {
                server.feed.publish(change, Findings.open(1));
                assertThat(DESCRIPTION.complaints(
                                "EventLine", stream.nextChange().data()))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatIsServedIsTheDocumentInTheRepository() throws IOException {
        assertThat(server.get("/api/v1/openapi.yaml").body())
                .isEqualTo(Files.readString(Path.of("..", "docs", "openapi.yaml")));
        assertThat(server.get("/api/v1/findings.schema.json").body())
                .isEqualTo(Files.readString(Path.of("..", "docs", "findings.schema.json")));
    }

    /** Whether the checks above can fail at all. */
    @Test
    void complaintsAreMade() {
        String line = new String(FindingObjects.line(Change.OPENED, Findings.open(1)), StandardCharsets.UTF_8);
        for (String wrong : List.of(
                line.replace("opened", "open"),
                line.replace("\"mode\":\"alert\"", "\"mode\":\"loud\""),
                line.replace("\"mode\":\"alert\"", "\"mode\":\"alert\",\"more\":1"),
                line.replace("\"direction\":\"inbound\",", ""),
                line.replaceFirst("\"detected_at\":\"[^\"]*\",", ""))) {
            assertThat(wrong).isNotEqualTo(line);
            assertThat(DESCRIPTION.complaints("EventLine", wrong)).as(wrong).isNotEmpty();
        }
        assertThat(DESCRIPTION.complaints("EventLine", line)).isEmpty();
        HttpResponse<String> other = server.get("/health/live");
        assertThat(DESCRIPTION.complaints("GET /metrics", other)).isNotEmpty();
    }
}
