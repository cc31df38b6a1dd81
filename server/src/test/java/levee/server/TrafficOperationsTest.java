package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import levee.store.Resolution;
import levee.store.TrafficPoint;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TrafficOperationsTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
        server.store.addTraffic(
                Resolution.MINUTE,
                List.of(
                        new TrafficPoint("network 10.0.0.0/8", TestClock.NOW.minusSeconds(7_200), 1, 2),
                        new TrafficPoint("network 10.0.0.0/8", TestClock.NOW.minusSeconds(60), 3, 4),
                        new TrafficPoint("all", TestClock.NOW.minusSeconds(60), 5, 6)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsSeries() {
        assertThat(server.get("/api/v1/traffic/series").body())
                .isEqualTo("{\"series\":[\"all\",\"network 10.0.0.0/8\"]}");
    }

    @Test
    void tellsTheLastHourByMinutesUnlessAskedForMore() {
        String series = "/api/v1/traffic?series=network+10.0.0.0%2F8";
        JsonNode hour = json(server.get(series));
        JsonNode more = json(server.get(series + "&from=2026-03-01T11:00:00Z"));

        assertThat(hour.path("resolution").asString()).isEqualTo("minute");
        assertThat(hour.path("from").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(hour.path("to").asString()).isEqualTo("2026-03-01T13:00:00Z");
        assertThat(hour.path("points").toString())
                .isEqualTo("[{\"time\":\"2026-03-01T12:59:00Z\",\"packets\":3,\"bytes\":4}]");
        assertThat(more.path("points")).hasSize(2);
    }

    @Test
    void whatCannotBeShownIsExplained() {
        assertProblem("?series=", 400, "GET /api/v1/traffic/series");
        assertProblem("?series=a%00", 400, "Leave it out");
        assertProblem("?series=al", 404, "Did you mean 'all'?");
        assertProblem("?series=all&resolution=hour", 400, "second, minute");
        assertProblem("?series=all&from=2026-03-01T13:00:00Z", 400, "before 'to'");
        assertProblem("?series=all&from=2026-02-28T13:00:00Z&resolution=second", 400, "50000");
        assertProblem("?series=all&from=1970-01-01T00:00:00Z", 400, "50000");
    }

    private void assertProblem(String query, int status, String remedy) {
        HttpResponse<String> response = server.get("/api/v1/traffic" + query);
        assertThat(response.statusCode()).as(query).isEqualTo(status);
        assertThat(json(response).path("remedy").asString()).contains(remedy);
    }
}
