package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import levee.model.IpAddress;
import levee.model.Protocols;

/**
 * Builds packets from the outside in: {@code ethernet().vlan(5).ipv4("10.0.0.1", "10.0.0.2").udp(53, 1000)}. Lengths
 * and type fields are filled in; checksums stay zero.
 */
final class PacketBuilder {
    private static final int NO_ETHER_TYPE = 0x0000;
    private static final int NO_PROTOCOL = 59;

    /** What a header needs to know of what it is in front of. */
    private record Inner(int etherType, int protocol, byte[] bytes) {}

    private interface Header {
        byte[] inFrontOf(Inner inner);
    }

    /** @param etherType how the link layer names it, and {@code protocol} how IP does */
    private record Layer(int etherType, int protocol, Header header) {}

    private final List<Layer> layers = new ArrayList<>();

    // Fields of the IP headers that follow.
    private int timeToLive = 64;
    private int identification = 1;
    private int fragmentField;
    private byte[] options = {};
    private int claimedLength = -1;

    private PacketBuilder() {}

    static PacketBuilder raw() {
        return new PacketBuilder();
    }

    static PacketBuilder ethernet() {
        return raw().frame();
    }

    /** LINKTYPE_LINUX_SLL: packet type, ARPHRD type, address length, address, protocol. */
    static PacketBuilder cookedV1() {
        return raw().linkHeader(inner ->
                Wire.network().u16(0).u16(1).u16(6).u64(0x0200_0000_0001_0000L).u16(inner.etherType));
    }

    /** LINKTYPE_LINUX_SLL2: protocol, reserved, interface index, ARPHRD type, packet type, address length, address. */
    static PacketBuilder cookedV2() {
        return raw().linkHeader(inner -> Wire.network()
                .u16(inner.etherType)
                .u16(0)
                .u32(3)
                .u16(1)
                .u8(0)
                .u8(6)
                .u64(0x0200_0000_0001_0000L));
    }

    /** LINKTYPE_NULL or LINKTYPE_LOOP: the four bytes of an address family. */
    static PacketBuilder loopback(String family) {
        return raw().linkHeader(inner -> Wire.network().bytes(Wire.of(family)));
    }

    static PacketBuilder ppp() {
        return raw().linkHeader(inner -> Wire.network().u16(pppProtocol(inner)));
    }

    /** RFC 1662: address ff and control 03 in front. */
    static PacketBuilder pppInHdlcFraming() {
        return raw().linkHeader(inner -> Wire.network().u16(0xff03).u16(pppProtocol(inner)));
    }

    private static int pppProtocol(Inner inner) {
        return switch (inner.etherType) {
            case LinkLayer.ETHERTYPE_IPV4 -> 0x0021;
            case LinkLayer.ETHERTYPE_IPV6 -> 0x0057;
            default -> 0xc021;
        };
    }

    private interface Fields {
        Wire of(Inner inner);
    }

    private PacketBuilder add(int etherType, int protocol, Fields fields) {
        layers.add(new Layer(
                etherType,
                protocol,
                inner -> fields.of(inner).bytes(inner.bytes).array()));
        return this;
    }

    private PacketBuilder linkHeader(Fields fields) {
        return add(NO_ETHER_TYPE, NO_PROTOCOL, fields);
    }

    /** An Ethernet header: at the start, or inside a tunnel. */
    PacketBuilder frame() {
        return add(
                LinkLayer.ETHERTYPE_BRIDGED,
                NO_PROTOCOL,
                inner -> Wire.network()
                        .bytes(Wire.of("02 00 00 00 00 02  02 00 00 00 00 01"))
                        .u16(inner.etherType));
    }

    /** IEEE 802.1Q: priority and VLAN, then the type of what follows. */
    PacketBuilder vlan(int vlan) {
        return tag(0x8100, vlan);
    }

    PacketBuilder tag(int etherType, int vlan) {
        return add(etherType, NO_PROTOCOL, inner -> Wire.network().u16(vlan).u16(inner.etherType));
    }

