package levee.capture;

import static levee.capture.PacketBuilder.ethernet;
import static levee.telemetry.Fragment.TUNNELLED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import levee.model.Protocols;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {
    private static final String INNER = "10.1.0.1:53 > 10.1.0.2:1000";

    private static PacketBuilder outer() {
        return ethernet().ipv4("192.0.2.1", "192.0.2.2");
    }

    private static PacketBuilder withInner(PacketBuilder tunnel) {
        return tunnel.ipv4("10.1.0.1", "10.1.0.2").udp(53, 1000).payload(4);
    }

    private static void assertTunnelled(int outerProtocol, PacketBuilder packet) {
        List<Row> rows = Dissection.of(packet);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).protocol()).isEqualTo(outerProtocol);
        assertThat(rows.get(0).fragment()).isZero();
        assertThat(rows.get(1).flow()).isEqualTo(INNER);
        assertThat(rows.get(1).fragment()).isEqualTo(TUNNELLED);
        assertThat(rows.get(1).bytes()).isEqualTo(20 + 8 + 4);
    }

    private static void assertOuterOnly(int outerProtocol, PacketBuilder packet) {
        assertThat(Dissection.of(packet))
                .singleElement()
                .satisfies(row -> assertThat(row.protocol()).isEqualTo(outerProtocol));
    }

    /** RFC 2784 and 2890: checksum (8000), key (2000) and sequence number (1000) each add a word. */
    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0x8000, 0x2000, 0x1000, 0xa000, 0x9000, 0x3000, 0xb000})
    void greWithEveryCombinationOfFlags(int flags) {
        assertTunnelled(Protocols.GRE, withInner(outer().gre(flags)));
        assertTunnelled(Protocols.GRE, withInner(outer().gre(flags).frame()));
        assertTunnelled(Protocols.GRE, withInner(outer().gre(flags).frame().vlan(5)));
        assertTunnelled(Protocols.GRE, withInner(ethernet().ipv6("::1", "::2").gre(flags)));
    }

    /** Version 1 of RFC 2637 carries PPP; RFC 1701 may put routing in front, which RFC 2784 has no room for. */
    @ParameterizedTest
    @ValueSource(ints = {0x2001, 0x3081, 0x0007, 0x4000, 0xc000})
    void otherVersionsOfGreAreNotLookedInto(int flags) {
        assertOuterOnly(Protocols.GRE, withInner(outer().gre(flags)));
    }

    @Test
    void greOfOtherProtocolsIsNotLookedInto() {
        // The keepalive of Cisco has a protocol of zero; 0x0006 is one of many others.
        assertOuterOnly(Protocols.GRE, outer().other(Protocols.GRE, "00 00 00 00"));
        assertOuterOnly(Protocols.GRE, outer().other(Protocols.GRE, "00 00 00 06 45 00 00 14"));
        assertOuterOnly(Protocols.GRE, outer().other(Protocols.GRE, "00 00"));
    }

    @Test
    void ipInIp() {
        assertTunnelled(Protocols.IPIP, withInner(outer()));
        assertTunnelled(Protocols.IPIP, withInner(ethernet().ipv6("::1", "::2")));
    }

    @Test
    void ipv6InIp() {
        for (PacketBuilder tunnel : List.of(outer(), ethernet().ipv6("::1", "::2"))) {
            List<Row> rows =
                    Dissection.of(tunnel.ipv6("2001:db8::1", "2001:db8::2").tcp(80, 1000, TcpFlags.SYN));
            assertThat(rows).extracting(Row::protocol).containsExactly(Protocols.IPV6, Protocols.TCP);
            assertThat(rows.get(1).flow()).isEqualTo("2001:db8::1:80 > 2001:db8::2:1000");
            assertThat(rows.get(1).bytes()).isEqualTo(60);
        }
    }

    @Test
    void vxlan() {
        assertTunnelled(
                Protocols.UDP, withInner(outer().udp(40_000, 4789).vxlan(5).frame()));
        assertTunnelled(
                Protocols.UDP,
                withInner(outer().udp(40_000, 4789).vxlan(5).frame().vlan(7)));
    }

    @Test
    void vxlanNeedsItsPortAndItsFlag() {
        assertOuterOnly(
                Protocols.UDP, withInner(outer().udp(4789, 40_000).vxlan(5).frame()));
        assertOuterOnly(
                Protocols.UDP,
                withInner(outer().udp(40_000, 4789).payload(new byte[8]).frame()));
        assertOuterOnly(
                Protocols.UDP, outer().udp(40_000, 4789).vxlan(5).frame().other(0x0806, "00 01"));
    }

    @Test
    void erspan() {
        // type I: GRE without sequence number
        assertTunnelled(
                Protocols.GRE, withInner(outer().gre(0).erspan(0x88be, "").frame()));
        // type II: version 1 and VLAN, session, index
        assertTunnelled(
                Protocols.GRE,
                withInner(outer().gre(0x1000)
                        .erspan(0x88be, "10 05  00 01  00 00 00 02")
                        .frame()));
        // type III: version 2 and VLAN, session, timestamp, security group, flags
        assertTunnelled(
                Protocols.GRE,
                withInner(outer().gre(0x1000)
                        .erspan(0x22eb, "20 05  00 01  00 00 00 00  00 00  00 00")
                        .frame()));
        // type III whose O flag announces eight bytes of the platform
        assertTunnelled(
                Protocols.GRE,
                withInner(outer().gre(0x1000)
                        .erspan(0x22eb, "20 05  00 01  00 00 00 00  00 00  00 01  0c 00 00 00 00 00 00 00")
                        .frame()));
    }

    @Test
    void aFragmentOfATunnelIsNotLookedInto() {
        assertOuterOnly(Protocols.IPIP, withInner(ethernet().fragment(0, true).ipv4("192.0.2.1", "192.0.2.2")));
        assertOuterOnly(Protocols.IPIP, withInner(ethernet().fragment(8, false).ipv4("192.0.2.1", "192.0.2.2")));
    }

    @Test
    void nestingHasALimit() {
        byte[] packet = ethernet()
                .ipv4("10.0.0.1", "10.0.0.9")
                .ipv4("10.0.0.2", "10.0.0.9")
                .gre(0)
                .ipv4("10.0.0.3", "10.0.0.9")
                .ipv4("10.0.0.4", "10.0.0.9")
                .ipv4("10.0.0.5", "10.0.0.9")
                .udp(53, 1000)
                .bytes();
        Dissection dissection = new Dissection();
        assertThat(dissection.rows(LinkType.ETHERNET, packet, packet.length))
                .extracting(row -> row.source().toString())
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
        assertThat(dissection.rejections()).isEqualTo(Map.of("too_deep", 1L));
    }

    @Test
    void rubbishInATunnelIsCountedAndTheOuterPacketUsed() {
        byte[] packet = outer().other(Protocols.IPIP, "ff ff ff ff").bytes();
        Dissection dissection = new Dissection();
        assertThat(dissection.rows(LinkType.ETHERNET, packet, packet.length)).hasSize(1);
        assertThat(dissection.rejections()).isEqualTo(Map.of("malformed", 1L));
    }
}
