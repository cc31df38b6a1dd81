package levee.sharing;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import levee.model.Protocols;

/** How fingerprints write protocols, TCP flags and types. */
final class Names {
    /** From the highest bit to the lowest, as nfdump prints them. */
    private static final String FLAGS = "CEUAPRSF";

    private static final Map<String, Integer> PROTOCOLS = Map.of(
            "TCP", Protocols.TCP,
            "UDP", Protocols.UDP,
            "ICMP", Protocols.ICMP,
            "ICMPV6", Protocols.ICMPV6,
            "IPV6-ICMP", Protocols.ICMPV6,
            "GRE", Protocols.GRE);

    /** RFC 792 and the registry of its types; the dissector's names where it has one. */
    private static final Map<Integer, String> ICMP_TYPES = Map.ofEntries(
            Map.entry(0, "Echo Reply"),
            Map.entry(3, "Destination Unreachable"),
            Map.entry(4, "Source Quench"),
            Map.entry(5, "Redirect"),
            Map.entry(8, "Echo"),
            Map.entry(9, "Router Advertisement"),
            Map.entry(10, "Router Solicitation"),
            Map.entry(11, "Time Exceeded"),
            Map.entry(12, "Parameter Problem"),
            Map.entry(13, "Timestamp"),
            Map.entry(14, "Timestamp Reply"),
            Map.entry(40, "Photuris"),
            Map.entry(42, "Extended Echo Request"),
            Map.entry(43, "Extended Echo Reply"));

    /** RFC 4443. */
    private static final Map<Integer, String> ICMPV6_TYPES = Map.of(
            1, "Destination Unreachable",
            2, "Packet Too Big",
            3, "Time Exceeded",
            4, "Parameter Problem",
            128, "Echo Request",
            129, "Echo Reply");

    /** Those that are asked for in attacks and look-ups (IANA "DNS Parameters"). */
    private static final Map<Integer, String> DNS_TYPES = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(12, "PTR"),
            Map.entry(13, "HINFO"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(17, "RP"),
            Map.entry(24, "SIG"),
            Map.entry(25, "KEY"),
            Map.entry(28, "AAAA"),
            Map.entry(29, "LOC"),
            Map.entry(33, "SRV"),
            Map.entry(35, "NAPTR"),
            Map.entry(37, "CERT"),
            Map.entry(43, "DS"),
            Map.entry(44, "SSHFP"),
            Map.entry(46, "RRSIG"),
            Map.entry(47, "NSEC"),
            Map.entry(48, "DNSKEY"),
            Map.entry(50, "NSEC3"),
            Map.entry(51, "NSEC3PARAM"),
            Map.entry(52, "TLSA"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(99, "SPF"),
            Map.entry(255, "ANY"),
            Map.entry(257, "CAA"));

    private Names() {}

    /** The protocol in capitals, or its number. */
    static String protocol(int protocol) {
        return Protocols.name(protocol).toUpperCase(Locale.ROOT);
    }

    /** The number of a protocol that is written by name or number. */
    static OptionalInt protocol(String name) {
        Integer known = PROTOCOLS.get(name.toUpperCase(Locale.ROOT));
        if (known != null) {
            return OptionalInt.of(known);
        }
        return name.matches("[0-9]{1,3}") && Integer.parseInt(name) < 256
                ? OptionalInt.of(Integer.parseInt(name))
                : OptionalInt.empty();
    }

    /** As {@link #protocol(String)}, or what an application is carried by, as tshark names it. */
    static OptionalInt protocolOrApplication(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "DNS",
                    "MDNS",
                    "NTP",
                    "SSDP",
                    "SNMP",
                    "CLDAP",
                    "CHARGEN",
                    "QUIC",
                    "TFTP",
                    "PORTMAP",
                    "MEMCACHE",
                    "RIPV1" -> OptionalInt.of(Protocols.UDP);
            case "HTTP", "TLS", "TLSV1.2", "SSL", "SSH" -> OptionalInt.of(Protocols.TCP);
            default -> protocol(name);
        };
    }

    /** Eight characters, such as {@code ......S.}. */
    static String tcpFlags(int flags) {
        StringBuilder text = new StringBuilder(FLAGS.length());
        for (int i = 0; i < FLAGS.length(); i++) {
            text.append((flags & 0x80 >>> i) != 0 ? FLAGS.charAt(i) : '.');
        }
        return text.toString();
    }

    /** The flags of a text such as {@code ......S.} or {@code SA}; empty where it holds anything else. */
    static OptionalInt tcpFlags(String text) {
        int flags = 0;
        for (char c : text.toCharArray()) {
            int bit = FLAGS.indexOf(c);
            if (bit >= 0) {
                flags |= 0x80 >>> bit;
            } else if (c != '.' && c != '\u00b7') {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(flags);
    }

    static String icmpType(int protocol, int type) {
        return (protocol == Protocols.ICMP ? ICMP_TYPES : ICMPV6_TYPES).getOrDefault(type, Integer.toString(type));
    }

    static String dnsType(int type) {
        return DNS_TYPES.getOrDefault(type, Integer.toString(type));
    }
}