    /** RFC 3032: one label stack entry each; the last one has the bottom-of-stack bit. */
    PacketBuilder mpls(int... labels) {
        for (int i = 0; i < labels.length; i++) {
            long bottom = i == labels.length - 1 ? 0x100 : 0;
            long entry = (long) labels[i] << 12 | bottom | 64;
            add(0x8847, NO_PROTOCOL, inner -> Wire.network().u32(entry));
        }
        return this;
    }

    /** RFC 4448 section 4.6: the control word of a pseudowire begins with a nibble of zero. */
    PacketBuilder controlWord() {
        return linkHeader(inner -> Wire.network().u32(0x0000_0001));
    }

    /** RFC 2516: version and type 1, code 0, session, length, PPP protocol. */
    PacketBuilder pppoe() {
        return add(
                0x8864,
                NO_PROTOCOL,
                inner -> Wire.network()
                        .u8(0x11)
                        .u8(0)
                        .u16(7)
                        .u16(inner.bytes.length + 2)
                        .u16(pppProtocol(inner)));
    }

    /** IEEE 802.3 length field, IEEE 802.2 LLC and SNAP in place of an EtherType. */
    static PacketBuilder subnetworkAccessProtocol() {
        return raw().linkHeader(inner -> Wire.network()
                .bytes(Wire.of("02 00 00 00 00 02  02 00 00 00 00 01"))
                .u16(inner.bytes.length + 8)
                .bytes(Wire.of("aa aa 03  00 00 00"))
                .u16(inner.etherType));
    }

    /** The TTL or hop limit of the IP header that comes next. */
    PacketBuilder timeToLive(int value) {
        timeToLive = value;
        return this;
    }

    /** The identification of the IPv4 header that comes next. */
    PacketBuilder identification(int value) {
        identification = value;
        return this;
    }

    /** Makes what the IPv4 header that comes next carries a fragment. */
    PacketBuilder fragment(int offsetBytes, boolean more) {
        fragmentField = offsetBytes / 8 | (more ? 0x2000 : 0);
        return this;
    }

    /** The options of the IPv4 header that comes next. */
    PacketBuilder options(String hex) {
        options = Wire.of(hex);
        return this;
    }

    /** What the IP header that comes next says of its length, in place of the truth. */
    PacketBuilder claimLength(int value) {
        claimedLength = value;
        return this;
    }

    /** RFC 791 section 3.1. */
    PacketBuilder ipv4(String source, String destination) {
        int ttl = timeToLive;
        int id = identification;
        int fragment = fragmentField;
        byte[] optionBytes = options;
        int claimed = claimedLength;
        forgetFields();
        return add(
                LinkLayer.ETHERTYPE_IPV4,
                Protocols.IPIP,
                inner -> Wire.network()
                        .u8(0x45 + optionBytes.length / 4)
                        .u8(0)
                        .u16(claimed >= 0 ? claimed : 20 + optionBytes.length + inner.bytes.length)
                        .u16(id)
                        .u16(fragment)
                        .u8(ttl)
                        .u8(inner.protocol)
                        .u16(0)
                        .u32(IpAddress.parse(source).low())
                        .u32(IpAddress.parse(destination).low())
                        .bytes(optionBytes));
    }

    /** RFC 8200 section 3. */
    PacketBuilder ipv6(String source, String destination) {
        int ttl = timeToLive;
        int claimed = claimedLength;
        forgetFields();
        return add(
                LinkLayer.ETHERTYPE_IPV6,
                Protocols.IPV6,
                inner -> Wire.network()
                        .u32(0x6000_0000L)
                        .u16(claimed >= 0 ? claimed : inner.bytes.length)
                        .u8(inner.protocol)
                        .u8(ttl)
                        .u64(IpAddress.parse(source).high())
                        .u64(IpAddress.parse(source).low())
                        .u64(IpAddress.parse(destination).high())
                        .u64(IpAddress.parse(destination).low()));
    }

    private void forgetFields() {
        timeToLive = 64;
        identification = 1;
        fragmentField = 0;
        options = new byte[0];
        claimedLength = -1;
    }

    /** An IPv6 extension header of {@code 8 * (1 + moreWords)} bytes (RFC 8200 section 4). */
    PacketBuilder extension(int protocol, int moreWords) {
        return add(
                NO_ETHER_TYPE,
                protocol,
                inner -> Wire.network().u8(inner.protocol).u8(moreWords).bytes(new byte[6 + 8 * moreWords]));
    }

