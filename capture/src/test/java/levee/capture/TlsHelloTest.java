package levee.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import levee.capture.Said.Listener;
import levee.telemetry.EventKind;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsHelloTest {

    private static Said only(List<Said> said) {
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    /** The client that the description of JA4 uses as its example, with GREASE as RFC 8701 sends it. */
    private static HelloBuilder chrome() {
        return HelloBuilder.client()
                .ciphers(HelloBuilder.hex(
                        "3a3a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035"))
                .extension(0x2a2a)
                .extension(0x001b)
                .serverName("WWW.Example.com")
                .list(0x000d, HelloBuilder.hex("0403,0804,0401,0503,0805,0501,0806,0601"))
                .list(0x000a, HelloBuilder.hex("4a4a,001d,0017,0018"))
                .extension(0x0005)
                .protocol("h2".getBytes(US_ASCII))
                .versions(0x5a5a, 0x0304, 0x0303)
                .extension(0x0023)
                .extension(0xff01)
                .extension(0x0033)
                .extension(0x0012)
                .extension(0x000b, Wire.of("01 00"))
                .extension(0x0017)
                .extension(0x002d)
                .extension(0x4469)
                .extension(0x0015)
                .extension(0x6a6a, new byte[1]);
    }

    @Test
    void aClientIsNamedByJa4() {
        Said said = only(Said.byClient(8_443, chrome().record()));
        assertThat(said.kind()).isEqualTo(EventKind.TLS_CLIENT_HELLO);
        assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:8443");
        assertThat(said.isRequest()).isTrue();
        assertThat(said.type()).isEqualTo(0x0304);
        assertThat(said.name()).isEqualTo("www.example.com");
        // FoxIO, JA4.md: the example
        assertThat(said.more()).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    /** The examples of Salesforce's description of JA3: 769,47-53-5-10-...,0-10-11,23-24-25,0 and 769,4-5-10-...,,, */
    @Test
    void aClientIsNamedByJa3() {
        Said said = only(Said.byClient(
                443,
                HelloBuilder.client()
                        .version(0x0301)
                        .ciphers(47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4)
                        .serverName("example.com")
                        .list(10, 23, 24, 25)
                        .extension(11, Wire.of("01 00"))
                        .record()));
        assertThat(said.detail()).isEqualTo("ada70206e40642a3e4461f35503241d5");
        Said bare = only(Said.byClient(
                443,
                HelloBuilder.client()
                        .version(0x0301)
                        .ciphers(4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99)
                        .record()));
        assertThat(bare.detail()).isEqualTo("de350869b8c85de67a350c8d186f11e6");
        assertThat(bare.more()).startsWith("t10i110000_").endsWith("_000000000000");
        assertThat(bare.name()).isEmpty();
    }

    @Test
    void aServerIsNamedByJa3s() {
        Said said = only(Said.byServer(
                443,
                HelloBuilder.server()
                        .version(0x0301)
                        .ciphers(47)
                        .extension(65281)
                        .extension(0)
                        .extension(11)
                        .extension(35)
                        .extension(5)
                        .extension(16)
                        .record()));
        assertThat(said.kind()).isEqualTo(EventKind.TLS_SERVER_HELLO);
        assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:443");
        assertThat(said.isResponse()).isTrue();
        // MD5 of 769,47,65281-0-11-35-5-16
        assertThat(said.detail()).isEqualTo("836ce314215654b5b1f85f97c73e506f");
        assertThat(said.code()).isEqualTo(47);
        assertThat(said.type()).isEqualTo(0x0301);
    }

    /** RFC 8446 section 4.2.1: the true version is in an extension. */
    @Test
    void aServersVersionIsTheOneItChose() {
        Said said = only(Said.byServer(
                443, HelloBuilder.server().ciphers(0x1301).versions(0x0304).record()));
        assertThat(said.type()).isEqualTo(0x0304);
        assertThat(said.code()).isEqualTo(0x1301);
    }

    /** RFC 6066 section 3: unrecognized_name may be a warning in front of the hello. */
    @Test
    void aWarningInFrontIsSkipped() {
        byte[] hello = HelloBuilder.server().ciphers(47).record();
        byte[] warning = Wire.of("15 03 03 00 02  01 70");
        byte[] failure = Wire.of("15 03 03 00 02  02 28");
        assertThat(Said.byServer(443, Wire.concat(warning, hello))).hasSize(1);
        assertThat(Said.byServer(443, Wire.concat(failure, hello))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"68 32, h2", "68 74 74 70 2f 31 2e 31, h1", "61, aa", "ab, ab", "30 ab, 3b", "20 61, 21"})
    void theProtocolIsShownByItsEnds(String protocol, String expected) {
        Said said = only(Said.byClient(
                443,
                HelloBuilder.client().ciphers(47).protocol(Wire.of(protocol)).record()));
        assertThat(said.more().substring(8, 10)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0303, 12", "0302, 11", "0301, 10", "0300, s3", "7f1c, 00"})
    void theVersionIsShown(String version, String expected) {
        Said said = only(Said.byClient(
                443,
                HelloBuilder.client()
                        .ciphers(47)
                        .versions(HelloBuilder.hex(version))
                        .record()));
        assertThat(said.more().substring(1, 3)).isEqualTo(expected);
    }

    private static PacketBuilder segment(int sequence, byte[] payload) {
        return PacketBuilder.ethernet()
                .ipv4(Said.CLIENT, Said.SERVER)
                .tcp(Said.CLIENT_PORT, 443, TcpFlags.ACK, sequence)
                .payload(payload);
    }

    /** Post-quantum keys (draft-ietf-tls-ecdhe-mlkem) of some 1,200 bytes. */
    private static byte[] large() {
        return chrome().extension(0x0033, new byte[1_220]).record();
    }

    @Test
    void aHelloOfSeveralSegmentsIsPutTogether() {
        byte[] hello = large();
        Said expected = only(Said.byClient(443, hello));
        for (int first = 1; first < hello.length; first += first < 20 ? 1 : 97) {
            Listener listener = new Listener();
            // The number wraps around in between.
            int sequence = -first + 1;
            assertThat(listener.hear(segment(sequence, Arrays.copyOf(hello, first))))
                    .isEmpty();
            List<Said> said = listener.hear(segment(sequence + first, Arrays.copyOfRange(hello, first, hello.length)));
            // What does not even show its version is not kept.
            if (first < 4) {
                assertThat(said).isEmpty();
            } else {
                assertThat(said).as("first segment of %d bytes", first).containsExactly(expected);
            }
            assertThat(listener.lostBeginnings()).isZero();
        }
    }

    @Test
    void theLastSegmentMayBeShort() {
        byte[] hello = large();
        Listener listener = new Listener();
        int third = hello.length / 3;
        assertThat(listener.hear(segment(5, Arrays.copyOf(hello, third)))).isEmpty();
        assertThat(listener.hear(segment(5 + third, Arrays.copyOfRange(hello, third, hello.length - 1))))
                .isEmpty();
        assertThat(listener.hear(
                        segment(5 + hello.length - 1, Arrays.copyOfRange(hello, hello.length - 1, hello.length))))
                .hasSize(1);
    }

    /** RFC 8446 section 5.1: "Handshake messages MAY be ... fragmented across several records". */
    @Test
    void aHelloOfSeveralRecordsIsPutTogether() {
        byte[] message = chrome().message();
        byte[] records = Wire.concat(
                HelloBuilder.record(Arrays.copyOf(message, 3)),
                HelloBuilder.record(Arrays.copyOfRange(message, 3, message.length)));
        assertThat(Said.byClient(443, records)).isEqualTo(Said.byClient(443, chrome().record()));
    }

    @Test
    void onlyTheRestOfTheSameConnectionFits() {
        byte[] hello = large();
        byte[] rest = Arrays.copyOfRange(hello, 1_000, hello.length);
        Listener listener = new Listener();
        listener.hear(segment(5, Arrays.copyOf(hello, 1_000)));
        assertThat(listener.hear(segment(1_006, rest))).isEmpty();
        assertThat(listener.hear(PacketBuilder.ethernet()
                        .ipv4(Said.CLIENT, Said.SERVER)
                        .tcp(Said.CLIENT_PORT + 1, 443, TcpFlags.ACK, 1_005)
                        .payload(rest)))
                .isEmpty();
        listener.pass(TimeUnit.SECONDS.toNanos(11));
        assertThat(listener.hear(segment(1_005, rest))).isEmpty();
        // Again from the start, as after a retransmission, it is no loss.
        listener.hear(segment(5, Arrays.copyOf(hello, 1_000)));
        assertThat(listener.hear(segment(1_005, rest))).hasSize(1);
        assertThat(listener.lostBeginnings()).isZero();
    }

    @Test
    void manyHalvesTakeTheOldestOnesPlace() {
        byte[] half = Arrays.copyOf(large(), 1_000);
        Listener listener = new Listener();
        for (int port = 1; port <= 5_000; port++) {
            listener.pass(1);
            listener.hear(PacketBuilder.ethernet()
                    .ipv4(Said.CLIENT, Said.SERVER)
                    .tcp(port, 443, TcpFlags.ACK, 5)
                    .payload(half));
        }
        assertThat(listener.lostBeginnings()).isBetween(5_000L - 1_024, 5_000L - 512);
        byte[] rest = Arrays.copyOfRange(large(), 1_000, large().length);
        assertThat(listener.hear(PacketBuilder.ethernet()
                        .ipv4(Said.CLIENT, Said.SERVER)
                        .tcp(5_000, 443, TcpFlags.ACK, 1_005)
                        .payload(rest)))
                .hasSize(1);
    }

    @Test
    void aHelloThatIsTooLongIsNone() {
        byte[] fits =
                HelloBuilder.client().ciphers(47).extension(21, new byte[3_900]).record();
        byte[] tooLong =
                HelloBuilder.client().ciphers(47).extension(21, new byte[4_100]).record();
        assertThat(Said.byClient(443, fits)).hasSize(1);
        assertThat(Said.byClient(443, tooLong)).isEmpty();
    }

    @Test
    void moreNumbersThanAnyoneHasAreNone() {
        assertThat(Said.byClient(
                        443, HelloBuilder.client().ciphers(new int[512]).record()))
                .hasSize(1);
        assertThat(Said.byClient(
                        443, HelloBuilder.client().ciphers(new int[513]).record()))
                .isEmpty();
    }

    /**
     * Lengths that reach beyond the end: of the session, the cipher suites, the methods of compression, the extensions, and
     * the one extension; and suites of an odd length.
     */
    @ParameterizedTest
    @CsvSource({"43, ff", "44, 7f", "45, 03", "48, ff", "50, 7f", "54, 7f"})
    void whatContradictsItselfIsNoEvent(int at, String value) {
        byte[] sound = HelloBuilder.client().ciphers(47).serverName("a.b").record();
        assertThat(Said.byClient(443, sound)).hasSize(1);
        byte[] lying = sound.clone();
        lying[at] = Wire.of(value)[0];
        assertThat(Said.byClient(443, lying)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16 03 01 00 00  01 00 00 01 03", // an empty record
                "16 03 01 40 01  01 00 00 01 03", // a record that is too long
                "16 03 01 00 05  0b 00 00 01 03", // a certificate
                "16 03 01 00 05  01 00 00 01 03", // a message without room for anything
                "17 03 03 00 05  01 00 00 01 03" // application data
            })
    void otherRecordsAreNoHello(String record) {
        Listener listener = new Listener();
        assertThat(listener.hear(segment(1, Wire.of(record)))).isEmpty();
        assertThat(listener.hear(segment(11, HelloBuilder.client().ciphers(47).record())))
                .hasSize(1);
    }
}
