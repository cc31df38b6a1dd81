package levee.logs;

import static levee.logs.NameTable.entry;

import levee.model.Protocols;

/** IP protocol numbers by the names that Zeek and Argus give them. */
final class ProtocolNames {
    /** Not a known name: not IP, or nothing that the log could name. */
    static final int UNKNOWN = -1;

    private static final int HIGHEST = 255;

    private static final NameTable NAMES = new NameTable(
            entry("tcp", Protocols.TCP),
            entry("udp", Protocols.UDP),
            entry("icmp", Protocols.ICMP),
            entry("ipv6-icmp", Protocols.ICMPV6),
            entry("icmpv6", Protocols.ICMPV6),
            entry("icmp6", Protocols.ICMPV6),
            // Argus names what it recognises over UDP as if it were a protocol of IP.
            entry("rtp", Protocols.UDP),
            entry("rtcp", Protocols.UDP),
            entry("udt", Protocols.UDP),
            // As Suricata and nfdump write them.
            entry("TCP", Protocols.TCP),
            entry("UDP", Protocols.UDP),
            entry("ICMP", Protocols.ICMP),
            entry("ICMP6", Protocols.ICMPV6),
            entry("IPv6-ICMP", Protocols.ICMPV6),
            entry("GRE", Protocols.GRE),
            entry("ESP", 50),
            entry("AH", 51),
            entry("SCTP", 132),
            entry("igmp", 2),
            entry("gre", Protocols.GRE),
            entry("esp", 50),
            entry("ah", 51),
            entry("ipv6", Protocols.IPV6),
            entry("ipip", Protocols.IPIP),
            entry("ipnip", Protocols.IPIP),
            entry("sctp", 132),
            entry("pim", 103),
            entry("ospf", 89),
            entry("ospfigp", 89),
            entry("vrrp", 112),
            entry("eigrp", 88),
            entry("egp", 8),
            entry("igp", 9),
            entry("dccp", 33),
            entry("rsvp", 46),
            entry("etherip", 97),
            entry("l2tp", 115),
            entry("udplite", 136));

    private ProtocolNames() {}

    /** The number of the protocol that the bytes name, or say as a number; else {@link #UNKNOWN}. */
    static int number(byte[] bytes, int start, int end) {
        int named = NAMES.find(bytes, start, end, UNKNOWN);
        return named != UNKNOWN ? named : (int) Math.max(Numbers.digits(bytes, start, end, HIGHEST), UNKNOWN);
    }
}
