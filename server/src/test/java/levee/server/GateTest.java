package levee.server;

import static levee.server.TestServer.bearer;
import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void withoutTokensLoopbackMayReadButNotChange() throws Exception {
        try (TestServer server = TestServer.withoutTokens()) {
            server.store.save(Findings.open(1));
            String change = "/api/v1/findings/" + Findings.open(1).id() + "/acknowledge";

            assertThat(server.get("/api/v1/findings").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = server.post(change, "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"levee\"");
            assertThat(json(refused).path("remedy").asString())
                    .contains("No tokens are configured and nobody may sign in");
            assertThat(server.post(change, "", "Authorization", bearer("x".repeat(30)))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.store.audit).isEmpty();
        }
    }

    @Test
    void withTokensEveryoneNeedsOne() throws Exception {
        try (TestServer server = TestServer.withTokens()) {
            server.store.save(Findings.open(1));
            String change = "/api/v1/findings/" + Findings.open(1).id() + "/acknowledge";

            for (String path :
                    List.of("/api/v1/findings", "/api/v1/stats", "/api/v1/settings", "/api/v1/events", "/metrics")) {
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            String[] reader = {"Authorization", bearer(TestServer.READ_TOKEN)};
            String[] writer = {"Authorization", bearer(TestServer.WRITE_TOKEN)};
            assertThat(server.get("/api/v1/findings", reader).statusCode()).isEqualTo(200);
            assertThat(server.get("/api/v1/findings", writer).statusCode()).isEqualTo(200);
            HttpResponse<String> insufficient = server.post(change, "", reader);
            assertThat(insufficient.statusCode()).isEqualTo(403);
            assertThat(insufficient.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("insufficient_scope");
            assertThat(server.post(change, "", writer).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void wrongTokensAreRefusedAndNeverRepeated() throws Exception {
        try (TestServer server = TestServer.withTokens()) {
            for (String header : List.of(
                    bearer(TestServer.READ_TOKEN + "x"),
                    bearer(TestServer.READ_TOKEN.substring(1)),
                    "Bearer",
                    "Bearer ",
                    "Basic " + TestServer.READ_TOKEN,
                    TestServer.READ_TOKEN,
                    bearer(TestServer.READ_TOKEN) + " x",
                    bearer(TestServer.hash(TestServer.READ_TOKEN)))) {
                HttpResponse<String> response = server.get("/api/v1/findings", "Authorization", header);
                assertThat(response.statusCode()).as(header).isEqualTo(401);
                assertThat(response.body()).doesNotContain(TestServer.READ_TOKEN.substring(1));
            }
            assertThat(server.get("/api/v1/findings", "Authorization", "bEARER " + TestServer.READ_TOKEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.complaints).isEmpty();
        }
    }

    @Test
    void onlyOwnNamesAreAnswered() throws Exception {
        try (TestServer server = new TestServer(TestServer.settings(List.of(), List.of("Levee.example")))) {
            for (String host : List.of(
                    "localhost:" + server.port,
                    "LOCALHOST",
                    "127.0.0.1:" + server.port,
                    "[::1]:" + server.port,
                    "127.0.0.1:9999",
                    "levee.example",
                    "levee.example:443")) {
                assertThat(status(server, host, "")).as(host).isEqualTo(200);
            }
            for (String host : List.of(
                    "evil.example",
                    "evil.example:" + server.port,
                    "127.0.0.1.evil.example",
                    "localhost.evil.example",
                    "notlocalhost",
                    "192.0.2.1",
                    "0.0.0.0",
                    "127.0.0.2",
                    "[::2]")) {
                assertThat(status(server, host, "")).as(host).isEqualTo(421);
            }
            for (String host :
                    List.of("", "localhost:", "localhost:x", "a@localhost", "localhost/x", "localhost, evil")) {
                assertThat(status(server, host, "")).as(host).isBetween(400, 421);
            }
        }
    }

    @Test
    void onlyOwnPagesAreAnswered() throws Exception {
        try (TestServer server = TestServer.withoutTokens()) {
            String host = "localhost:" + server.port;
            assertThat(status(server, host, "Origin: http://" + host + "\r\n")).isEqualTo(200);
            for (String origin : List.of(
                    "http://evil.example",
                    "null",
                    "http://localhost:3000",
                    "http://localhost",
                    "http://127.0.0.1:" + server.port,
                    "http://" + host + ".evil.example")) {
                assertThat(status(server, host, "Origin: " + origin + "\r\n"))
                        .as(origin)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void everyPathIsGuarded() throws Exception {
        try (TestServer server = TestServer.withoutTokens()) {
            for (Operation operation : server.server.operations()) {
                String path =
                        operation.path().replace("{id}", Findings.open(1).id()).replace("{address}", "192.0.2.7");
                String answer = server.raw(operation.method() + " " + path
                        + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                assertThat(answer).as(path).startsWith("HTTP/1.1 421 ");
            }
        }
    }

    @Test
    void anUpgradeToWebSocketGoesNowhere() throws Exception {
        try (TestServer server = TestServer.withoutTokens()) {
            String answer = server.raw("GET /api/v1/events HTTP/1.1\r\nHost: evil.example\r\nUpgrade: websocket\r\n"
                    + "Connection: close, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 421 ");
        }
    }

    private static int status(TestServer server, String host, String headers) throws Exception {
        String answer = server.raw(
                "GET /api/v1/findings HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "Connection: close\r\n\r\n");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static ServerSettings open(String host, List<AccessToken> tokens, Transport transport) {
        return new ServerSettings(
                host, 0, List.of(), tokens, Operation.Access.VIEWERS, "1", TestServer.LIMITS, transport);
    }

    @Test
    void elsewhereThanOnLoopbackTlsAndSomebodyAreNeeded() throws Exception {
        Transport proxies = new Transport.BehindProxies(List.of(IpAddress.parse("127.0.0.1")));
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
            assertThatThrownBy(() -> new TestServer(open(host, TestServer.tokens(), new Transport.Plain())))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("does not listen on " + host + " without TLS")
                    .hasMessageContaining("proxies: [ADDRESS]");
            assertThatThrownBy(() -> new TestServer(open(host, List.of(), proxies)))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("nobody could sign in");
        }
        try (TestServer server = new TestServer(open("0.0.0.0", TestServer.tokens(), proxies))) {
            assertThat(status(server, "192.0.2.7:80", "")).isEqualTo(401);
            assertThat(status(server, "evil.example", "")).isEqualTo(421);
        }
    }

    @Test
    void whereItCannotListenItSaysWhy() throws Exception {
        try (TestServer server = TestServer.withoutTokens()) {
            ServerSettings taken = new ServerSettings(
                    "127.0.0.1", server.port, List.of(), List.of(), Operation.Access.VIEWERS, "1", TestServer.LIMITS);
            assertThatThrownBy(() -> new TestServer(taken))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("port " + server.port)
                    .hasMessageContaining("in use");
        }
        ServerSettings nowhere = new ServerSettings(
                "no such host", 0, List.of(), List.of(), Operation.Access.VIEWERS, "1", TestServer.LIMITS);
        assertThatThrownBy(() -> new TestServer(nowhere)).isInstanceOf(ServerException.class);
    }
}
