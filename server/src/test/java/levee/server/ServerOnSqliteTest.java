package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import levee.access.People;
import levee.access.SessionLimits;
import levee.store.AuditQuery;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.TrafficPoint;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** With a real store: what the other tests take for granted of it. */
class ServerOnSqliteTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final List<String> complaints = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private Store store;
    private LeveeServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
        server = new LeveeServer(
                TestServer.settings(TestServer.tokens(), List.of()),
                store,
                new FakeSystem(),
                new FindingFeed(clock),
                clock,
                complaints::add,
                new People(store, clock, new SecureRandom(), SessionLimits.USUAL, Optional.empty()),
                Addition.NONE);
        port = server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        store.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", TestServer.bearer(TestServer.WRITE_TOKEN))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    @Test
    void findingsArePagedAndFiltered() throws Exception {
        store.saveAll(IntStream.range(0, 25).mapToObj(Findings::open).toList());
        store.save(Findings.ended(7));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(get("/api/v1/findings?state=open&limit=10" + cursor));
            page.path("findings").forEach(finding -> seen.add(finding.path("id").asString()));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());

        assertThat(seen)
                .hasSize(24)
                .doesNotHaveDuplicates()
                .doesNotContain(Findings.open(7).id());
        assertThat(json(get("/api/v1/findings?state=ended&kind=attack&mode=monitor&since=2026-03-01T12:07:00Z"))
                        .path("findings"))
                .hasSize(1);
        assertThat(get("/api/v1/findings?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/findings/attack-0000000000000000").statusCode()).isEqualTo(404);
    }

    @Test
    void whatPeopleSayIsKeptAndAudited() throws Exception {
        store.save(Findings.open(1));
        String finding = "/api/v1/findings/" + Findings.open(1).id();

        HttpResponse<String> muted =
                send("POST", finding + "/mute", "{\"until\":\"2026-03-02T00:00:00Z\",\"note\":\"\\ud800 \\u00e9\"}");

        assertThat(muted.statusCode()).as(muted.body()).isEqualTo(200);
        assertThat(json(get(finding + "/annotations"))
                        .path("annotations")
                        .path(0)
                        .path("until")
                        .asString())
                .isEqualTo("2026-03-02T00:00:00Z");
        assertThat(store.auditLines(AuditQuery.newest(10)).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("ann"));
    }

    @Test
    void trafficIsTold() throws Exception {
        store.addTraffic(
                Resolution.SECOND, List.of(new TrafficPoint("all", TestClock.NOW.minusSeconds(5), 1_000, 2_000)));

        JsonNode points =
                json(get("/api/v1/traffic?series=all&resolution=second")).path("points");

        assertThat(points.toString())
                .isEqualTo("[{\"time\":\"2026-03-01T12:59:55Z\",\"packets\":1000,\"bytes\":2000}]");
    }

    @Test
    void healthIsThatOfTheStore() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(complaints).isEmpty();
    }
}
