package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP as it should be, whatever is asked. */
class AnswerTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
        server.store.save(Findings.open(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) {
        return server.send(
                server.request(path).method(method, BodyPublishers.noBody()).build());
    }

    @Test
    void headIsGetWithoutTheBody() {
        for (String path : List.of("/api/v1/findings", "/metrics", "/health/ready", "/api/v1/nothing")) {
            HttpResponse<String> get = ask("GET", path);
            HttpResponse<String> head = ask("HEAD", path);
            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            if (!path.equals("/metrics")) {
                assertThat(head.headers().firstValue("Content-Length"))
                        .isEqualTo(get.headers().firstValue("Content-Length"))
                        .isPresent();
            }
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
        }
        HttpResponse<String> events = ask("HEAD", "/api/v1/events");
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    @Test
    void optionsNamesTheMethods() {
        HttpResponse<String> reading = ask("OPTIONS", "/api/v1/findings");
        assertThat(reading.statusCode()).isEqualTo(204);
        assertThat(reading.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(reading.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(ask("OPTIONS", "/api/v1/findings/x/mute").headers().firstValue("Allow"))
                .contains("POST, OPTIONS");
    }

    @Test
    void otherMethodsAreRefused() {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
            HttpResponse<String> response = ask(method, "/api/v1/findings");
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
            assertThat(json(response).path("type").asString()).isEqualTo("urn:levee:problem:method-not-allowed");
        }
        HttpResponse<String> get = ask("GET", "/api/v1/findings/x/mute");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST, OPTIONS");
    }

    @Test
    void unknownPathsAreNotFoundWithASuggestion() {
        HttpResponse<String> response = ask("GET", "/api/v1/finding");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("remedy").asString()).contains("Did you mean '/api/v1/findings'?");
        for (String path : List.of("/", "/api", "/api/v1/findings/x/y", "/api/v2/findings", "/..", "/favicon.ico")) {
            assertThat(ask("GET", path).statusCode()).as(path).isBetween(400, 404);
            assertThat(ask("GET", path).headers().firstValue("Content-Type"))
                    .as(path)
                    .contains("application/problem+json");
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatProtect() {
        for (String path :
                List.of("/api/v1/findings", "/api/v1/findings?x=1", "/nothing", "/metrics", "/health/live")) {
            assertThat(ask("GET", path).headers().map())
                    .as(path)
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .containsEntry("Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("Cross-Origin-Resource-Policy", List.of("same-origin"))
                    .doesNotContainKeys("Server", "Set-Cookie");
        }
    }

    @Test
    void longAnswersAreCompressedForWhoWantsIt() throws Exception {
        HttpResponse<byte[]> compressed = server.client.send(
                server.request("/api/v1/findings")
                        .header("Accept-Encoding", "br, GZIP;q=0.5")
                        .build(),
                BodyHandlers.ofByteArray());
        String plain = ask("GET", "/api/v1/findings").body();

        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(compressed.body().length).isLessThan(plain.length() / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
        assertThat(server.get("/api/v1/findings", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
        assertThat(server.get("/health/live", "Accept-Encoding", "gzip")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void whatIsNoHttpIsAnsweredAsAProblem() throws Exception {
        String host = "\r\nHost: localhost\r\nConnection: close\r\n";
        for (String request : List.of(
                "NONSENSE\r\n\r\n",
                "GET /api/v1/findings HTTP/1.1\r\n\r\n",
                "GET /%00 HTTP/1.1" + host + "\r\n",
                "GET /api/v1/findings/%2e%2e/stats HTTP/1.1" + host + "\r\n",
                "GET /api/v1/findings HTTP/1.1" + host + "X: " + "x".repeat(9_000) + "\r\n\r\n",
                "GET /" + "x".repeat(9_000) + " HTTP/1.1" + host + "\r\n",
                "GET /api/v1/findings?kind=%zz HTTP/1.1" + host + "\r\n",
                "POST /api/v1/findings HTTP/1.1" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /api/v1/findings HTTP/1.1" + host
                        + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            String answer = server.raw(request);
            assertThat(answer).as(request).matches("(?s)HTTP/1.1 4[0-9][0-9] .*");
            assertThat(answer).contains("application/problem+json", "nosniff", "\"remedy\":");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("jetty", "<html", "javalin", "exception");
        }
        assertThat(server.complaints).isEmpty();
    }
}