    /** RFC 4302 section 2: an integrity value of 12 bytes makes a header of 24, told as 6 - 2 words of four. */
    PacketBuilder authentication() {
        return add(
                NO_ETHER_TYPE,
                51,
                inner -> Wire.network().u8(inner.protocol).u8(4).bytes(new byte[22]));
    }

    /** RFC 8200 section 4.5. */
    PacketBuilder fragmentHeader(int offsetBytes, boolean more, int id) {
        return add(
                NO_ETHER_TYPE,
                44,
                inner -> Wire.network()
                        .u8(inner.protocol)
                        .u8(0)
                        .u16(offsetBytes | (more ? 1 : 0))
                        .u32(id));
    }

    PacketBuilder udp(int sourcePort, int destinationPort) {
        return add(
                NO_ETHER_TYPE,
                Protocols.UDP,
                inner -> Wire.network()
                        .u16(sourcePort)
                        .u16(destinationPort)
                        .u16(8 + inner.bytes.length)
                        .u16(0));
    }

    /** RFC 9293 section 3.1, without options; sequence number 0x01020304 and window 0x0506. */
    PacketBuilder tcp(int sourcePort, int destinationPort, int flags) {
        return tcp(sourcePort, destinationPort, flags, 0x0102_0304);
    }

    PacketBuilder tcp(int sourcePort, int destinationPort, int flags, int sequence) {
        return add(
                NO_ETHER_TYPE,
                Protocols.TCP,
                inner -> Wire.network()
                        .u16(sourcePort)
                        .u16(destinationPort)
                        .u32(sequence)
                        .u32(0)
                        .u8(0x50)
                        .u8(flags)
                        .u16(0x0506)
                        .u32(0));
    }

    /** RFC 792: type, code, checksum, and four bytes that depend on the type. */
    PacketBuilder icmp(int type, int code) {
        return control(Protocols.ICMP, type, code);
    }

    /** RFC 4443 section 2.1. */
    PacketBuilder icmpv6(int type, int code) {
        return control(Protocols.ICMPV6, type, code);
    }

    private PacketBuilder control(int protocol, int type, int code) {
        return add(
                NO_ETHER_TYPE,
                protocol,
                inner -> Wire.network().u8(type).u8(code).u16(0).u32(0));
    }

    /** RFC 2784 and 2890: flags and version, then a word for each of checksum, key and sequence number. */
    PacketBuilder gre(int flagsAndVersion) {
        int words = Integer.bitCount(flagsAndVersion & 0xb000);
        return add(
                NO_ETHER_TYPE,
                Protocols.GRE,
                inner ->
                        Wire.network().u16(flagsAndVersion).u16(inner.etherType).bytes(new byte[4 * words]));
    }

    /** draft-foschiano-erspan: type II has 8 bytes, type III has 12. */
    PacketBuilder erspan(int etherType, String header) {
        return add(etherType, NO_PROTOCOL, inner -> Wire.network().bytes(Wire.of(header)));
    }

    /** RFC 7348 section 5: the flag of a valid identifier, reserved, identifier, reserved. */
    PacketBuilder vxlan(int identifier) {
        return linkHeader(inner -> Wire.network().u32(0x0800_0000).u32((long) identifier << 8));
    }

    /** Whatever follows, under a number that IP or the link layer gives it. */
    PacketBuilder other(int number, String hex) {
        return add(number, number, inner -> Wire.network().bytes(Wire.of(hex)));
    }

    PacketBuilder payload(byte[] payload) {
        return linkHeader(inner -> Wire.network().bytes(payload));
    }

    PacketBuilder payload(String text) {
        return payload(text.getBytes(ISO_8859_1));
    }

    PacketBuilder payload(int zeros) {
        return payload(new byte[zeros]);
    }

    byte[] bytes() {
        Inner inner = new Inner(NO_ETHER_TYPE, NO_PROTOCOL, new byte[0]);
        for (Layer layer : layers.reversed()) {
            inner = new Inner(layer.etherType, layer.protocol, layer.header.inFrontOf(inner));
        }
        return inner.bytes;
    }
}
