package levee.capture;

/** The link layers that are read (the registry of LINKTYPE values of the tcpdump group). */
public enum LinkType {
    ETHERNET,
    RAW_IP,
    LINUX_COOKED_V1,
    LINUX_COOKED_V2,
    /** BSD loopback: an address family in the byte order of the capturing host, or in network order. */
    LOOPBACK,
    PPP,
    OTHER;

    static LinkType of(int number) {
        return switch (number) {
            case 0, 108 -> LOOPBACK;
            case 1 -> ETHERNET;
            case 9, 50 -> PPP;
            case 12, 14, 101, 228, 229 -> RAW_IP;
            case 113 -> LINUX_COOKED_V1;
            case 276 -> LINUX_COOKED_V2;
            default -> OTHER;
        };
    }
}
