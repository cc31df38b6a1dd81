package levee.telemetry;

/** ICMP and ICMPv6 types, as far as requests and their answers go. The two families share no type that has one. */
public final class IcmpTypes {
    /** No other type answers this one. */
    public static final int NONE = -1;

    private IcmpTypes() {}

    /** The type of the message that answers, or is answered by, a message of this type; else {@link #NONE}. */
    public static int counterpart(int type) {
        return switch (type) {
            case 0, 8 -> 8 - type;
            // Router solicitation and advertisement.
            case 9, 10 -> 19 - type;
            // Timestamp, information, address mask.
            case 13, 14 -> 27 - type;
            case 15, 16 -> 31 - type;
            case 17, 18 -> 35 - type;
            // ICMPv6 echo, multicast listeners, router and neighbour discovery.
            case 128, 129 -> 257 - type;
            case 130, 131 -> 261 - type;
            case 133, 134 -> 267 - type;
            case 135, 136 -> 271 - type;
            // ICMPv6 node information, home agent discovery.
            case 139, 140 -> 279 - type;
            case 144, 145 -> 289 - type;
            default -> NONE;
        };
    }

    /** What stands for a port in {@link FlowBatch#destinationPort}. */
    public static char port(int type, int code) {
        return (char) (type << 8 | code & 0xff);
    }

    /** The port of the message that answers one with this port; the same port if none does. */
    public static char answer(char port) {
        int counterpart = counterpart(port >> 8);
        return counterpart == NONE ? port : port(counterpart, 0);
    }
}
