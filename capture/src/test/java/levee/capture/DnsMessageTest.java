package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of RFC 1035 section 4. */
class DnsMessageTest {
    private static final String QUESTION = """
        03 77 77 77  07 45 78 61 6d 70 6c 65  03 63 6f 6d  00  # www.Example.com
        00 01  00 01                                           # A IN
        """;

    private static final String QUERY = """
        12 34  01 00                      # id; query, recursion desired
        00 01  00 00  00 00  00 00        # one question
        """ + QUESTION;

    private static byte[] response(int answers, String flags, String records) {
        return Wire.of("12 34 " + flags + " 00 01  00 0" + answers + "  00 00  00 00\n" + QUESTION + records);
    }

    private static Said answer(byte[] message) {
        List<Said> said = Said.inDatagram(53, Said.CLIENT_PORT, message);
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    @Test
    void aQuestionIsTheAskers() {
        assertThat(Said.inDatagram(Said.CLIENT_PORT, 53, Wire.of(QUERY)))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.kind()).isEqualTo(EventKind.DNS);
                    assertThat(said.nanos()).isEqualTo(Said.NANOS);
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:53");
                    assertThat(said.protocol()).isEqualTo(17);
                    assertThat(said.isRequest()).isTrue();
                    assertThat(said.name()).isEqualTo("www.example.com");
                    assertThat(said.type()).isEqualTo(1);
                    assertThat(said.code()).isZero();
                });
    }

    @Test
    void anAnswerHasAddressesAndTheFirstName() {
        Said said = answer(response(3, "81 80", """
            c0 0c  00 05 00 01  00 00 00 3c  00 06   # the name asked for, CNAME IN, 60 s, 6 bytes
            03 43 64 6e  c0 10                       # Cdn.Example.com
            c0 2d  00 01 00 01  00 00 00 3c  00 04   # cdn.example.com, A IN
            c0 00 02 07                              # 192.0.2.7
            c0 2d  00 1c 00 01  00 00 00 3c  00 10   # AAAA
            20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07
            """));
        assertThat(said.ends()).isEqualTo("10.0.0.2:50000 > 10.0.0.1:53");
        assertThat(said.isResponse()).isTrue();
        assertThat(said.name()).isEqualTo("www.example.com");
        assertThat(said.detail()).isEqualTo("cdn.example.com");
        assertThat(said.addresses()).containsExactly("192.0.2.7", "2001:db8::7");
    }

    @Test
    void aTextIsKeptAsItsBytes() {
        Said said = answer(response(1, "81 80", """
            c0 0c  00 10 00 01  00 00 00 00  00 06   # TXT
            03 61 00 ff  01 62                       # "a\\0\\xff" and "b"
            """));
        assertThat(said.detail()).isEqualTo("a\0\u00ff");
    }

    @Test
    void amailExchangeStandsBehindItsPreference() {
        Said said = answer(response(1, "81 80", """
            c0 0c  00 0f 00 01  00 00 00 00  00 07   # MX
            00 0a  02 6d 78  c0 10                   # preference 10, mx.example.com
            """));
        assertThat(said.detail()).isEqualTo("mx.example.com");
    }

    @Test
    void aFailureHasItsCode() {
        assertThat(answer(response(0, "81 83", "")).code()).isEqualTo(3);
    }

    @Test
    void noMoreAddressesThanFitAreKept() {
        Said said = answer(response(9, "81 80", "c0 0c  00 01 00 01  00 00 00 3c  00 04  c0 00 02 07\n".repeat(9)));
        assertThat(said.addresses()).hasSize(8);
    }

    @Test
    void anAnswerThatIsCutGoesAsFarAsItGoes() {
        byte[] whole = response(1, "81 80", "c0 0c  00 01 00 01  00 00 00 3c  00 04  c0 00 02 07");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        assertThat(answer(whole).addresses()).hasSize(1);
        assertThat(answer(cut).addresses()).isEmpty();
    }

    /** Pointers lead to the front only (RFC 1035 section 4.1.4 says "prior occurrence"), so that no name is endless. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0 2d", // to itself
                "c0 40", // behind the message
                "c0 04", // into the header
                "03 61 62" // a label longer than the record
            })
    void aNameThatContradictsItselfIsLeftOut(String name) {
        int length = name.split(" ").length;
        Said said = answer(response(1, "81 80", "c0 0c  00 05 00 01  00 00 00 3c  00 0" + length + " " + name));
        assertThat(said.detail()).isEmpty();
        assertThat(said.name()).isEqualTo("www.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 34 01 00  00 00 00 00 00 00 00 00", // no question
                "12 34 01 00  00 02 00 00 00 00 00 00  00 00 01 00 01", // two (RFC 9619)
                "12 34 28 00  00 01 00 00 00 00 00 00  00 00 06 00 01", // opcode 5, UPDATE (RFC 2136)
                "12 34 81 80  00 01 00 00 00 00 00 00  00 00 01 00 01", // a response to port 53
                "12 34 01 00  00 01 00 00 00 00 00 00  40 00 01 00 01", // a label of a form that is none
                "12 34 01 00  00 01 00 00 00 00 00 00  c0 0c 00 01 00 01", // a pointer to itself
                "12 34 01 00  00 01 00 00 00 00 00 00  00 00 01 00" // cut
            })
    void whatContradictsItselfIsNoEvent(String message) {
        assertThat(Said.inDatagram(Said.CLIENT_PORT, 53, Wire.of(message))).isEmpty();
    }

    @Test
    void theRootAndTheLongestNameFit() {
        String header = "12 34 01 00  00 01 00 00 00 00 00 00";
        assertThat(Said.inDatagram(Said.CLIENT_PORT, 53, Wire.of(header + "00 00 02 00 01")))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).isEmpty());
        String label = "3f" + " 61".repeat(63);
        String longest = label.repeat(3) + "3d" + " 61".repeat(61) + "00";
        assertThat(Said.inDatagram(Said.CLIENT_PORT, 53, Wire.of(header + longest + "00 01 00 01")))
                .singleElement()
                .satisfies(said -> assertThat(said.name()).hasSize(253));
        String tooLong = label.repeat(3) + "3e" + " 61".repeat(62) + "00";
        assertThat(Said.inDatagram(Said.CLIENT_PORT, 53, Wire.of(header + tooLong + "00 01 00 01")))
                .isEmpty();
    }

    @Test
    void otherPortsAreNotLookedAt() {
        assertThat(Said.inDatagram(5353, 5353, Wire.of(QUERY))).isEmpty();
    }

    /** RFC 1035 section 4.2.2: two bytes of length in front. */
    @Test
    void overTcpALengthComesFirst() {
        byte[] query = Wire.of(QUERY);
        byte[] segment = Wire.network().u16(query.length).bytes(query).array();
        assertThat(Said.byClient(53, segment)).singleElement().satisfies(said -> {
            assertThat(said.name()).isEqualTo("www.example.com");
            assertThat(said.protocol()).isEqualTo(6);
        });
        // The message ends where its length says.
        byte[] lying = Wire.network().u16(query.length - 1).bytes(query).array();
        assertThat(Said.byClient(53, lying)).isEmpty();
    }
}
