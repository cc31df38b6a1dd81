package levee.server;

import static levee.server.TestServer.bearer;
import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import levee.store.AuditLine;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChangeOperationsTest {
    private static final String FINDING = "/api/v1/findings/" + Findings.open(1).id();

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withTokens();
        server.store.save(Findings.open(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) {
        return server.post(path, body, "Authorization", bearer(TestServer.WRITE_TOKEN));
    }

    @Test
    void whatPeopleSayIsKeptAndAudited() {
        assertThat(post(FINDING + "/acknowledge", "").statusCode()).isEqualTo(200);
        post(FINDING + "/mute", "{\"until\":\"2026-03-02T00:00:00+01:00\",\"note\":\"known test\"}");
        JsonNode last = json(post(FINDING + "/false-alarm", "{\"note\":\"our own scan\\nevery Monday\"}"));

        assertThat(last.toString())
                .isEqualTo("{\"mark\":\"false-alarm\",\"by\":\"ann\",\"at\":\"2026-03-01T13:00:00Z\",\"until\":null,"
                        + "\"note\":\"our own scan\\nevery Monday\"}");
        post(FINDING + "/clear", "{}");
        JsonNode kept = json(server.get(FINDING + "/annotations", "Authorization", bearer(TestServer.READ_TOKEN)))
                .path("annotations");
        assertThat(kept)
                .extracting(a -> a.path("mark").asString())
                .containsExactly("acknowledged", "muted", "false-alarm", "cleared");
        assertThat(kept.path(1).path("until").asString()).isEqualTo("2026-03-01T23:00:00Z");
        assertThat(server.store.audit)
                .extracting(AuditLine::action)
                .containsExactly("finding.acknowledge", "finding.mute", "finding.false-alarm", "finding.clear");
        assertThat(server.store.audit.getFirst())
                .isEqualTo(new AuditLine(
                        TestClock.NOW,
                        "ann",
                        "finding.acknowledge",
                        Findings.open(1).id(),
                        "{\"from\":\"127.0.0.1\",\"note\":\"\"}"));
    }

    @Test
    void unknownFindingsAreNotFoundAndNotAudited() {
        for (String change : List.of("acknowledge", "mute", "false-alarm", "clear")) {
            HttpResponse<String> response = post("/api/v1/findings/attack-0000000000000000/" + change, "");
            assertThat(response.statusCode()).as(change).isEqualTo(404);
        }
        assertThat(server.store.audit).isEmpty();
    }

    @Test
    void nothingChangesThatCannotBeAudited() {
        server.store.failure = Optional.of(new IllegalStateException("closed"));
        assertThat(post(FINDING + "/acknowledge", "").statusCode()).isEqualTo(500);
        server.store.failure = Optional.empty();
        assertThat(server.store.annotations(Findings.open(1).id())).isEmpty();
        assertThat(server.complaints)
                .singleElement()
                .asString()
                .contains("/acknowledge")
                .contains("closed");
    }

    @Test
    void whatCannotBeKeptIsExplained() {
        assertProblem("/mute", "", 400, "until");
        assertProblem("/mute", "{\"until\":\"tomorrow\"}", 400, "RFC 3339");
        assertProblem("/mute", "{\"until\":7}", 400, "RFC 3339");
        assertProblem("/mute", "{\"until\":\"2026-03-01T13:00:00Z\"}", 400, "366 days");
        assertProblem("/mute", "{\"until\":\"2027-03-03T13:00:00Z\"}", 400, "366 days");
        assertProblem("/false-alarm", "{\"nota\":\"x\"}", 400, "Did you mean 'note'?");
        assertProblem("/false-alarm", "{\"note\":7}", 400, "2000 characters");
        assertProblem("/false-alarm", "{\"note\":\"" + "x".repeat(2_001) + "\"}", 400, "2000 characters");
        assertProblem("/false-alarm", "{\"note\":\"\\u0000\"}", 400, "control characters");
        assertProblem("/false-alarm", "{\"note\":\"a\",\"note\":\"b\"}", 400, "one JSON object");
        assertProblem("/false-alarm", "{\"note\":\"a\"} {}", 400, "one JSON object");
        assertProblem("/false-alarm", "[]", 400, "one JSON object");
        assertProblem("/false-alarm", "{", 400, "one JSON object");
        assertProblem("/false-alarm", "[".repeat(10_000), 400, "one JSON object");
        assertProblem("/false-alarm", " ".repeat(17_000), 413, "Shorten");
        assertProblem("/acknowledge?force=1", "", 400, "no parameters here");
        assertThat(server.store.audit).isEmpty();
    }

    private void assertProblem(String change, String body, int status, String remedy) {
        HttpResponse<String> response = post(FINDING + change, body);
        assertThat(response.statusCode()).as(change + " " + body).isEqualTo(status);
        assertThat(json(response).path("remedy").asString()).contains(remedy);
    }

    @Test
    void formsOfOtherPagesAreNoChanges() {
        HttpResponse<String> response = server.send(server.request(FINDING + "/false-alarm")
                .header("Authorization", bearer(TestServer.WRITE_TOKEN))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());

        assertThat(response.statusCode()).isEqualTo(415);
    }
}
