package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpMessageTest {
    private static final String REQUEST = """
        GET /a?b=%41 HTTP/1.1\r
        Host: www.example\r
        USER-agent: \t Fetcher/1.0 (x; y)\r
        Accept: */*\r
        \r
        User-Agent: of the body\
        """;

    private final HttpMessage http = new HttpMessage();

    @Test
    void requestWithUserAgent() {
        assertThat(read(REQUEST)).isTrue();
        assertThat(http.method()).hasToString("GET");
        assertThat(http.uri()).hasToString("/a?b=%41");
        assertThat(http.userAgent()).hasToString("Fetcher/1.0 (x; y)");
        assertThat(http.status()).isZero();
    }

    @Test
    void headersEndWithAnEmptyLine() {
        assertThat(read("POST / HTTP/1.0\r\nA: b\r\n\r\nUser-Agent: x\r\n")).isTrue();
        assertThat(http.userAgent()).isEmpty();
    }

    /** A value that ends with the captured bytes may be part of a longer one. */
    @Test
    void everyCutTellsTheWholeValueOrNone() {
        String[] wholeValues = {"GET", "/a?b=%41", "Fetcher/1.0 (x; y)"};
        for (int length = 0; length < REQUEST.length(); length++) {
            boolean isRequest = read(REQUEST.substring(0, length));
            assertThat(isRequest).as("%d bytes", length).isEqualTo(length >= "GET /".length());
            if (isRequest) {
                assertThat(http.method()).hasToString(wholeValues[0]);
                assertThat(http.uri().toString()).isIn("", wholeValues[1]);
                assertThat(http.userAgent().toString()).isIn("", wholeValues[2]);
            }
        }
    }

    @Test
    void longUserAgentIsCutWhereverItStands() {
        String agent = "Mozilla/5.0 " + "x".repeat(8_000);
        String expected = agent.substring(0, HttpMessage.LONGEST_VALUE) + "...";
        for (String host : new String[] {"a", "a".repeat(200)}) {
            assertThat(read("GET / HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: " + agent + "\r\n\r\n"))
                    .isTrue();
            assertThat(http.userAgent()).hasToString(expected);
        }
        assertThat(read("GET / HTTP/1.1\r\nHost: " + "a".repeat(400) + "\r\nUser-Agent: " + agent))
                .isTrue();
        assertThat(http.userAgent()).as("too little of it was kept").isEmpty();
    }

    @Test
    void longPathIsCut() {
        assertThat(read("GET /" + "p".repeat(2_000) + " HTTP/1.1\r\n")).isTrue();
        assertThat(http.uri()).hasToString("/" + "p".repeat(127) + "...");
    }

    @Test
    void whatIsNotPrintableIsEscaped() {
        assertThat(read("GET /\u001b[2J\u00ff HTTP/1.1\r\nUser-Agent: a\u0000b\u0007\u0085\r\n"))
                .isTrue();
        assertThat(http.uri()).hasToString("/\\x1b[2J\\xff");
        assertThat(http.userAgent()).hasToString("a\\x00b\\x07\\x85");
        assertThat(read("GET / HTTP/1.1\r\nUser-Agent: " + "\u0001".repeat(100) + "\r\n"))
                .isTrue();
        assertThat(http.userAgent()).hasToString("\\x01".repeat(32) + "...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 403 Forbidden\r\n", "HTTP/1.0 403\r\n", "HTTP/1.1 403"})
    void statusOfAResponse(String response) {
        assertThat(read(response)).isTrue();
        assertThat(http.status()).isEqualTo(403);
        assertThat(http.method()).isEmpty();
        assertThat(http.uri()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HTTP/",
                "HTTP/1.1 40",
                "HTTP/1.1 4x3 ",
                "HTTP/1.1 4033",
                "HTTP/1.1 033 ",
                "GET",
                "GET ",
                "GET  HTTP/1.1",
                "GET /\r\nUser-Agent: x\r\n",
                "GET / FTP/1.1",
                "get / HTTP/1.1",
                "AB / HTTP/1.1",
                "ABCDEFGHIJKLMNOPQ / HTTP/1.1",
                "HELO mail.example"
            })
    void whatIsNoMessage(String payload) {
        assertThat(read(payload)).isFalse();
    }

    @Test
    void nothingStaysOfTheMessageBefore() {
        assertThat(read(REQUEST)).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\n")).isTrue();
        assertThat(http.userAgent()).isEmpty();
        assertThat(read("GET / HTTP/1.1\r\n")).isTrue();
        assertThat(http.status()).isZero();
        assertThat(http.userAgent()).isEmpty();
    }

    private boolean read(String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        PacketDetails details = new PacketDetails(2);
        details.note(1, 100, 0, ByteBuffer.wrap(bytes), 0, bytes.length);
        return http.read(details, 1);
    }
}
