package levee.capture;

import static levee.model.Protocols.GRE;
import static levee.model.Protocols.ICMP;
import static levee.model.Protocols.ICMPV6;
import static levee.model.Protocols.IPIP;
import static levee.model.Protocols.IPV6;
import static levee.model.Protocols.TCP;
import static levee.model.Protocols.UDP;

import java.nio.ByteBuffer;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;
import org.jspecify.annotations.Nullable;

/**
 * Turns one packet into rows: one for itself, and one for each packet that it carries inside a tunnel; and into events, of
 * what its payload says. Nothing is allocated, and nothing is thrown for what the bytes say.
 */
public final class PacketDissector {
    /** The most rows that one packet becomes. */
    public static final int MAXIMUM_ROWS = 4;

    /** The most events that one packet becomes: of the packets in a tunnel only the innermost says something. */
    static final int MAXIMUM_EVENTS = ApplicationReader.MAXIMUM_EVENTS;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int TCP_HEADER_USED = 16;
    private static final int UDP_HEADER = 8;
    private static final int VXLAN_PORT = 4789;
    private static final int MAXIMUM_EXTENSIONS = 16;
    private static final int GRE_ROUTING = 0x4000;
    private static final int GRE_VERSION = 7;
    private static final int ERSPAN3_HEADER = 12;
    private static final int ERSPAN3_SUBHEADER = 8;

    /** Extension headers (RFC 8200 section 4, RFC 4302, RFC 6275, RFC 7401, RFC 5533). */
    private static final int HOP_BY_HOP = 0;

    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM6 = 140;

    private final Rejections rejections;
    private final FragmentTable fragments = new FragmentTable();
    private final LinkLayer link = new LinkLayer();
    private final @Nullable PacketListener listener;
    private final @Nullable ApplicationReader applications;

    // The packet that is being looked at.
    private ByteBuffer bytes;
    private FlowBatch batch;
    private long nanos;
    private int firstRow;
    private int frameLength;

    /** A dissector that makes rows only, no events. */
    public PacketDissector(Rejections rejections) {
        this(rejections, null, null);
    }

    /**
     * @param listener is shown each packet; null where nobody asks
     * @param applications makes events of payloads; null where nobody asks
     */
    PacketDissector(
            Rejections rejections, @Nullable PacketListener listener, @Nullable ApplicationReader applications) {
        this.rejections = rejections;
        this.listener = listener;
        this.applications = applications;
        bytes = ByteBuffer.allocate(0);
        batch = new FlowBatch(0);
    }

    /**
     * Appends the rows of a packet; the batch must have room for {@link #MAXIMUM_ROWS}.
     *
     * @param bytes a buffer in network order
     * @param start index of the first byte of the packet
     * @param captured bytes of it that are there
     * @param length its length on the wire in bytes, at least {@code captured}
     * @param nanos its time, in nanoseconds since 1970
     */
    public void dissect(
            ByteBuffer bytes, int start, int captured, int length, LinkType type, long nanos, FlowBatch batch) {
        this.bytes = bytes;
        this.batch = batch;
        this.nanos = nanos;
        firstRow = batch.size;
        frameLength = length;
        int limit = start + captured;
        if (link.find(bytes, start, limit, type)) {
            ip(link.networkStart(), limit, length - (link.networkStart() - start));
        } else {
            rejections.count(link.rejection());
        }
    }

