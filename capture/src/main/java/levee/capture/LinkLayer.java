package levee.capture;

import java.nio.ByteBuffer;
import levee.telemetry.RejectionReason;

/** Finds the IP header behind the link-layer headers of a packet. */
final class LinkLayer {
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_IPV6 = 0x86dd;
    static final int ETHERTYPE_BRIDGED = 0x6558;
    static final int ETHERTYPE_ERSPAN = 0x88be;
    static final int ETHERTYPE_ERSPAN3 = 0x22eb;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_QINQ = 0x9100;
    private static final int MPLS = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848;
    private static final int PPPOE_SESSION = 0x8864;

    private static final int ETHERNET_HEADER = 14;
    private static final int LARGEST_LENGTH_FIELD = 1500;

    /** Tags and labels that are followed; more are no sane network. */
    private static final int MAXIMUM_TAGS = 12;

    private int networkStart;
    private RejectionReason rejection = RejectionReason.NOT_IP;

    /** Index of the IP header after {@link #find} returned true. */
    int networkStart() {
        return networkStart;
    }

    /** The reason after {@link #find} returned false. */
    RejectionReason rejection() {
        return rejection;
    }

    /** @return whether there is an IP header */
    boolean find(ByteBuffer bytes, int start, int limit, LinkType type) {
        return switch (type) {
            case ETHERNET ->
                start <= limit - ETHERNET_HEADER
                        ? etherType(bytes, start + ETHERNET_HEADER, limit, bytes.getChar(start + 12))
                        : reject(RejectionReason.TRUNCATED);
            case RAW_IP -> found(start);
            case LINUX_COOKED_V1 -> cooked(bytes, start, limit, 14, 16);
            case LINUX_COOKED_V2 -> cooked(bytes, start, limit, 0, 20);
            case LOOPBACK -> loopback(bytes, start, limit);
            case PPP -> pppFrame(bytes, start, limit);
            case OTHER -> reject(RejectionReason.LINK_TYPE);
        };
    }

    private boolean found(int start) {
        networkStart = start;
        return true;
    }

    private boolean reject(RejectionReason reason) {
        rejection = reason;
        return false;
    }

    /** LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2. */
    private boolean cooked(ByteBuffer bytes, int start, int limit, int protocolOffset, int headerLength) {
        if (start > limit - headerLength) {
            return reject(RejectionReason.TRUNCATED);
        }
        return etherType(bytes, start + headerLength, limit, bytes.getChar(start + protocolOffset));
    }

    /** The address families of the systems that write LINKTYPE_NULL: 2 everywhere, IPv6 differs. */
    private boolean loopback(ByteBuffer bytes, int start, int limit) {
        if (start > limit - 4) {
            return reject(RejectionReason.TRUNCATED);
        }
        int family = bytes.getInt(start);
        if (family >>> 16 != 0) {
            family = Integer.reverseBytes(family);
        }
        return switch (family) {
            case 2, 10, 23, 24, 28, 30 -> found(start + 4);
            default -> reject(RejectionReason.NOT_IP);
        };
    }

    /** RFC 1662, with or without address and control. */
    private boolean pppFrame(ByteBuffer bytes, int start, int limit) {
        if (start > limit - 4) {
            return reject(RejectionReason.TRUNCATED);
        }
        boolean hasAddress = bytes.get(start) == (byte) 0xff;
        return ppp(bytes, hasAddress ? start + 2 : start, limit);
    }

    private boolean ppp(ByteBuffer bytes, int start, int limit) {
        if (start > limit - 2) {
            return reject(RejectionReason.TRUNCATED);
        }
        int protocol = bytes.getChar(start);
        return protocol == 0x0021 || protocol == 0x0057 ? found(start + 2) : reject(RejectionReason.NOT_IP);
    }

    /** @param start index behind the type field */
    private boolean etherType(ByteBuffer bytes, int start, int limit, int firstType) {
        int type = firstType;
        int at = start;
        for (int tags = 0; tags < MAXIMUM_TAGS; tags++) {
            switch (type) {
                case ETHERTYPE_IPV4, ETHERTYPE_IPV6 -> {
                    return found(at);
                }
                case VLAN, SERVICE_VLAN, OLD_QINQ -> {
                    if (at > limit - 4) {
                        return reject(RejectionReason.TRUNCATED);
                    }
                    type = bytes.getChar(at + 2);
                    at += 4;
                }
                case MPLS, MPLS_MULTICAST -> {
                    // RFC 3032: the type stays as it is up to the last label.
                    if (at > limit - 5) {
                        return reject(RejectionReason.TRUNCATED);
                    }
                    boolean bottom = (bytes.get(at + 2) & 1) != 0;
                    at += 4;
                    if (bottom) {
                        // The first nibble tells the payload, 0 being the control word of a pseudowire (RFC 4448).
                        int nibble = bytes.get(at) >>> 4 & 0xf;
                        if (nibble == 4 || nibble == 6) {
                            return found(at);
                        }
                        int frame = nibble == 0 ? at + 4 : at;
                        if (frame > limit - ETHERNET_HEADER) {
                            return reject(RejectionReason.NOT_IP);
                        }
                        type = bytes.getChar(frame + 12);
                        at = frame + ETHERNET_HEADER;
                    }
                }
                case PPPOE_SESSION -> {
                    return ppp(bytes, at + 6, limit);
                }
                default -> {
                    return type <= LARGEST_LENGTH_FIELD
                            ? logicalLink(bytes, at, limit)
                            : reject(RejectionReason.NOT_IP);
                }
            }
        }
        return reject(RejectionReason.TOO_DEEP);
    }

    /** IEEE 802.2 with SNAP (RFC 1042). */
    private boolean logicalLink(ByteBuffer bytes, int start, int limit) {
        if (start <= limit - 8 && bytes.getInt(start) == 0xaaaa0300 && bytes.get(start + 4) == 0) {
            int type = bytes.getChar(start + 6);
            if (type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6) {
                return found(start + 8);
            }
        }
        return reject(RejectionReason.NOT_IP);
    }
}
