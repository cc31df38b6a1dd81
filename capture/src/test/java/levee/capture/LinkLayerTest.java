package levee.capture;

import static levee.capture.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLayerTest {
    private static final String IPV4_FLOW = "10.0.0.1:53 > 10.0.0.2:1000";
    private static final String IPV6_FLOW = "2001:db8::1:53 > 2001:db8::2:1000";

    @ParameterizedTest
    @CsvSource({
        "0, LOOPBACK",
        "1, ETHERNET",
        "9, PPP",
        "12, RAW_IP",
        "14, RAW_IP",
        "50, PPP",
        "101, RAW_IP",
        "105, OTHER",
        "108, LOOPBACK",
        "113, LINUX_COOKED_V1",
        "228, RAW_IP",
        "229, RAW_IP",
        "276, LINUX_COOKED_V2",
        "65535, OTHER"
    })
    void knowsTheNumbersOfTheRegistry(int number, LinkType expected) {
        assertThat(LinkType.of(number)).isEqualTo(expected);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(LinkType.ETHERNET, "Ethernet", ethernet()),
                Arguments.of(LinkType.ETHERNET, "802.1Q", ethernet().vlan(5)),
                Arguments.of(
                        LinkType.ETHERNET, "802.1ad", ethernet().tag(0x88a8, 7).vlan(5)),
                Arguments.of(
                        LinkType.ETHERNET, "old QinQ", ethernet().tag(0x9100, 7).vlan(5)),
                Arguments.of(LinkType.ETHERNET, "MPLS", ethernet().mpls(16)),
                Arguments.of(LinkType.ETHERNET, "MPLS, three labels", ethernet().mpls(16, 17, 18)),
                Arguments.of(LinkType.ETHERNET, "VLAN, MPLS", ethernet().vlan(5).mpls(16)),
                Arguments.of(LinkType.ETHERNET, "multicast MPLS", multicastMpls()),
                Arguments.of(
                        LinkType.ETHERNET,
                        "pseudowire",
                        ethernet().mpls(16, 17).controlWord().frame()),
                Arguments.of(
                        LinkType.ETHERNET,
                        "pseudowire, VLAN inside",
                        ethernet().mpls(16).controlWord().frame().vlan(5)),
                Arguments.of(LinkType.ETHERNET, "PPPoE", ethernet().pppoe()),
                Arguments.of(
                        LinkType.ETHERNET, "VLAN, PPPoE", ethernet().vlan(5).pppoe()),
                Arguments.of(LinkType.ETHERNET, "LLC and SNAP", PacketBuilder.subnetworkAccessProtocol()),
                Arguments.of(LinkType.LINUX_COOKED_V1, "cooked", PacketBuilder.cookedV1()),
                Arguments.of(
                        LinkType.LINUX_COOKED_V1,
                        "cooked, VLAN",
                        PacketBuilder.cookedV1().vlan(5)),
                Arguments.of(LinkType.LINUX_COOKED_V2, "cooked v2", PacketBuilder.cookedV2()),
                Arguments.of(
                        LinkType.LINUX_COOKED_V2,
                        "cooked v2, VLAN",
                        PacketBuilder.cookedV2().vlan(5)),
                Arguments.of(LinkType.RAW_IP, "raw", PacketBuilder.raw()),
                Arguments.of(LinkType.PPP, "PPP", PacketBuilder.ppp()),
                Arguments.of(LinkType.PPP, "PPP in HDLC framing", PacketBuilder.pppInHdlcFraming()));
    }

    /** The first MPLS header stands under its own EtherType, RFC 5332 section 3. */
    private static PacketBuilder multicastMpls() {
        return ethernet().other(0x8848, "00 01 01 40");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("headers")
    void findsIpv4(LinkType type, String name, PacketBuilder header) {
        byte[] packet =
                header.ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000).payload(4).bytes();
        assertThat(Dissection.of(type, packet)).singleElement().satisfies(row -> {
            assertThat(row.flow()).as(name).isEqualTo(IPV4_FLOW);
            assertThat(row.bytes()).isEqualTo(20 + 8 + 4);
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("headers")
    void findsIpv6(LinkType type, String name, PacketBuilder header) {
        byte[] packet = header.ipv6("2001:db8::1", "2001:db8::2")
                .udp(53, 1000)
                .payload(4)
                .bytes();
        assertThat(Dissection.of(type, packet)).singleElement().satisfies(row -> {
            assertThat(row.flow()).as(name).isEqualTo(IPV6_FLOW);
            assertThat(row.bytes()).isEqualTo(40 + 8 + 4);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 00 00 00", "00 00 00 02"})
    void findsIpv4BehindALoopbackFamilyOfEitherOrder(String family) {
        byte[] packet = PacketBuilder.loopback(family)
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 1000)
                .bytes();
        assertThat(Dissection.of(LinkType.LOOPBACK, packet))
                .extracting(Row::flow)
                .containsExactly(IPV4_FLOW);
    }

    /** AF_INET6 is 10 on Linux, 23 on Windows, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on macOS. */
    @ParameterizedTest
    @ValueSource(ints = {10, 23, 24, 28, 30})
    void findsIpv6BehindTheLoopbackFamilyOfEverySystem(int family) {
        for (String bytes : new String[] {"%02x000000".formatted(family), "000000%02x".formatted(family)}) {
            byte[] packet = PacketBuilder.loopback(bytes)
                    .ipv6("2001:db8::1", "2001:db8::2")
                    .udp(53, 1000)
                    .bytes();
            assertThat(Dissection.of(LinkType.LOOPBACK, packet))
                    .extracting(Row::flow)
                    .containsExactly(IPV6_FLOW);
        }
    }

    static Stream<Arguments> withoutIp() {
        return Stream.of(
                Arguments.of(LinkType.ETHERNET, ethernet().other(0x0806, "00 01 08 00 06 04 00 01")), // ARP
                Arguments.of(LinkType.ETHERNET, ethernet().other(0x88cc, "02 07 04 00")), // LLDP
                Arguments.of(LinkType.ETHERNET, ethernet().other(0x8863, "11 09 00 00 00 00")), // PPPoE discovery
                Arguments.of(LinkType.ETHERNET, ethernet().vlan(5).other(0x0806, "00 01 08 00")),
                // IEEE 802.1D spanning tree: a length and LLC 42 42 03
                Arguments.of(LinkType.ETHERNET, ethernet().other(0x0026, "42 42 03 00 00 00 00 00")),
                // SNAP of Cisco's discovery protocol
                Arguments.of(LinkType.ETHERNET, ethernet().other(0x0030, "aa aa 03 00 00 0c 20 00")),
                Arguments.of(LinkType.ETHERNET, ethernet().pppoe().payload("LCP")),
                Arguments.of(LinkType.ETHERNET, ethernet().mpls(16).payload("\u0010 generic channel")),
                Arguments.of(LinkType.LINUX_COOKED_V1, PacketBuilder.cookedV1().other(0x0806, "00 01 08 00")),
                Arguments.of(LinkType.LINUX_COOKED_V2, PacketBuilder.cookedV2().other(0x0806, "00 01 08 00")),
                Arguments.of(
                        LinkType.LOOPBACK, PacketBuilder.loopback("07 00 00 00").payload(40)),
                Arguments.of(LinkType.PPP, PacketBuilder.ppp().payload("LCP")));
    }

    @ParameterizedTest
    @MethodSource("withoutIp")
    void countsWhatIsNotIp(LinkType type, PacketBuilder packet) {
        assertThat(Dissection.rejected(type, packet.bytes())).isEqualTo(Map.of("not_ip", 1L));
    }

    @Test
    void countsUnreadLinkTypes() {
        byte[] packet = ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000).bytes();
        assertThat(Dissection.rejected(LinkType.OTHER, packet)).isEqualTo(Map.of("link_type", 1L));
    }

    @Test
    void doesNotFollowTagsForEver() {
        PacketBuilder tags = ethernet();
        PacketBuilder labels = ethernet();
        for (int i = 0; i < 100; i++) {
            tags.vlan(i);
        }
        labels.mpls(new int[100]);
        assertThat(Dissection.rejected(LinkType.ETHERNET, tags.payload(4).bytes()))
                .isEqualTo(Map.of("too_deep", 1L));
        assertThat(Dissection.rejected(LinkType.ETHERNET, labels.payload(4).bytes()))
                .isEqualTo(Map.of("too_deep", 1L));
    }

    @Test
    void doesNotFollowPseudowiresInPseudowiresForEver() {
        PacketBuilder packet = ethernet();
        while (packet.bytes().length < 2_000) {
            packet.mpls(16).controlWord().frame();
        }
        byte[] unit = packet.bytes();
        // 262144 bytes, the most that a capture may hold of a packet: the same 22 bytes over and over
        byte[] deep = new byte[CaptureReader.MAXIMUM_PACKET];
        System.arraycopy(unit, 0, deep, 0, 14);
        for (int i = 14; i < deep.length; i++) {
            deep[i] = unit[14 + (i - 14) % 22];
        }
        assertThat(Dissection.rejected(LinkType.ETHERNET, deep)).isEqualTo(Map.of("too_deep", 1L));
    }
}