    /** @param length bytes on the wire from {@code start} on */
    private void ip(int start, int limit, int length) {
        if (batch.size - firstRow >= MAXIMUM_ROWS) {
            rejections.count(RejectionReason.TOO_DEEP);
            return;
        }
        if (limit - start < 1) {
            rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        int version = bytes.get(start) >>> 4 & 0xf;
        if (version == 4) {
            ipv4(start, limit, length);
        } else if (version == 6) {
            ipv6(start, limit, length);
        } else {
            rejections.count(RejectionReason.MALFORMED);
        }
    }

    private void ipv4(int start, int limit, int length) {
        if (limit - start < IPV4_HEADER) {
            rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        // Two reads of eight bytes each in place of six small ones: version to fragment offset, TTL to source address.
        long first = bytes.getLong(start);
        long second = bytes.getLong(start + 8);
        int headerLength = (int) (first >>> 54) & 0x3c;
        if (headerLength < IPV4_HEADER || headerLength > length) {
            rejections.count(RejectionReason.MALFORMED);
            return;
        }
        int totalLength = (int) (first >>> 32) & 0xffff;
        // Zero is what a card that segments by itself leaves; a claim beyond the wire is not believed.
        if (totalLength < headerLength || totalLength > length) {
            totalLength = length;
        }
        int row = batch.size;
        batch.sourceHigh[row] = 0;
        batch.sourceLow[row] = IpAddress.mapIpv4((int) second);
        batch.destinationHigh[row] = 0;
        batch.destinationLow[row] = IpAddress.mapIpv4(bytes.getInt(start + 16));
        batch.timeToLive[row] = (byte) (second >>> 56);
        int identification = (int) (first >>> 16) & 0xffff;
        int offset = (int) first & 0x1fff;
        boolean more = (first & 0x2000) != 0;
        int protocol = (int) (second >>> 48) & 0xff;
        transport(
                protocol,
                start + headerLength,
                end(start, limit, totalLength),
                totalLength,
                totalLength - headerLength,
                identification,
                offset > 0 || more,
                offset << 3);
    }

    private void ipv6(int start, int limit, int length) {
        if (limit - start < IPV6_HEADER) {
            rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        int payloadLength = bytes.getChar(start + 4);
        int totalLength = IPV6_HEADER + payloadLength;
        if (payloadLength == 0 || totalLength > length) {
            totalLength = length;
        }
        int row = batch.size;
        batch.sourceHigh[row] = bytes.getLong(start + 8);
        batch.sourceLow[row] = bytes.getLong(start + 16);
        batch.destinationHigh[row] = bytes.getLong(start + 24);
        batch.destinationLow[row] = bytes.getLong(start + 32);
        batch.timeToLive[row] = bytes.get(start + 7);
        int end = end(start, limit, totalLength);
        int next = bytes.get(start + 6) & 0xff;
        int at = start + IPV6_HEADER;
        int identification = 0;
        boolean isFragment = false;
        int offset = 0;
        for (int i = 0; i < MAXIMUM_EXTENSIONS && isExtension(next) && offset == 0 && at <= end - 8; i++) {
            int extensionLength = (bytes.get(at + 1) & 0xff) + 1 << 3;
            if (next == AUTHENTICATION) {
                extensionLength = (bytes.get(at + 1) & 0xff) + 2 << 2;
            } else if (next == FRAGMENT) {
                extensionLength = 8;
                int field = bytes.getChar(at + 2);
                // An atomic fragment (RFC 6946) is a whole packet.
                isFragment = (field & ~6) != 0;
                offset = field & ~7;
                identification = bytes.getInt(at + 4);
            }
            next = bytes.get(at) & 0xff;
            at += extensionLength;
        }
        transport(next, at, end, totalLength, totalLength - (at - start), identification, isFragment, offset);
    }

    /** Index behind the last captured byte of a packet of {@code totalLength} bytes. */
    private static int end(int start, int limit, int totalLength) {
        return totalLength < limit - start ? start + totalLength : limit;
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6 ->
                true;
            default -> false;
        };
    }

    /**
     * Completes the row whose addresses and TTL are set already.
     *
     * @param start index of the transport header
     * @param limit index behind the last captured byte of the IP packet
     * @param totalLength length of the IP packet in bytes
     * @param payloadLength its bytes from the transport header on
     * @param offset where a fragment belongs in the whole, in bytes; above zero there is no transport header
     */
    private void transport(
            int protocol,
            int start,
            int limit,
            int totalLength,
            int payloadLength,
            int identification,
            boolean isFragment,
            int offset) {
        FlowBatch rows = batch;
        int row = rows.size;
        rows.firstNanos[row] = nanos;
        rows.protocol[row] = (byte) protocol;
        rows.bytes[row] = totalLength;
        rows.ipIdentification[row] = (char) identification;
        rows.sourcePort[row] = 0;
        rows.destinationPort[row] = 0;
        rows.tcpFlags[row] = 0;
        rows.tcpSequence[row] = 0;
        rows.tcpWindow[row] = 0;
        rows.payloadHint[row] = PayloadHint.NONE;
        int fragment = isFragment ? Fragment.FRAGMENT : 0;
        if (row > firstRow) {
            fragment |= Fragment.TUNNELLED;
        }
        rows.fragment[row] = (byte) fragment;
        if (listener != null) {
            listener.note(row, frameLength, offset, bytes, payloadStart(protocol, start, limit), limit);
        }
        if (offset > 0) {
            rows.fragment[row] |= Fragment.CONTINUES;
            fragments.join(rows, row, identification);
            rows.size++;
            return;
        }
        switch (protocol) {
            case TCP -> {
                if (!tcp(row, start, limit, payloadLength)) {
                    return;
                }
            }
            case UDP -> {
                if (!udp(row, start, limit, payloadLength)) {
                    return;
                }
            }
            case ICMP, ICMPV6 -> icmp(row, protocol, start, limit);
            default -> {}
        }
        if (isFragment) {
            fragments.remember(rows, row, identification);
        }
        rows.size++;
        if (!isFragment) {
            tunnel(row, protocol, start, limit, payloadLength);
        }
    }

    private int payloadStart(int protocol, int start, int limit) {
        return switch (protocol) {
            case UDP -> start + UDP_HEADER;
            case TCP -> start > limit - TCP_HEADER_USED ? limit : start + (bytes.get(start + 12) >>> 2 & 0x3c);
            default -> start;
        };
    }

    private boolean tcp(int row, int start, int limit, int payloadLength) {
        if (start > limit - TCP_HEADER_USED) {
            rejections.count(RejectionReason.TRUNCATED);
            return false;
        }
        // Ports and sequence number; then offset, flags and window.
        long first = bytes.getLong(start);
        int last = bytes.getInt(start + 12);
        batch.sourcePort[row] = (char) (first >>> 48);
        batch.destinationPort[row] = (char) (first >>> 32);
        batch.tcpSequence[row] = (int) first;
        batch.tcpFlags[row] = (byte) (last >>> 16);
        batch.tcpWindow[row] = (char) last;
        int payload = start + (last >>> 26 & 0x3c);
        batch.payloadHint[row] = PayloadSniffer.tcp(bytes, payload, limit);
        if (applications != null && payload < limit && payload >= start + TCP_HEADER) {
            applications.tcp(bytes, payload, limit, limit - start >= payloadLength, batch, row);
        }
        return true;
    }

    private boolean udp(int row, int start, int limit, int payloadLength) {
        if (start > limit - UDP_HEADER) {
            rejections.count(payloadLength < UDP_HEADER ? RejectionReason.MALFORMED : RejectionReason.TRUNCATED);
            return false;
        }
        int ports = bytes.getInt(start);
        char sourcePort = (char) (ports >>> 16);
        char destinationPort = (char) ports;
        batch.sourcePort[row] = sourcePort;
        batch.destinationPort[row] = destinationPort;
        batch.payloadHint[row] = payloadLength == UDP_HEADER
                ? PayloadHint.EMPTY
                : PayloadSniffer.udp(bytes, start + UDP_HEADER, limit, sourcePort, destinationPort);
        if (applications != null && destinationPort != VXLAN_PORT) {
            applications.udp(bytes, start + UDP_HEADER, limit, batch, row);
        }
        return true;
    }

    private void icmp(int row, int protocol, int start, int limit) {
        if (start > limit - 2) {
            return;
        }
        int type = bytes.get(start) & 0xff;
        batch.destinationPort[row] = bytes.getChar(start);
        boolean isError = protocol == ICMP ? isIcmpError(type) : type >= 1 && type <= 4;
        if (isError) {
            quoted(row, protocol, start + 8, limit);
        }
    }

    /** Destination unreachable, source quench, redirect, time exceeded, parameter problem (RFC 792). */
    private static boolean isIcmpError(int type) {
        return switch (type) {
            case 3, 4, 5, 11, 12 -> true;
            default -> false;
        };
    }

    /** Notes which packet an ICMP error quotes: its protocol and destination port. */
    private void quoted(int row, int protocol, int start, int limit) {
        batch.payloadHint[row] = PayloadHint.ICMP_ERROR_OTHER;
        int headerLength = IPV6_HEADER;
        int protocolAt = start + 6;
        if (protocol == ICMP) {
            if (start >= limit) {
                return;
            }
            headerLength = (bytes.get(start) & 0xf) << 2;
            protocolAt = start + 9;
        }
        if (start > limit - headerLength - 4 || headerLength < IPV4_HEADER) {
            return;
        }
        int quotedProtocol = bytes.get(protocolAt) & 0xff;
        if (quotedProtocol == UDP || quotedProtocol == TCP) {
            batch.payloadHint[row] = quotedProtocol == UDP ? PayloadHint.ICMP_ERROR_UDP : PayloadHint.ICMP_ERROR_TCP;
            batch.sourcePort[row] = bytes.getChar(start + headerLength + 2);
        }
    }

    /** Looks for a packet inside. */
    private void tunnel(int row, int protocol, int start, int limit, int payloadLength) {
        switch (protocol) {
            case IPIP, IPV6 -> ip(start, limit, payloadLength);
            case GRE -> gre(start, limit, payloadLength);
            case UDP -> {
                if (batch.destinationPort[row] == VXLAN_PORT) {
                    vxlan(start + UDP_HEADER, limit, payloadLength - UDP_HEADER);
                }
            }
            default -> {}
        }
    }

    /** RFC 2784 and 2890; of version 1 (PPTP) and of the routing of RFC 1701 only the outer packet is used. */
    private void gre(int start, int limit, int length) {
        if (start > limit - 4) {
            return;
        }
        int flags = bytes.getChar(start);
        if ((flags & (GRE_ROUTING | GRE_VERSION)) != 0) {
            return;
        }
        boolean hasSequence = (flags & 0x1000) != 0;
        int headerLength = 4 + (flags >>> 15 << 2) + ((flags & 0x2000) >>> 11) + (hasSequence ? 4 : 0);
        int protocol = bytes.getChar(start + 2);
        int inner = start + headerLength;
        int innerLength = length - headerLength;
        switch (protocol) {
            case LinkLayer.ETHERTYPE_IPV4, LinkLayer.ETHERTYPE_IPV6 -> ip(inner, limit, innerLength);
            case LinkLayer.ETHERTYPE_BRIDGED -> ethernet(inner, limit, innerLength);
            // ERSPAN (draft-foschiano-erspan): type I has no header of its own, II has eight bytes, III twelve and
            // more.
            case LinkLayer.ETHERTYPE_ERSPAN -> {
                int header = hasSequence ? 8 : 0;
                ethernet(inner + header, limit, innerLength - header);
            }
            case LinkLayer.ETHERTYPE_ERSPAN3 -> {
                if (inner <= limit - ERSPAN3_HEADER) {
                    boolean hasSubheader = (bytes.get(inner + ERSPAN3_HEADER - 1) & 1) != 0;
                    int header = ERSPAN3_HEADER + (hasSubheader ? ERSPAN3_SUBHEADER : 0);
                    ethernet(inner + header, limit, innerLength - header);
                }
            }
            default -> {}
        }
    }

    /** RFC 7348 section 5. */
    private void vxlan(int start, int limit, int length) {
        if (start <= limit - 8 && bytes.get(start) == 0x08) {
            ethernet(start + 8, limit, length - 8);
        }
    }

    /** An inner frame; one that carries no IP is no error. */
    private void ethernet(int start, int limit, int length) {
        if (link.find(bytes, start, limit, LinkType.ETHERNET)) {
            ip(link.networkStart(), limit, length - (link.networkStart() - start));
        }
    }
}
