package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.capture.Said.Listener;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in answers, which are messages of RFC 9112. */
class HttpProgramTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Length: 5464064\r\nContent-Type: application/octet-stream\r\n\r\n";

    private static final byte[] ELF = Wire.of("""
        7f 45 4c 46  # magic
        02           # 64 bits
        01           # little endian
        01           # version
        00 00 00 00 00 00 00 00 00
        02 00 3e 00  # a program for x86-64
        """);

    private static final byte[] DOS = Wire.of("""
        4d 5a                    # "MZ"
        90 00 03 00 00 00 04 00  # bytes in the last page, pages, relocations, paragraphs of the header
        00 00 ff ff 00 00 b8 00
        00 00 00 00 00 00 40 00
        00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00
        00 00
        48 00 00 00              # where the header of Windows is
        0e 1f ba 0e 00 b4 09 cd  # the stub
        50 45 00 00              # "PE", 0, 0
        64 86                    # for x86-64
        """);

    /** Index of the byte of {@link #DOS} that says where the header of Windows is. */
    private static final int POINTER = 0x3c;

    private static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] answer(String head, byte[] body) {
        return Wire.concat(text(head), body);
    }

    private static PacketBuilder segment(int sequence, byte[] payload) {
        return PacketBuilder.ethernet()
                .ipv4(Said.SERVER, Said.CLIENT)
                .tcp(80, Said.CLIENT_PORT, TcpFlags.ACK, sequence)
                .payload(payload);
    }

    private static void assertProgram(String head, byte[] body) {
        assertThat(Said.byServer(80, answer(head, body))).singleElement().satisfies(said -> {
            assertThat(said.isProgram()).isTrue();
            assertThat(said.code()).isEqualTo(200);
            assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:80");
        });
    }

    private static void assertOther(String head, byte[] body) {
        assertThat(Said.byServer(80, answer(head, body)))
                .singleElement()
                .satisfies(said -> assertThat(said.isResponse()).isTrue());
    }

    @Test
    void programsAreKnownByTheirFirstBytes() {
        assertProgram(HEAD, ELF);
        assertProgram(HEAD, Arrays.copyOf(ELF, 4));
        assertProgram(HEAD, DOS);
        assertProgram("HTTP/1.0 200 OK\n\n", ELF);
    }

    /** The header of Windows may be in a segment that follows. */
    @Test
    void aWholeDosHeaderSuffices() {
        assertProgram(HEAD, Arrays.copyOf(DOS, POINTER + 4));
        assertOther(HEAD, Arrays.copyOf(DOS, POINTER + 3));
    }

    /** RFC 9112 section 7.1: each part comes behind its size. */
    @Test
    void theSizeOfAPartStandsInFront() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
        assertProgram(chunked + "1f40\r\n", ELF);
        assertProgram(chunked + "1F40;a=b\r\n", DOS);
        assertOther(chunked + "1f40" + ";a=".repeat(20) + "\r\n", ELF);
        assertOther(HEAD + "1f40\r\n", ELF);
    }

    @Test
    void lettersAloneAreNone() {
        assertOther(
                HEAD,
                text("MZ is what such files begin with, and this one has more than sixty-four letters. ".repeat(20)));
        assertOther(HEAD, text("MZ"));
        assertOther(HEAD, text("\u007fELV"));
        assertOther(HEAD, text("\u007fEL"));
        assertOther(HEAD, text("x\u007fELF"));
        assertOther(HEAD, text("<html>"));
        assertOther(HEAD, new byte[0]);
    }

    @Test
    void aHeaderThatPointsElsewhereIsNone() {
        for (int pointer : new int[] {0, 0x3f, 0x401, 0x0001_0048, 0x8000_0048, -1}) {
            byte[] body = DOS.clone();
            for (int i = 0; i < 4; i++) {
                body[POINTER + i] = (byte) (pointer >>> 8 * i);
            }
            assertOther(HEAD, body);
        }
        byte[] body = DOS.clone();
        body[0x48 + 1] = 'F';
        assertOther(HEAD, body);
    }

    /** RFC 9110 section 8.3.1: in any case, with parameters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-executable",
                "Application/X-Dosexec",
                "application/x-msdownload; charset=binary",
                "application/vnd.microsoft.portable-executable"
            })
    void theTypeOfAProgramSuffices(String type) {
        assertProgram("HTTP/1.1 200 OK\r\ncontent-type:\t" + type + "\r\n\r\n", new byte[0]);
        assertProgram("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Enc", new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "application/x-executable-list",
                "text/x-executable",
                "application/",
                "text/plain; a=application/x-executable"
            })
    void otherTypesSayNothing(String type) {
        assertOther("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n", text("abcd"));
        assertOther("HTTP/1.1 200 OK\r\nX: y\r\n\r\nContent-Type: application/x-executable\r\n\r\n", text("abcd"));
    }

    /** RFC 9110 section 15: others hold what is said instead of what was asked for. */
    @Test
    void onlyWhatWasAskedForIsAProgram() {
        assertOther("HTTP/1.1 404 Not Found\r\nContent-Type: application/x-executable\r\n\r\n", ELF);
        assertOther("HTTP/1.1 304 Not Modified\r\n\r\n", ELF);
        assertThat(Said.byServer(80, answer("HTTP/1.1 206 Partial Content\r\n\r\n", ELF)))
                .singleElement()
                .satisfies(said -> assertThat(said.isProgram()).isTrue());
    }

    /** Wherever an answer is cut in two, it is told with its first segment, and once that it holds a program. */
    @Test
    void aBodyInTheSegmentBehindIsSeen() {
        for (byte[] body : List.of(ELF, DOS)) {
            byte[] all = answer(HEAD, body);
            for (int cut = "HTTP/1.1 200".length(); cut < all.length; cut++) {
                Listener listener = new Listener();
                List<Said> first = listener.hear(segment(-7, Arrays.copyOf(all, cut)));
                assertThat(first).as("cut at %d", cut).hasSize(1);
                List<Said> both = new ArrayList<>(first);
                both.addAll(listener.hear(segment(-7 + cut, Arrays.copyOfRange(all, cut, all.length))));
                assertThat(both.stream().filter(Said::isProgram))
                        .as("cut at %d", cut)
                        .hasSize(1);
                assertThat(both).allSatisfy(said -> {
                    assertThat(said.code()).isEqualTo(200);
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:80");
                });
                assertThat(listener.hear(segment(-7 + all.length, ELF))).isEmpty();
            }
        }
    }

    @Test
    void anAnswerLineByLineIsSeen() {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(0, text("HTTP/1.1 200 OK\r\n")))).hasSize(1);
        assertThat(listener.hear(segment(17, text("Transfer-Encoding: chunked\r\n"))))
                .isEmpty();
        assertThat(listener.hear(segment(45, text("\r\n")))).isEmpty();
        assertThat(listener.hear(segment(47, text("14\r\n")))).isEmpty();
        assertThat(listener.hear(segment(51, ELF)))
                .singleElement()
                .satisfies(said -> assertThat(said.isProgram()).isTrue());
    }

    @Test
    void onlyTheFirstBytesOfABodyCount() {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(0, text(HEAD)))).hasSize(1);
        assertThat(listener.hear(segment(HEAD.length(), text("abcd")))).isEmpty();
        assertThat(listener.hear(segment(HEAD.length() + 4, ELF))).isEmpty();
        Listener other = new Listener();
        assertThat(other.hear(segment(0, text(HEAD)))).hasSize(1);
        assertThat(other.hear(segment(HEAD.length() + 4, ELF))).isEmpty();
    }

    /** An answer to HEAD has none, whatever its fields say (RFC 9112 section 6.3). */
    @Test
    void theNextAnswerMayStandInPlaceOfABody() {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(0, text(HEAD)))).hasSize(1);
        assertThat(listener.hear(segment(HEAD.length(), text("HTTP/1.1 404 Not Found\r\n\r\n"))))
                .singleElement()
                .satisfies(said -> assertThat(said.code()).isEqualTo(404));
    }

    /** Of a capture that keeps only the first bytes of packets, the sequence does not go on. */
    @Test
    void whatWasNotCapturedIsNotWaitedFor() {
        byte[] packet = segment(0, text(HEAD)).bytes();
        Listener listener = new Listener();
        int cut = packet.length - 2;
        assertThat(listener.hear(LinkType.ETHERNET, Arrays.copyOf(packet, cut), packet.length))
                .hasSize(1);
        assertThat(listener.hear(segment(HEAD.length() - 2, answer("\r\n", ELF))))
                .isEmpty();
    }
}
