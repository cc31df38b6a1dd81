package levee.capture;

import static levee.capture.PacketBuilder.ethernet;

import java.util.ArrayList;
import java.util.List;
import levee.telemetry.TcpFlags;

/** One packet of each kind that the dissector follows. */
final class SamplePackets {
    private SamplePackets() {}

    record Sample(LinkType type, byte[] bytes) {}

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        add(samples, LinkType.ETHERNET, ethernet());
        add(samples, LinkType.ETHERNET, ethernet().tag(0x88a8, 7).vlan(5));
        add(
                samples,
                LinkType.ETHERNET,
                ethernet().mpls(16, 17).controlWord().frame().vlan(5));
        add(samples, LinkType.ETHERNET, ethernet().pppoe());
        add(samples, LinkType.ETHERNET, PacketBuilder.subnetworkAccessProtocol());
        add(samples, LinkType.LINUX_COOKED_V1, PacketBuilder.cookedV1());
        add(samples, LinkType.LINUX_COOKED_V2, PacketBuilder.cookedV2());
        add(samples, LinkType.LOOPBACK, PacketBuilder.loopback("02 00 00 00"));
        add(samples, LinkType.PPP, PacketBuilder.ppp());
        add(samples, LinkType.PPP, PacketBuilder.pppInHdlcFraming());
        add(samples, LinkType.RAW_IP, PacketBuilder.raw());
        samples.addAll(ipPackets());
        return samples;
    }

    private static void add(List<Sample> samples, LinkType type, PacketBuilder header) {
        samples.add(new Sample(
                type,
                header.ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000).payload(20).bytes()));
    }

    private static List<Sample> ipPackets() {
        byte[] dnsAnswer = Wire.of("00 01 81 80 00 01 00 08 00 00 00 00 03 77 77 77 00 00 01 00 01");
        return List.of(
                        ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .tcp(80, 1000, TcpFlags.SYN)
                                .payload("HTTP/1.1 200 OK"),
                        ethernet()
                                .options("07 07 04 00 00 00 00 00")
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .udp(53, 1000),
                        ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000).payload(dnsAnswer),
                        ethernet().ipv6("::1", "::2").udp(5353, 5353).payload(dnsAnswer),
                        ethernet()
                                .fragment(0, true)
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .udp(53, 1000)
                                .payload(16),
                        ethernet()
                                .fragment(24, false)
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .other(17, "00 00"),
                        ethernet()
                                .ipv6("::1", "::2")
                                .extension(0, 0)
                                .extension(60, 2)
                                .authentication()
                                .fragmentHeader(0, false, 1)
                                .tcp(80, 1000, TcpFlags.ACK),
                        ethernet().ipv6("::1", "::2").fragmentHeader(8, true, 1).other(17, "00 00"),
                        ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .icmp(3, 3)
                                .ipv4("10.0.0.2", "10.0.0.1")
                                .udp(53, 1000),
                        ethernet()
                                .ipv6("::1", "::2")
                                .icmpv6(1, 4)
                                .ipv6("::2", "::1")
                                .tcp(80, 1000, TcpFlags.SYN),
                        ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .gre(0xb000)
                                .ipv6("::1", "::2")
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .udp(161, 1000),
                        ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .gre(0x1000)
                                .erspan(0x22eb, "20 05 00 01 00 00 00 00 00 00 00 01 0c 00 00 00 00 00 00 00")
                                .frame()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .udp(161, 1000),
                        ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .udp(40_000, 4789)
                                .vxlan(5)
                                .frame()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .tcp(80, 1000, TcpFlags.RST))
                .stream()
                .map(packet -> new Sample(LinkType.ETHERNET, packet.bytes()))
                .toList();
    }
}
