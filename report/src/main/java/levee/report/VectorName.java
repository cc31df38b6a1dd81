package levee.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import levee.model.AttackVector;

/** Vectors as people write them: {@code dns-reflection} is DNS reflection. */
public final class VectorName {
    private static final Set<String> PLAIN_WORDS = Set.of(
            "reflection", "flood", "fragment", "query", "connection", "flag", "protocol", "middlebox", "portmap");

    /** The names that are neither plain words nor acronyms in capitals. */
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("netbios", "NetBIOS"),
            Map.entry("modbus", "Modbus"),
            Map.entry("ripv1", "RIPv1"),
            Map.entry("openvpn", "OpenVPN"),
            Map.entry("citrix", "Citrix"),
            Map.entry("digiman", "Digiman"),
            Map.entry("ipsec", "IPsec"),
            Map.entry("sentinel", "Sentinel"),
            Map.entry("mdns", "mDNS"),
            Map.entry("coap", "CoAP"),
            Map.entry("ubiquiti", "Ubiquiti"),
            Map.entry("mitel", "Mitel"),
            Map.entry("memcached", "Memcached"),
            Map.entry("vxworks", "VxWorks"),
            Map.entry("powerhouse", "Powerhouse"),
            Map.entry("steam", "Steam"),
            Map.entry("quake3", "Quake 3"),
            Map.entry("fivem", "FiveM"),
            Map.entry("lantronix", "Lantronix"),
            Map.entry("plex", "Plex"),
            Map.entry("jenkins", "Jenkins"),
            Map.entry("dhdiscover", "DHDiscover"),
            Map.entry("crestron", "Crestron"),
            Map.entry("bacnet", "BACnet"),
            Map.entry("netis", "Netis"),
            Map.entry("synack", "SYN-ACK"),
            Map.entry("icmpv6", "ICMPv6"));

    private VectorName() {}

    public static String of(AttackVector vector) {
        return Arrays.stream(vector.label().split("-"))
                .map(VectorName::word)
                .collect(Collectors.joining(" "))
                .replace("NAT T", "NAT-T")
                .replace("NAT PMP", "NAT-PMP");
    }

    /** As in "attacked with": floods take an article. */
    static String inSentence(AttackVector vector) {
        String name = of(vector);
        if (vector.isReflection()) {
            return name;
        }
        return (name.startsWith("I") ? "an " : "a ") + name;
    }

    private static String word(String word) {
        return PLAIN_WORDS.contains(word) ? word : SPELLINGS.getOrDefault(word, word.toUpperCase(Locale.ROOT));
    }
}
