package levee.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import levee.access.Role;
import levee.model.IpAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a browser shows: nobody gets in by it, and the server does not fail. */
class SessionFuzzTest {
    private static final String[] HEADERS = {
        "Cookie", "X-CSRF-Token", "X-Forwarded-For", "Sec-Fetch-Site", "Content-Type", "Authorization"
    };

    private static TestServer server;
    private static String csrfToken;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(new ServerSettings(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                Operation.Access.OPERATORS,
                "1",
                TestServer.LIMITS,
                new Transport.BehindProxies(List.of(IpAddress.parse("127.0.0.1")))));
        server.store.save(Findings.open(1));
        csrfToken = server.signIn("oleg", Role.OPERATOR, Optional.empty()).csrfToken();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @FuzzTest(maxDuration = "10m")
    void nobodyGetsInByWhatIsMadeUp(FuzzedDataProvider data) throws IOException {
        // To the server under test.
        BugDetectors.allowNetworkConnections();
        StringBuilder headers = new StringBuilder();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            headers.append(data.pickValue(HEADERS))
                    .append(": ")
                    .append(data.consumeBoolean() ? "__Host-levee=" : "")
                    .append(data.consumeString(100).replaceAll("[\r\n]", "?"))
                    .append("\r\n");
        }
        byte[] body = ("csrf=" + csrfToken + "&" + data.consumeRemainingAsString()).getBytes(StandardCharsets.UTF_8);
        String request =
                "POST /api/v1/findings/" + Findings.open(1).id() + "/acknowledge HTTP/1.1\r\nHost: localhost\r\n"
                        + "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" + headers
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n"
                        + new String(body, StandardCharsets.ISO_8859_1);

        String answer = server.raw(request);

        assertThat(answer).as(request).matches("(?s)HTTP/1.1 4[0-9][0-9] .*");
        assertThat(server.complaints).as(request).isEmpty();
        assertThat(server.store.audit)
                .as(request)
                .noneMatch(line -> line.action().startsWith("finding."));
    }
}
