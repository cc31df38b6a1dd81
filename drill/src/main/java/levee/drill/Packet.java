package levee.drill;

import java.util.Optional;
import levee.model.IpAddress;
import levee.model.Protocols;

/**
 * The packet that is sent now, as fields. There is one of it, used again for each packet: whoever wants to keep it,
 * copies it. Sinks only read.
 */
public final class Packet {
    static final int MAXIMUM_LENGTH = 1_500;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int ICMP_HEADER = 8;
    private static final int GRE_HEADER = 4;

    /** The bytes of a quoted packet behind its IP header (RFC 792). */
    static final int QUOTED_BYTES = 8;

    /** In nanoseconds since 1970. */
    long nanos;

    /** Addresses as in {@link IpAddress}. */
    long sourceHigh;

    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int timeToLive;

    /** 16 bits for IPv4; 32 bits for fragments of IPv6. */
    int identification;

    boolean dontFragment;
    int protocol;

    /** For ICMP {@code type * 256 + code} is the destination port. */
    int sourcePort;

    int destinationPort;
    int tcpFlags;
    int tcpSequence;
    int tcpAcknowledgment;
    int tcpWindow;

    /** Bytes of TCP options: 0, 4 (a segment size) or 20 (what an ordinary SYN carries). */
    int tcpOptions;

    /** The packet is an ICMP error that quotes a packet of this protocol; 0 where it is none. */
    int quotedProtocol;

    int quotedSourcePort;
    int quotedDestinationPort;

    Payload payload = Payload.NOTHING;

    /** Of the whole datagram, in bytes. */
    int payloadLength;

    /** What differs between payloads of a kind, such as an identification. */
    long salt;

    /** In bytes of what follows the IP header. */
    int fragmentOffset;

    /** Bytes of the datagram in this fragment; 0 where the packet is no fragment. */
    int fragmentLength;

    boolean moreFragments;

    /** A fragment whose datagram has no other fragments. */
    boolean isOrphan;

    /** The packet inside a GRE tunnel, where {@link #protocol} is GRE. */
    final Optional<Packet> inner;

    Packet() {
        this(Optional.of(new Packet(Optional.empty())));
    }

    private Packet(Optional<Packet> inner) {
        this.inner = inner;
    }

    /** One that cannot hold another. */
    static Packet simple() {
        return new Packet(Optional.empty());
    }

    /** Forgets the packet before. Addresses and ports must be set each time. */
    void clear() {
        timeToLive = 64;
        identification = 0;
        dontFragment = false;
        tcpFlags = 0;
        tcpSequence = 0;
        tcpAcknowledgment = 0;
        tcpWindow = 0;
        tcpOptions = 0;
        quotedProtocol = 0;
        payload = Payload.NOTHING;
        payloadLength = 0;
        salt = 0;
        fragmentOffset = 0;
        fragmentLength = 0;
        moreFragments = false;
        isOrphan = false;
    }

    /** Takes over every field of another packet but what is inside it. */
    void copy(Packet other) {
        nanos = other.nanos;
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        timeToLive = other.timeToLive;
        identification = other.identification;
        dontFragment = other.dontFragment;
        protocol = other.protocol;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        tcpFlags = other.tcpFlags;
        tcpSequence = other.tcpSequence;
        tcpAcknowledgment = other.tcpAcknowledgment;
        tcpWindow = other.tcpWindow;
        tcpOptions = other.tcpOptions;
        quotedProtocol = other.quotedProtocol;
        quotedSourcePort = other.quotedSourcePort;
        quotedDestinationPort = other.quotedDestinationPort;
        payload = other.payload;
        payloadLength = other.payloadLength;
        salt = other.salt;
        fragmentOffset = other.fragmentOffset;
        fragmentLength = other.fragmentLength;
        moreFragments = other.moreFragments;
        isOrphan = other.isOrphan;
    }

    boolean isIpv4() {
        return IpAddress.isIpv4(sourceHigh, sourceLow);
    }

    boolean isFragment() {
        return moreFragments || fragmentOffset > 0;
    }

    /** A fragment that holds no transport header. */
    boolean continues() {
        return fragmentOffset > 0;
    }

    int networkHeader() {
        if (isIpv4()) {
            return IPV4_HEADER;
        }
        return isFragment() ? IPV6_HEADER + FRAGMENT_HEADER : IPV6_HEADER;
    }

    /** The bytes of the transport header and its payload, before they are cut into fragments. */
    int segmentLength() {
        return switch (protocol) {
            case Protocols.TCP -> TCP_HEADER + tcpOptions + payloadLength;
            case Protocols.UDP -> UDP_HEADER + payloadLength;
            case Protocols.ICMP, Protocols.ICMPV6 ->
                ICMP_HEADER
                        + (quotedProtocol == 0 ? payloadLength : (isIpv4() ? IPV4_HEADER : IPV6_HEADER) + QUOTED_BYTES);
            case Protocols.GRE -> GRE_HEADER + inner.map(Packet::length).orElse(0);
            default -> payloadLength;
        };
    }

    /** Bytes from the IP header on. */
    public int length() {
        return networkHeader() + (fragmentLength > 0 ? fragmentLength : segmentLength());
    }

    /** In nanoseconds since 1970. */
    public long nanos() {
        return nanos;
    }

    public IpAddress source() {
        return new IpAddress(sourceHigh, sourceLow);
    }

    public IpAddress destination() {
        return new IpAddress(destinationHigh, destinationLow);
    }
}
