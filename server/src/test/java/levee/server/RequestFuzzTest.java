package levee.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever is asked, the answer is HTTP, and never that the server has failed. */
class RequestFuzzTest {
    private static final String[] METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "X"};
    private static final String[] PATHS = {
        "/api/v1/findings",
        "/api/v1/findings/" + Findings.open(1).id(),
        "/api/v1/findings/" + Findings.open(1).id() + "/mute",
        "/api/v1/findings/" + Findings.open(1).id() + "/false-alarm",
        "/api/v1/findings/" + Findings.open(1).id() + "/sample",
        "/api/v1/traffic",
        "/api/v1/stats",
        "/api/v1/talkers",
        "/api/v1/hosts/192.0.2.7",
        "/api/v1/hosts/",
        "/"
    };
    private static final String[] PARAMETERS = {
        "?kind=", "?state=", "?since=", "?limit=", "?cursor=", "?format=", "?series=all&from=", "?series=", "?", "/"
    };
    private static final String[] HEADERS = {
        "Authorization", "Origin", "Accept-Encoding", "Content-Type", "Last-Event-ID", "Accept", "Expect", "Upgrade"
    };

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.withTokens();
        server.store.save(Findings.open(1));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @FuzzTest(maxDuration = "10m")
    void noRequestMakesTheServerFail(FuzzedDataProvider data) throws IOException {
        // To the server under test.
        BugDetectors.allowNetworkConnections();
        String path = data.pickValue(PATHS);
        if (data.consumeBoolean()) {
            path += data.pickValue(PARAMETERS) + inOneWord(data.consumeString(200));
        }
        String host = data.consumeProbabilityDouble() < 0.9 ? "localhost" : inOneLine(data.consumeString(50));
        String header = data.pickValue(HEADERS) + ": " + inOneLine(data.consumeString(200));
        String method = data.pickValue(METHODS);
        String body = data.consumeBoolean()
                ? "{\"until\":\"" + data.consumeString(40) + "\",\"note\":\"" + data.consumeString(40) + "\"}"
                : data.consumeRemainingAsString();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                + TestServer.WRITE_TOKEN + "\r\n" + header + "\r\nConnection: close\r\nContent-Length: " + bytes.length
                + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);

        String answer = server.raw(request);

        assertThat(answer).as(request).matches("(?s)HTTP/1.1 [1-4][0-9][0-9] .*");
        assertThat(server.complaints).as(request).isEmpty();
    }

    private static String inOneLine(String text) {
        return text.replaceAll("[\r\n]", "?");
    }

    private static String inOneWord(String text) {
        return text.replaceAll("[\r\n ]", "+");
    }
}
