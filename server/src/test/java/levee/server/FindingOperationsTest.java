package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import levee.model.Attack;
import levee.model.InfectedHost;
import levee.store.StoredFinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FindingOperationsTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFindingIsTheObjectOfTheReportsWithWhenAndHowItWasNoticed() {
        StoredFinding finding = Findings.open(1);
        server.store.save(finding);

        JsonNode found = json(server.get("/api/v1/findings/" + finding.id()));

        ObjectNode expected = (ObjectNode) JsonMapper.shared().readTree(finding.json());
        expected.put("detected_at", "2026-03-01T12:01:01.750Z");
        expected.put("mode", "alert");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void listsAllByPages() {
        for (int i = 0; i < 7; i++) {
            server.store.save(Findings.open(i));
        }

        List<String> targets = new ArrayList<>();
        String path = "/api/v1/findings?limit=3";
        int pages = 0;
        for (String next = ""; next != null; pages++) {
            JsonNode page = json(server.get(path + (next.isEmpty() ? "" : "&cursor=" + next)));
            page.path("findings")
                    .forEach(finding -> targets.add(finding.path("target").asString()));
            next = page.path("next").isNull() ? null : page.path("next").asString();
        }

        assertThat(pages).isEqualTo(3);
        assertThat(targets)
                .containsExactly(
                        "10.0.0.6/32",
                        "10.0.0.5/32",
                        "10.0.0.4/32",
                        "10.0.0.3/32",
                        "10.0.0.2/32",
                        "10.0.0.1/32",
                        "10.0.0.0/32");
    }

    @Test
    void filtersByKindAndLevel() {
        server.store.save(Findings.open(1));
        server.store.save(Findings.infected(2, InfectedHost.Level.NOTIFY));
        for (int i = 3; i < 9; i++) {
            server.store.save(Findings.infected(i, InfectedHost.Level.SUSPECTED));
        }

        assertThat(hosts("?kind=infected-host")).hasSize(7);
        assertThat(hosts("?level=notify")).containsExactly("10.0.0.2");
        assertThat(targets("?kind=attack")).containsExactly("10.0.0.1/32");
        assertThat(hosts("?kind=infected-host&level=suspected&limit=500")).hasSize(6);
        assertThat(hosts("?kind=scanner")).isEmpty();
        JsonNode far = json(server.get("/api/v1/findings?level=notify&limit=2"));
        assertThat(far.at("/findings/0/host").asString()).isEqualTo("10.0.0.2");
        assertThat(server.get("/api/v1/findings?level=certain").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/findings?kind=attack&level=notify").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/api/v1/findings?kind=gossip").statusCode()).isEqualTo(400);
    }

    private List<String> hosts(String query) {
        return json(server.get("/api/v1/findings" + query))
                .path("findings")
                .valueStream()
                .map(finding -> finding.path("host").asString())
                .toList();
    }

    @Test
    void filters() {
        server.store.save(Findings.open(1));
        server.store.save(Findings.ended(2));

        assertThat(targets("?state=open")).containsExactly("10.0.0.1/32");
        assertThat(targets("?state=ended&kind=attack")).containsExactly("10.0.0.2/32");
        assertThat(targets("?mode=monitor")).containsExactly("10.0.0.2/32");
        assertThat(targets("?since=2026-03-01T13:02:00%2B01:00")).containsExactly("10.0.0.2/32");
        assertThat(targets("")).hasSize(2);
    }

    private List<String> targets(String query) {
        List<String> targets = new ArrayList<>();
        json(server.get("/api/v1/findings" + query))
                .path("findings")
                .forEach(finding -> targets.add(finding.path("target").asString()));
        return targets;
    }

    @Test
    void noFindingsAreAnEmptyList() {
        assertThat(server.get("/api/v1/findings").body()).isEqualTo("{\"findings\":[],\"next\":null}");
    }

    @Test
    void whatCannotBeAskedIsExplained() {
        assertProblem("?stat=open", 400, "no parameter 'stat'", "Did you mean 'state'?");
        assertProblem("?state=opened", 400, "'opened' is no value of 'state'", "Did you mean 'open'?");
        assertProblem("?limit=0", 400, "'0'", "from 1 to 500");
        assertProblem("?limit=501", 400, "'501'", "from 1 to 500");
        assertProblem("?limit=1e2", 400, "'1e2'", "from 1 to 500");
        assertProblem("?limit=", 400, "''", "from 1 to 500");
        assertProblem("?since=yesterday", 400, "'yesterday'", "RFC 3339");
        assertProblem("?since=2026-03-01T13:02:00+01:00", 400, "'since'", "%2B");
        assertProblem("?since=%2B100000-01-01T00:00:00Z", 400, "'since'", "1970 to 2261");
        assertProblem("?cursor=page-x", 400, "The cursor", "'next'");
        assertProblem("?state=open&state=ended", 400, "'state' is given 2 times", "once");
        assertProblem("?cursor=" + "x".repeat(600), 400, "longer than 512", "Shorten");
        assertProblem("?x%0d%0aSet-Cookie:%20a=b", 400, "'x??Set-Cookie: a'", "Known are: kind, level, state");
    }

    private void assertProblem(String query, int status, String detail, String remedy) {
        HttpResponse<String> response = server.get("/api/v1/findings" + query);
        assertThat(response.statusCode()).as(query).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).path("detail").asString()).contains(detail);
        assertThat(json(response).path("remedy").asString()).contains(remedy);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void unknownFindingsAreNotFound() {
        for (String id : List.of("attack-0000000000000000", "ATTACK-1", "%C3%A9", "a".repeat(200))) {
            assertThat(server.get("/api/v1/findings/" + id).statusCode()).as(id).isEqualTo(404);
        }
    }

    @Test
    void revisionsTellHowAFindingDeveloped() {
        server.store.save(Findings.open(1));
        server.store.save(Findings.ended(1));

        JsonNode revisions = json(server.get(
                        "/api/v1/findings/" + Findings.open(1).id() + "/revisions"))
                .path("revisions");

        assertThat(revisions).hasSize(2);
        assertThat(revisions.path(0).path("finding").path("state").asString()).isEqualTo("open");
        assertThat(revisions.path(1).path("finding").path("state").asString()).isEqualTo("ended");
        assertThat(revisions.path(1).path("revision").asInt()).isEqualTo(2);
    }

    @Test
    void aSampleIsWholeWhileTheFindingIsInMemoryAndAnExcerptLater() {
        StoredFinding finding = Findings.open(1);
        server.store.save(finding);
        String path = "/api/v1/findings/" + finding.id() + "/sample";

        JsonNode excerpt = json(server.get(path));
        server.system.findings.put(finding.id(), Findings.attack(1, Attack.State.OPEN));
        JsonNode whole = json(server.get(path + "?format=json"));

        assertThat(excerpt.path("complete").asBoolean()).isFalse();
        assertThat(excerpt.path("samples").path(0).path("rows")).hasSize(10);
        assertThat(excerpt.path("samples").path(0).path("weight").isNull()).isTrue();
        assertThat(whole.path("complete").asBoolean()).isTrue();
        assertThat(whole.path("samples").path(0).path("rows")).hasSize(25);
        assertThat(whole.path("samples").path(0).path("weight").asDouble()).isEqualTo(40);
        assertThat(whole.path("samples").path(0).path("rows"))
                .containsAll(excerpt.path("samples").path(0).path("rows"));
    }

    @Test
    void aSampleCanBeATable() {
        StoredFinding finding = Findings.open(1);
        server.store.save(finding);

        HttpResponse<String> response = server.get("/api/v1/findings/" + finding.id() + "/sample?format=csv");

        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + finding.id() + "-sample.csv\"");
        assertThat(response.body().split("\r\n"))
                .hasSize(13)
                .startsWith(
                        "of,time,source,source_port,destination,destination_port,protocol,tcp_flags,time_to_live,packets,bytes",
                        "tcp-syn-flood,2026-03-01T12:01:00.250Z,192.0.2.0,1024,10.0.0.1,443,6,2,53,1,44")
                .endsWith("other-traffic,2026-03-01T12:01:00.251Z,192.0.2.1,1025,10.0.0.1,443,6,2,53,1,44");
    }

    @Test
    void aSampleIsNoCaptureAndThatIsExplained() {
        server.store.save(Findings.open(1));

        HttpResponse<String> response =
                server.get("/api/v1/findings/" + Findings.open(1).id() + "/sample?format=pcap");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("detail").asString()).contains("do not hold all of a packet's header");
    }
}
