package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import levee.capture.Said.Listener;
import levee.telemetry.EventKind;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of RFC 9112. */
class HttpHeadTest {

    @Test
    void aRequestNamesHostAgentAndTarget() {
        assertThat(Said.byClient(
                        8_080,
                        "GET /gate.php?id=7 HTTP/1.1\r\nAccept: */*\r\nhost:  C2.Example.com:8080 \r\n"
                                + "User-Agent: Mozilla/4.0 (a; b)\r\n\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.kind()).isEqualTo(EventKind.HTTP);
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:8080");
                    assertThat(said.isRequest()).isTrue();
                    assertThat(said.name()).isEqualTo("c2.example.com");
                    assertThat(said.detail()).isEqualTo("Mozilla/4.0 (a; b)");
                    assertThat(said.more()).isEqualTo("/gate.php?id=7");
                    assertThat(said.type()).isZero();
                    assertThat(said.code()).isZero();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "POST",
                "HEAD",
                "PUT",
                "DELETE",
                "OPTIONS",
                "PATCH",
                "TRACE",
                "PROPFIND",
                "MKCOL",
                "COPY",
                "MOVE",
                "LOCK",
                "UNLOCK"
            })
    void everyMethodIsKnown(String method) {
        assertThat(Said.byClient(80, method + " / HTTP/1.0\r\n\r\n")).hasSize(1);
    }

    /** RFC 9110 section 9.3.6: the target is host and port. */
    @Test
    void connectIsMarked() {
        assertThat(Said.byClient(3_128, "CONNECT mail.example.com:25 HTTP/1.1\r\nProxy: x\r\n\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.type()).isEqualTo(1);
                    assertThat(said.name()).isEqualTo("mail.example.com");
                    assertThat(said.more()).isEqualTo("mail.example.com:25");
                });
        assertThat(Said.byClient(3_128, "CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: a\r\n\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).isEqualTo("a"));
    }

    @Test
    void aResponseIsTheServers() {
        assertThat(Said.byServer(80, "HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:80");
                    assertThat(said.isResponse()).isTrue();
                    assertThat(said.code()).isEqualTo(404);
                });
    }

    private static final String HEAD = "POST /a HTTP/1.1\r\nAccept: b\r\nUser-Agent: c\r\nHost: d.example\r\n";

    private static PacketBuilder segment(int sequence, String text) {
        return PacketBuilder.ethernet()
                .ipv4(Said.CLIENT, Said.SERVER)
                .tcp(Said.CLIENT_PORT, 80, TcpFlags.ACK, sequence)
                .payload(text);
    }

    /** Small programs write a head line by line. */
    @Test
    void aHeadOfSeveralSegmentsIsPutTogether() {
        Said expected = Said.byClient(80, HEAD).getFirst();
        assertThat(expected.name()).isEqualTo("d.example");
        for (int cut = "POST /".length(); cut < HEAD.length(); cut++) {
            Listener listener = new Listener();
            assertThat(listener.hear(segment(-7, HEAD.substring(0, cut))))
                    .as("cut at %d", cut)
                    .isEmpty();
            assertThat(listener.hear(segment(-7 + cut, HEAD.substring(cut)))).containsExactly(expected);
            assertThat(listener.hear(segment(-7 + HEAD.length(), "\r\n"))).isEmpty();
        }
    }

    @Test
    void aHeadWithoutHostOrAgentEndsWithABlankLine() {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(0, "GET / HTTP/1.0\r\n"))).isEmpty();
        assertThat(listener.hear(segment(16, "Host: a\r\n"))).isEmpty();
        assertThat(listener.hear(segment(25, "\r\n")))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).isEqualTo("a"));
    }

    @Test
    void aHeadThatIsTooLongIsToldAsFarAsItIsKept() {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(0, "GET / HTTP/1.0\r\nHost: a\r\nCookie: " + "b".repeat(2_000))))
                .isEmpty();
        assertThat(listener.hear(segment(2_033, "b".repeat(2_500))))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).isEqualTo("a"));
    }

    /** Of a capture that keeps only the first bytes of packets the rest never comes. */
    @Test
    void whatWasNotCapturedIsNotWaitedFor() {
        byte[] packet = segment(0, "GET / HTTP/1.1\r\nUser-Agent: a\r\nHost: example.com\r\n\r\n")
                .bytes();
        byte[] cut = Arrays.copyOf(packet, packet.length - 8);
        assertThat(new Listener().hear(LinkType.ETHERNET, cut, packet.length))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.name()).isEmpty();
                    assertThat(said.detail()).isEqualTo("a");
                });
        byte[] longTarget = segment(0, "GET /" + "a".repeat(1_400)).bytes();
        assertThat(new Listener()
                        .hear(LinkType.ETHERNET, Arrays.copyOf(longTarget, longTarget.length - 100), longTarget.length))
                .singleElement()
                .satisfies(said -> assertThat(said.more()).hasSize(255));
    }

    @Test
    void fieldsOfTheBodyAreNotTaken() {
        assertThat(Said.byClient(80, "POST / HTTP/1.1\r\nAccept: a\r\n\r\nHost: forged\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS rtsp://example.com RTSP/1.0\r\n\r\n",
                "OPTIONS sip:a@example.com SIP/2.0\r\n\r\n",
                "GET foo\r\n",
                "GETTING / HTTP/1.1\r\n",
                "GET ",
                "GET  HTTP/1.1\r\n",
                "POSTERIORITIES / HTTP/1.1\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.1"
            })
    void otherTextIsNoEvent(String text) {
        assertThat(Said.byClient(80, text)).isEmpty();
    }
}
