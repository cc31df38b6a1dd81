package levee.server;

import static levee.server.TestServer.bearer;
import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.access.Role;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.server.TestServer.SignedIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who show the cookie of a session. */
class SessionGateTest {
    private static final String ACKNOWLEDGE =
            "/api/v1/findings/" + Findings.open(1).id() + "/acknowledge";

    private TestServer server;
    private String origin;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withTokens();
        server.store.save(Findings.open(1));
        origin = "http://127.0.0.1:" + server.port;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int acknowledge(String... headers) {
        return server.send(server.request(ACKNOWLEDGE)
                        .POST(BodyPublishers.noBody())
                        .headers(headers)
                        .build())
                .statusCode();
    }

    @Test
    void theRoleDecides() {
        SignedIn viewer = server.signIn("vera", Role.VIEWER, Optional.empty());
        SignedIn operator = server.signIn("oleg", Role.OPERATOR, Optional.empty());
        SignedIn administrator = server.signIn("ada", Role.ADMINISTRATOR, Optional.empty());

        for (SignedIn each : List.of(viewer, operator, administrator)) {
            assertThat(server.get("/api/v1/findings", "Cookie", each.cookie()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(acknowledge("Cookie", viewer.cookie(), "Origin", origin, "X-CSRF-Token", viewer.csrfToken()))
                .isEqualTo(403);
        assertThat(acknowledge("Cookie", operator.cookie(), "Origin", origin, "X-CSRF-Token", operator.csrfToken()))
                .isEqualTo(200);
        assertThat(server.store.audit)
                .anyMatch(line -> line.actor().equals("oleg") && line.action().equals("finding.acknowledge"));
        assertThat(server.get("/api/v1/audit", "Cookie", operator.cookie()).statusCode())
                .isEqualTo(403);
        assertThat(server.get("/api/v1/audit", "Authorization", bearer(TestServer.WRITE_TOKEN))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/api/v1/audit", "Cookie", administrator.cookie()).statusCode())
                .isEqualTo(200);
    }

    /** ASVS 4.2.2, 13.2.3: a page of another site cannot act with the browser's cookie. */
    @Test
    void whatChangesSomethingNeedsTheTokenAndAPageOfOurs() {
        SignedIn oleg = server.signIn("oleg", Role.OPERATOR, Optional.empty());
        SignedIn other = server.signIn("otto", Role.OPERATOR, Optional.empty());
        String[] cookie = {"Cookie", oleg.cookie()};

        assertThat(acknowledge(cookie)).as("nothing").isEqualTo(403);
        assertThat(acknowledge("Cookie", oleg.cookie(), "X-CSRF-Token", oleg.csrfToken()))
                .as("no page")
                .isEqualTo(403);
        assertThat(acknowledge("Cookie", oleg.cookie(), "Origin", origin))
                .as("no token")
                .isIn(400, 403);
        assertThat(acknowledge("Cookie", oleg.cookie(), "Origin", origin, "X-CSRF-Token", other.csrfToken()))
                .as("the token of somebody else")
                .isEqualTo(403);
        assertThat(acknowledge("Cookie", oleg.cookie(), "Origin", origin, "X-CSRF-Token", ""))
                .as("an empty token")
                .isEqualTo(403);
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(acknowledge("Cookie", oleg.cookie(), "Sec-Fetch-Site", site, "X-CSRF-Token", oleg.csrfToken()))
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(acknowledge("Cookie", oleg.cookie(), "Origin", "null", "X-CSRF-Token", oleg.csrfToken()))
                .isEqualTo(403);
        assertThat(acknowledge(
                        "Cookie", oleg.cookie(), "Content-Type", "application/x-www-form-urlencoded", "Origin", origin))
                .as("a form without the token")
                .isEqualTo(403);
        assertThat(server.store.audit).noneMatch(line -> line.action().startsWith("finding."));
        assertThat(acknowledge(
                        "Cookie", oleg.cookie(), "Sec-Fetch-Site", "same-origin", "X-CSRF-Token", oleg.csrfToken()))
                .isEqualTo(200);
    }

    @Test
    void aSessionThatIsOverOrForgedLetsNobodyIn() {
        SignedIn vera = server.signIn("vera", Role.VIEWER, Optional.empty());
        String secret = vera.cookie().substring("levee=".length());
        for (String cookie : List.of(
                "levee=" + "A".repeat(43),
                "levee=" + secret.substring(1) + "A",
                "levee=" + secret + "; levee=" + secret,
                "levee=" + secret + "; levee=" + "A".repeat(43),
                "levee=",
                "levee=\"" + secret,
                "__Host-levee=" + secret,
                "levee=" + vera.csrfToken())) {
            assertThat(server.get("/api/v1/findings", "Cookie", cookie).statusCode())
                    .as(cookie)
                    .isEqualTo(401);
        }
        assertThat(server.get("/api/v1/findings", "Cookie", "x=y; " + vera.cookie())
                        .statusCode())
                .isEqualTo(200);
        server.clock.move(Duration.ofMinutes(30));
        assertThat(server.get("/api/v1/findings", "Cookie", vera.cookie()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aChangeOfTheAccountWorksAtOnceAndEndsWhatIsReadAlong() throws Exception {
        SignedIn vera = server.signIn("vera", Role.OPERATOR, Optional.empty());
        server.signIn("ada", Role.ADMINISTRATOR, Optional.empty());
        try (EventStream stream = new EventStream(server.port, "Cookie", vera.cookie())) {
            assertThat(stream.status).endsWith("200 OK");
            server.people.accounts().changeRole("ada", "vera", Role.VIEWER, false);

            assertThat(server.get("/api/v1/findings", "Cookie", vera.cookie()).statusCode())
                    .isEqualTo(401);
            assertThatThrownBy(() -> {
                        while (true) {
                            stream.next();
                        }
                    })
                    .hasMessageContaining("ended");
        }
    }

    @Test
    void aWrongTokenIsNotMendedByACookie() {
        SignedIn vera = server.signIn("vera", Role.VIEWER, Optional.empty());
        assertThat(server.get("/api/v1/findings", "Cookie", vera.cookie(), "Authorization", bearer("x".repeat(30)))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void accountsCloseWhatWasOpenToEverybodyOnThisMachine() throws Exception {
        try (TestServer open = TestServer.withoutTokens()) {
            assertThat(open.get("/api/v1/findings").statusCode()).isEqualTo(200);
            assertThat(open.get("/api/v1/audit").statusCode()).isEqualTo(401);
            open.signIn("ada", Role.ADMINISTRATOR, Optional.empty());
            HttpResponse<String> closed = open.get("/api/v1/findings");
            assertThat(closed.statusCode()).isEqualTo(401);
            assertThat(json(closed).path("remedy").asString()).contains("Sign in");
        }
    }

    @Test
    void aTokenForMetricsIsForNothingElse() throws Exception {
        try (TestServer metrics = new TestServer(TestServer.settings(
                List.of(AccessToken.ofHash("prometheus", Scope.METRICS, TestServer.hash(TestServer.READ_TOKEN))),
                List.of()))) {
            String[] token = {"Authorization", bearer(TestServer.READ_TOKEN)};
            for (Operation operation : metrics.server.operations()) {
                if (operation.method().equals("GET") && operation.access() != Operation.Access.ANYBODY) {
                    String path = operation.path().replace("{id}", "attack-1").replace("{address}", "192.0.2.7");
                    assertThat(metrics.get(path, token).statusCode())
                            .as(path)
                            .isEqualTo(path.equals("/metrics") ? 200 : 403);
                }
            }
        }
    }

    @Test
    void behindProxiesTheCallerIsWhomTheyNameLast() throws Exception {
        ServerSettings settings = new ServerSettings(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                Operation.Access.VIEWERS,
                "1",
                TestServer.LIMITS,
                new Transport.BehindProxies(List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("192.0.2.99"))));
        try (TestServer behind = new TestServer(settings)) {
            assertThat(behind.get("/api/v1/findings").statusCode())
                    .as("nobody is anonymous where a proxy may speak for anybody")
                    .isEqualTo(401);
            HttpResponse<String> alive = behind.get("/health/live");
            assertThat(alive.headers().firstValue("Strict-Transport-Security")).contains("max-age=63072000");
            // One address is slowed, whatever it makes up before what the proxy adds; another one is not.
            int refused = 0;
            for (int i = 0; i < 300; i++) {
                refused +=
                        behind.get("/health/live", "X-Forwarded-For", "10.0.0." + i % 256 + ", 203.0.113.5, 192.0.2.99")
                                                .statusCode()
                                        == 429
                                ? 1
                                : 0;
            }
            assertThat(refused).isEqualTo(100);
            HttpResponse<String> slowed = behind.get("/health/live", "X-Forwarded-For", "203.0.113.5");
            assertThat(slowed.statusCode()).isEqualTo(429);
            assertThat(slowed.headers().firstValue("Retry-After")).contains("1");
            assertThat(behind.get("/health/live", "X-Forwarded-For", "203.0.113.6")
                            .statusCode())
                    .isEqualTo(200);
            behind.clock.move(Duration.ofSeconds(1));
            assertThat(behind.get("/health/live", "X-Forwarded-For", "203.0.113.5")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoGoesRoundTheProxyGetsNothing() throws Exception {
        ServerSettings settings = new ServerSettings(
                "127.0.0.1",
                0,
                List.of(),
                TestServer.tokens(),
                Operation.Access.VIEWERS,
                "1",
                TestServer.LIMITS,
                new Transport.BehindProxies(List.of(IpAddress.parse("192.0.2.99"))));
        try (TestServer behind = new TestServer(settings)) {
            // This machine itself may, and is believed nothing about others.
            for (int i = 0; i < 300; i++) {
                assertThat(behind.get("/health/live", "X-Forwarded-For", "203.0.113.5")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aCustomerSeesItsOwnFindingsAndNothingElse() {
        server.store.save(Findings.open(2));
        server.system.networks.put("shop", List.of(Prefix.parse("10.0.0.1/32")));
        SignedIn shop = server.signIn("shop", Role.OPERATOR, Optional.of("shop"));
        SignedIn nobody = server.signIn("nobody", Role.OPERATOR, Optional.of("no such customer"));
        String own = Findings.open(1).id();
        String others = Findings.open(2).id();

        HttpResponse<String> list = server.get("/api/v1/findings", "Cookie", shop.cookie());
        assertThat(json(list).path("findings")).hasSize(1);
        assertThat(list.body()).contains(own, "\"ingress\":[]").doesNotContain(others, "exporter");
        for (String path : List.of("", "/revisions", "/annotations", "/sample", "/sample?format=csv")) {
            assertThat(server.get("/api/v1/findings/" + own + path, "Cookie", shop.cookie())
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
            HttpResponse<String> hidden = server.get("/api/v1/findings/" + others + path, "Cookie", shop.cookie());
            HttpResponse<String> unknown = server.get("/api/v1/findings/attack-0" + path, "Cookie", shop.cookie());
            assertThat(hidden.statusCode()).as(path).isEqualTo(404);
            assertThat(hidden.body()).isEqualTo(unknown.body());
        }
        assertThat(json(server.get("/api/v1/findings", "Cookie", nobody.cookie()))
                        .path("findings"))
                .isEmpty();
        assertThat(server.get("/api/v1/findings/" + own, "Cookie", nobody.cookie())
                        .statusCode())
                .isEqualTo(404);
    }
}
