package levee.model;

/** IP protocol numbers that Levee looks into (IANA "Assigned Internet Protocol Numbers"). */
public final class Protocols {
    public static final int ICMP = 1;
    public static final int IPIP = 4;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int IPV6 = 41;
    public static final int GRE = 47;
    public static final int ICMPV6 = 58;
    public static final int SCTP = 132;

    /** No particular protocol. */
    public static final int ANY = -1;

    private Protocols() {}

    /** Whether its ports are told apart. */
    public static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }

    /** The lower-case name of a protocol, or its number. */
    public static String name(int protocol) {
        return switch (protocol) {
            case ICMP -> "icmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case GRE -> "gre";
            case ICMPV6 -> "icmpv6";
            case ANY -> "ip";
            default -> Integer.toString(protocol);
        };
    }

    /** A service, such as {@code tcp/443} or {@code icmp}. @param port 0 where the protocol has none */
    public static String service(int protocol, int port) {
        return port == 0 ? name(protocol) : name(protocol) + "/" + port;
    }
}
