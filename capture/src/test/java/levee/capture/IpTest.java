package levee.capture;

import static levee.capture.PacketBuilder.ethernet;
import static levee.telemetry.Fragment.CONTINUES;
import static levee.telemetry.Fragment.FRAGMENT;
import static levee.telemetry.Fragment.JOINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.PayloadHint;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;

    @Test
    void readsEveryFieldOfATcpSegment() {
        // RFC 791 section 3.1 and RFC 9293 section 3.1
        byte[] packet = Wire.of("""
            45                # version 4, header of 5 words
            00                # type of service
            00 2c             # total length: 44
            ab cd             # identification
            40 00             # do not fragment
            39                # time to live: 57
            06                # TCP
            00 00             # checksum
            c0 00 02 01       # 192.0.2.1
            c6 33 64 07       # 198.51.100.7
            c0 00             # source port: 49152
            01 bb             # destination port: 443
            de ad be ef       # sequence number
            00 00 00 00       # acknowledgment number
            60                # header of 6 words
            c2                # CWR, ECE, SYN
            72 10             # window: 29200
            00 00 00 00       # checksum, urgent pointer
            02 04 05 b4       # maximum segment size: 1460
            """);
        assertThat(Dissection.of(LinkType.RAW_IP, packet))
                .containsExactly(new Row(
                        1_700_000_000_123_456_789L,
                        IpAddress.parse("192.0.2.1"),
                        49_152,
                        IpAddress.parse("198.51.100.7"),
                        443,
                        Protocols.TCP,
                        TcpFlags.SYN | TcpFlags.ECE | TcpFlags.CWR,
                        44,
                        57,
                        0xabcd,
                        0xdead_beef,
                        29_200,
                        0,
                        PayloadHint.NONE));
    }

    @Test
    void readsEveryFieldOfAnIpv6Datagram() {
        // RFC 8200 section 3 and RFC 768
        byte[] packet = Wire.of("""
            60 00 00 00       # version 6, traffic class, flow label
            00 08             # payload length
            11                # UDP
            ff                # hop limit: 255
            20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01
            ff 02 00 00 00 00 00 00 00 00 00 00 00 00 00 fb
            14 e9 14 e8       # ports: 5353, 5352
            00 08             # length
            00 00             # checksum
            """);
        assertThat(Dissection.of(LinkType.RAW_IP, packet))
                .containsExactly(new Row(
                        1_700_000_000_123_456_789L,
                        IpAddress.parse("2001:db8::1"),
                        5353,
                        IpAddress.parse("ff02::fb"),
                        5352,
                        Protocols.UDP,
                        0,
                        48,
                        255,
                        0,
                        0,
                        0,
                        0,
                        PayloadHint.EMPTY));
    }

    @Test
    void skipsIpv4Options() {
        // RFC 791: record route, 7 bytes, then end of options
        Row row = Dissection.single(ethernet()
                .options("07 07 04 00 00 00 00 00")
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .payload(4));
        assertThat(row.flow()).isEqualTo("10.0.0.1:53 > 10.0.0.2:1000");
        assertThat(row.bytes()).isEqualTo(28 + 8 + 4);
    }

    @Test
    void leavesEthernetPaddingOut() {
        Row row = Dissection.single(ethernet()
                .claimLength(28)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .payload(18));
        assertThat(row.bytes()).isEqualTo(28);
        assertThat(row.payloadHint()).isEqualTo((int) PayloadHint.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        // A card that segments by itself leaves zero; a claim beyond the wire is not believed.
        "0, 3028",
        "4000, 3028",
        "19, 3028",
        "3028, 3028",
        "28, 28"
    })
    void takesTheLengthFromTheWireWhereTheHeaderLies(int claimed, int expected) {
        Row ipv4 = Dissection.single(ethernet()
                .claimLength(claimed)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(1, 2)
                .payload(3_000));
        assertThat(ipv4.bytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 3048", "4000, 3048", "8, 48"})
    void takesTheLengthFromTheWireWhereAnIpv6HeaderLies(int claimed, int expected) {
        Row ipv6 = Dissection.single(
                ethernet().claimLength(claimed).ipv6("::1", "::2").udp(1, 2).payload(3_000));
        assertThat(ipv6.bytes()).isEqualTo(expected);
    }

    @Test
    void countsTheWholePacketWhereOnlyItsHeadWasCaptured() {
        byte[] packet = ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .tcp(80, 1000, TcpFlags.ACK)
                .payload(1_400)
                .bytes();
        byte[] head = Arrays.copyOf(packet, 64);
        assertThat(new Dissection().rows(LinkType.ETHERNET, head, packet.length))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.bytes()).isEqualTo(1_440);
                    assertThat(row.flow()).isEqualTo("10.0.0.1:80 > 10.0.0.2:1000");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, Integer.MAX_VALUE - 20, Integer.MAX_VALUE - 1, Integer.MAX_VALUE})
    void lengthsNearTheLargestIntegerDoNotOverflow(int length) {
        for (PacketBuilder packet : List.of(
                ethernet()
                        .claimLength(0)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .tcp(80, 1000, 0)
                        .payload(20),
                ethernet().claimLength(0).ipv6("::1", "::2").udp(80, 1000).payload(20),
                ethernet()
                        .claimLength(0)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .icmp(3, 3)
                        .payload(20),
                ethernet().claimLength(0).ipv4("10.0.0.1", "10.0.0.2").gre(0).ipv4("10.0.0.1", "10.0.0.2"))) {
            assertThat(new Dissection().rows(LinkType.ETHERNET, packet.bytes(), length))
                    .isNotEmpty()
                    .allMatch(row -> row.bytes() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "25 00 00 14", // version 2
                "05 00 00 14", // version 0
                "f5 00 00 14",
                "44 00 00 14", // a header of 16 bytes
                "40 00 00 14" // a header of 0 bytes
            })
    void countsNonsensicalHeaders(String head) {
        byte[] packet = Wire.concat(Wire.of(head), new byte[16]);
        assertThat(Dissection.rejected(LinkType.RAW_IP, packet)).isEqualTo(Map.of("malformed", 1L));
    }

    @Test
    void aHeaderLongerThanThePacketIsMalformed() {
        byte[] packet = Wire.concat(Wire.of("4f 00 00 14"), new byte[16]);
        assertThat(Dissection.rejected(LinkType.RAW_IP, packet)).isEqualTo(Map.of("malformed", 1L));
    }

    @Test
    void aDatagramTooShortForItsHeaderIsMalformedAndACutOneIsTruncated() {
        byte[] malformed =
                ethernet().ipv4("10.0.0.1", "10.0.0.2").other(17, "00 35").bytes();
        assertThat(Dissection.rejected(LinkType.ETHERNET, malformed)).isEqualTo(Map.of("malformed", 1L));
        byte[] whole = ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000).bytes();
        Dissection dissection = new Dissection();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThat(dissection.rows(LinkType.ETHERNET, cut, whole.length)).isEmpty();
        assertThat(dissection.rejections()).isEqualTo(Map.of("truncated", 1L));
    }

    @Test
    void otherProtocolsHaveNoPorts() {
        Row row = Dissection.single(ethernet().ipv4("10.0.0.1", "10.0.0.2").other(50, "01 02 03 04 05 06 07 08"));
        assertThat(row.protocol()).isEqualTo(50);
        assertThat(row.flow()).isEqualTo("10.0.0.1:0 > 10.0.0.2:0");
    }

    @Test
    void typeAndCodeOfIcmpAreTheDestinationPort() {
        Row echo = Dissection.single(
                ethernet().ipv4("10.0.0.1", "10.0.0.2").icmp(8, 0).payload(56));
        assertThat(echo.destinationPort()).isEqualTo(8 << 8);
        assertThat(echo.sourcePort()).isZero();
        assertThat(echo.payloadHint()).isEqualTo((int) PayloadHint.NONE);
        Row unreachable = Dissection.single(ethernet().ipv6("::1", "::2").icmpv6(129, 7));
        assertThat(unreachable.destinationPort()).isEqualTo(129 << 8 | 7);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "4, 0", "5, 1", "11, 0", "12, 0"})
    void icmpErrorsTellWhatTheyQuote(int type, int code) {
        Row udp = Dissection.single(ethernet()
                .ipv4("10.0.0.9", "10.0.0.1")
                .icmp(type, code)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(5, 53));
        assertThat(udp.payloadHint()).isEqualTo((int) PayloadHint.ICMP_ERROR_UDP);
        assertThat(udp.sourcePort()).isEqualTo(53);
        Row tcp = Dissection.single(ethernet()
                .ipv4("10.0.0.9", "10.0.0.1")
                .icmp(type, code)
                .options("07 07 04 00 00 00 00 00")
                .ipv4("10.0.0.1", "10.0.0.2")
                .tcp(5, 80, TcpFlags.SYN));
        assertThat(tcp.payloadHint()).isEqualTo((int) PayloadHint.ICMP_ERROR_TCP);
        assertThat(tcp.sourcePort()).isEqualTo(80);
        Row other = Dissection.single(ethernet()
                .ipv4("10.0.0.9", "10.0.0.1")
                .icmp(type, code)
                .ipv4("10.0.0.1", "10.0.0.2")
                .icmp(8, 0));
        assertThat(other.payloadHint()).isEqualTo((int) PayloadHint.ICMP_ERROR_OTHER);
        Row little = Dissection.single(
                ethernet().ipv4("10.0.0.9", "10.0.0.1").icmp(type, code).payload("E"));
        assertThat(little.payloadHint()).isEqualTo((int) PayloadHint.ICMP_ERROR_OTHER);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void icmpv6ErrorsTellWhatTheyQuote(int type) {
        Row udp = Dissection.single(
                ethernet().ipv6("::9", "::1").icmpv6(type, 0).ipv6("::1", "::2").udp(5, 53));
        assertThat(udp.payloadHint()).isEqualTo((int) PayloadHint.ICMP_ERROR_UDP);
        assertThat(udp.sourcePort()).isEqualTo(53);
        assertThat(udp.destinationPort()).isEqualTo(type << 8);
    }

    @Test
    void laterFragmentsGetThePortsOfTheFirst() {
        Dissection dissection = new Dissection();
        List<Row> first = dissection.rows(ethernet()
                .identification(77)
                .fragment(0, true)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .payload(Wire.of("00 01 81 80 00 01 00 08 00 00 00 00")));
        List<Row> second = dissection.rows(ethernet()
                .identification(77)
                .fragment(24, true)
                .ipv4("10.0.0.1", "10.0.0.2")
                .other(17, "00 ".repeat(24)));
        List<Row> last = dissection.rows(ethernet()
                .identification(77)
                .fragment(48, false)
                .ipv4("10.0.0.1", "10.0.0.2")
                .other(17, "00"));
        assertThat(first).singleElement().satisfies(row -> {
            assertThat(row.fragment()).isEqualTo(FRAGMENT);
            assertThat(row.payloadHint()).isEqualTo((int) PayloadHint.DNS_RESPONSE);
        });
        assertThat(second)
                .singleElement()
                .satisfies(row -> assertThat(row.fragment()).isEqualTo(FRAGMENT | CONTINUES | JOINED));
        assertThat(last).singleElement().satisfies(row -> {
            assertThat(row.fragment()).isEqualTo(FRAGMENT | CONTINUES | JOINED);
            assertThat(row.flow()).isEqualTo("10.0.0.1:53 > 10.0.0.2:1000");
            assertThat(row.payloadHint()).isEqualTo((int) PayloadHint.DNS_RESPONSE);
            assertThat(row.bytes()).isEqualTo(21);
        });
    }

    @Test
    void aFragmentBeforeItsFirstHasNoPorts() {
        Row row = Dissection.single(ethernet()
                .identification(77)
                .fragment(1480, false)
                .ipv4("10.0.0.1", "10.0.0.2")
                .other(17, "00 35 03 e8 00 00 00 00"));
        assertThat(row.fragment()).isEqualTo(FRAGMENT | CONTINUES);
        assertThat(row.flow()).isEqualTo("10.0.0.1:0 > 10.0.0.2:0");
        assertThat(row.protocol()).isEqualTo(Protocols.UDP);
    }

    @Test
    void fragmentsOfOtherPacketsAreNotJoined() {
        Dissection dissection = new Dissection();
        dissection.rows(ethernet()
                .identification(77)
                .fragment(0, true)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .payload(16));
        for (PacketBuilder other : List.of(
                ethernet()
                        .identification(78)
                        .fragment(24, false)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .other(17, "00"),
                ethernet()
                        .identification(77)
                        .fragment(24, false)
                        .ipv4("10.0.0.1", "10.0.0.3")
                        .other(17, "00"),
                ethernet()
                        .identification(77)
                        .fragment(24, false)
                        .ipv4("10.0.0.2", "10.0.0.1")
                        .other(17, "00"),
                ethernet()
                        .identification(77)
                        .fragment(24, false)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .other(6, "00"))) {
            assertThat(dissection.rows(other)).singleElement().satisfies(row -> {
                assertThat(row.fragment()).isEqualTo(FRAGMENT | CONTINUES);
                assertThat(row.sourcePort()).isZero();
            });
        }
    }

    @Test
    void fragmentsAreForgottenAfterAMinute() {
        byte[] first = ethernet()
                .fragment(0, true)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .payload(16)
                .bytes();
        byte[] last = ethernet()
                .fragment(24, false)
                .ipv4("10.0.0.1", "10.0.0.2")
                .other(17, "00")
                .bytes();
        Dissection dissection = new Dissection();
        dissection.rows(LinkType.ETHERNET, first, first.length, 0);
        assertThat(dissection.rows(LinkType.ETHERNET, last, last.length, TimeUnit.SECONDS.toNanos(60)))
                .allMatch(row -> row.sourcePort() == 53);
        assertThat(dissection.rows(LinkType.ETHERNET, last, last.length, TimeUnit.SECONDS.toNanos(61)))
                .allMatch(row -> row.sourcePort() == 0);
    }

    @Test
    void skipsChainsOfIpv6ExtensionHeaders() {
        Row row = Dissection.single(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .extension(HOP_BY_HOP, 0)
                .extension(DESTINATION_OPTIONS, 2)
                .extension(ROUTING, 1)
                .authentication()
                .extension(DESTINATION_OPTIONS, 0)
                .extension(135, 0)
                .extension(139, 0)
                .extension(140, 0)
                .tcp(80, 1000, TcpFlags.ACK));
        assertThat(row.flow()).isEqualTo("2001:db8::1:80 > 2001:db8::2:1000");
        assertThat(row.protocol()).isEqualTo(Protocols.TCP);
        assertThat(row.bytes()).isEqualTo(40 + 8 + 24 + 16 + 24 + 8 + 8 + 8 + 8 + 20);
    }

    @Test
    void chainsThatAreTooLongGiveARowWithoutPorts() {
        PacketBuilder packet = ethernet().ipv6("2001:db8::1", "2001:db8::2");
        for (int i = 0; i < 17; i++) {
            packet.extension(DESTINATION_OPTIONS, 0);
        }
        Row row = Dissection.single(packet.udp(53, 1000));
        assertThat(row.sourcePort()).isZero();
        assertThat(row.protocol()).isEqualTo(DESTINATION_OPTIONS);
        assertThat(row.bytes()).isEqualTo(40 + 17 * 8 + 8);
    }

    @Test
    void laterIpv6FragmentsGetThePortsOfTheFirst() {
        Dissection dissection = new Dissection();
        List<Row> first = dissection.rows(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(0, true, 0x89ab_cdef)
                .udp(53, 1000)
                .payload(16));
        List<Row> last = dissection.rows(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(24, false, 0x89ab_cdef)
                .other(17, "00 00 00 00"));
        List<Row> stranger = dissection.rows(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(24, false, 0x79ab_cdef)
                .other(17, "00 00 00 00"));
        assertThat(first).extracting(Row::fragment).containsExactly(FRAGMENT);
        assertThat(last).extracting(Row::fragment).containsExactly(FRAGMENT | CONTINUES | JOINED);
        assertThat(last).extracting(Row::sourcePort).containsExactly(53);
        assertThat(stranger).extracting(Row::fragment).containsExactly(FRAGMENT | CONTINUES);
    }

    @Test
    void aLaterFragmentIsJoinedThoughExtensionHeadersStandInTheFirst() {
        // RFC 8200 section 4.5: what the fragment headers of later fragments name as the next header is ignored.
        Dissection dissection = new Dissection();
        dissection.rows(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(0, true, 7)
                .extension(DESTINATION_OPTIONS, 0)
                .udp(53, 1000)
                .payload(16));
        List<Row> last = dissection.rows(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(32, false, 7)
                .other(DESTINATION_OPTIONS, "00 00 00 00"));
        assertThat(last).singleElement().satisfies(row -> {
            assertThat(row.protocol()).isEqualTo(Protocols.UDP);
            assertThat(row.sourcePort()).isEqualTo(53);
        });
    }

    @Test
    void anAtomicFragmentIsAWholePacket() {
        // RFC 6946
        Row row = Dissection.single(ethernet()
                .ipv6("2001:db8::1", "2001:db8::2")
                .fragmentHeader(0, false, 7)
                .udp(53, 1000));
        assertThat(row.fragment()).isZero();
        assertThat(row.sourcePort()).isEqualTo(53);
    }

    @Test
    void aTinyFirstFragmentIsCounted() {
        // RFC 1858: eight bytes of TCP hide the flags
        byte[] tiny = ethernet()
                .fragment(0, true)
                .ipv4("10.0.0.1", "10.0.0.2")
                .other(6, "00 50 03 e8 00 00 00 00")
                .bytes();
        assertThat(Dissection.rejected(LinkType.ETHERNET, tiny)).isEqualTo(Map.of("truncated", 1L));
    }
}
