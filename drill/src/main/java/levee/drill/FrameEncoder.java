package levee.drill;

import java.nio.ByteBuffer;
import levee.model.Protocols;

/** Turns a packet into an Ethernet frame with right lengths and checksums; short frames are padded. */
final class FrameEncoder {
    private static final int SHORTEST_FRAME = 60;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int IPV6_FRAGMENT = 44;
    private static final int SEGMENT_SIZE_OPTION = 0x0204_05b4;
    private static final int LONGEST_SEGMENT = 1 << 16;

    private final ByteBuffer whole = ByteBuffer.allocate(LONGEST_SEGMENT);

    void encode(Packet packet, ByteBuffer to) {
        int start = to.position();
        putRouter(to, packet.destinationHigh, packet.destinationLow);
        putRouter(to, packet.sourceHigh, packet.sourceLow);
        to.putShort((short) (packet.isIpv4() ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6));
        putIp(packet, to);
        while (to.position() - start < SHORTEST_FRAME) {
            to.put((byte) 0);
        }
    }

    /** The link goes from the router of the own networks, 02:00:00:00:00:01, to the one outside. */
    private static void putRouter(ByteBuffer to, long high, long low) {
        to.putInt(0x0200_0000).putShort((short) (OwnHosts.isOwn(high, low) ? 1 : 2));
    }

    private void putIp(Packet packet, ByteBuffer to) {
        if (packet.isIpv4()) {
            putIpv4(packet, to);
        } else {
            putIpv6(packet, to);
        }
        if (packet.fragmentLength > 0) {
            whole.clear();
            putSegment(packet, whole);
            to.put(whole.array(), packet.fragmentOffset, packet.fragmentLength);
        } else {
            putSegment(packet, to);
        }
    }

    private static void putIpv4(Packet packet, ByteBuffer to) {
        int start = to.position();
        int fragment = packet.fragmentOffset >>> 3
                | (packet.moreFragments ? MORE_FRAGMENTS : 0)
                | (packet.dontFragment ? DONT_FRAGMENT : 0);
        to.putShort((short) 0x4500).putShort((short) packet.length());
        to.putShort((short) packet.identification).putShort((short) fragment);
        to.put((byte) packet.timeToLive).put((byte) packet.protocol).putShort((short) 0);
        to.putInt((int) packet.sourceLow).putInt((int) packet.destinationLow);
        to.putShort(start + 10, checksum(sum(to, start, to.position())));
    }

    private static void putIpv6(Packet packet, ByteBuffer to) {
        boolean isFragment = packet.isFragment();
        to.putInt(0x6000_0000).putShort((short) (packet.length() - 40));
        to.put((byte) (isFragment ? IPV6_FRAGMENT : packet.protocol)).put((byte) packet.timeToLive);
        to.putLong(packet.sourceHigh).putLong(packet.sourceLow);
        to.putLong(packet.destinationHigh).putLong(packet.destinationLow);
        if (isFragment) {
            int offset = packet.fragmentOffset | (packet.moreFragments ? 1 : 0);
            to.put((byte) packet.protocol).put((byte) 0).putShort((short) offset);
            to.putInt(packet.identification);
        }
    }

    private void putSegment(Packet packet, ByteBuffer to) {
        switch (packet.protocol) {
            case Protocols.TCP -> putTcp(packet, to);
            case Protocols.UDP -> putUdp(packet, to);
            case Protocols.ICMP, Protocols.ICMPV6 -> putIcmp(packet, to);
            case Protocols.GRE -> packet.inner.ifPresent(inner -> putGre(inner, to));
            default -> packet.payload.put(to, packet.payloadLength, packet.salt);
        }
    }

    private static void putTcp(Packet packet, ByteBuffer to) {
        int start = to.position();
        to.putShort((short) packet.sourcePort).putShort((short) packet.destinationPort);
        to.putInt(packet.tcpSequence).putInt(packet.tcpAcknowledgment);
        to.put((byte) (20 + packet.tcpOptions << 2)).put((byte) packet.tcpFlags);
        to.putShort((short) packet.tcpWindow).putInt(0);
        if (packet.tcpOptions > 0) {
            to.putInt(SEGMENT_SIZE_OPTION);
        }
        if (packet.tcpOptions == 20) {
            // SACK permitted, timestamps, window scale 7
            to.putInt(0x0402_080a)
                    .putInt((int) (packet.nanos / 1_000_000))
                    .putInt(0)
                    .putInt(0x0103_0307);
        }
        packet.payload.put(to, packet.payloadLength, packet.salt);
        to.putShort(start + 16, checksum(pseudoHeader(packet, to.position() - start) + sum(to, start, to.position())));
    }

    private static void putUdp(Packet packet, ByteBuffer to) {
        int start = to.position();
        int length = 8 + packet.payloadLength;
        to.putShort((short) packet.sourcePort).putShort((short) packet.destinationPort);
        to.putShort((short) length).putShort((short) 0);
        packet.payload.put(to, packet.payloadLength, packet.salt);
        short checksum = checksum(pseudoHeader(packet, length) + sum(to, start, to.position()));
        // Zero would mean that there is none.
        to.putShort(start + 6, checksum == 0 ? (short) -1 : checksum);
    }

    private static void putIcmp(Packet packet, ByteBuffer to) {
        int start = to.position();
        to.putShort((short) packet.destinationPort).putShort((short) 0);
        if (packet.quotedProtocol != 0) {
            to.putInt(0);
            putQuoted(packet, to);
        } else {
            to.putInt((int) packet.salt);
            packet.payload.put(to, packet.payloadLength, packet.salt);
        }
        long sum = sum(to, start, to.position());
        if (packet.protocol == Protocols.ICMPV6) {
            sum += pseudoHeader(packet, to.position() - start);
        }
        to.putShort(start + 2, checksum(sum));
    }

    /** The head of a packet that the reporting host got from where the error goes to. */
    private static void putQuoted(Packet packet, ByteBuffer to) {
        int start = to.position();
        int length = 400;
        if (packet.isIpv4()) {
            to.putShort((short) 0x4500).putShort((short) length).putInt(0);
            to.put((byte) 57).put((byte) packet.quotedProtocol).putShort((short) 0);
            to.putInt((int) packet.destinationLow).putInt((int) packet.sourceLow);
            to.putShort(start + 10, checksum(sum(to, start, to.position())));
        } else {
            to.putInt(0x6000_0000).putShort((short) (length - 20));
            to.put((byte) packet.quotedProtocol).put((byte) 57);
            to.putLong(packet.destinationHigh).putLong(packet.destinationLow);
            to.putLong(packet.sourceHigh).putLong(packet.sourceLow);
        }
        to.putShort((short) packet.quotedSourcePort).putShort((short) packet.quotedDestinationPort);
        to.putShort((short) (length - 20)).putShort((short) 0);
    }

    private void putGre(Packet inner, ByteBuffer to) {
        to.putShort((short) 0).putShort((short) (inner.isIpv4() ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6));
        putIp(inner, to);
    }

    private static long pseudoHeader(Packet packet, int length) {
        long sum = (long) packet.protocol + length;
        if (packet.isIpv4()) {
            return sum + (packet.sourceLow & 0xffff_ffffL) + (packet.destinationLow & 0xffff_ffffL);
        }
        return sum
                + halves(packet.sourceHigh)
                + halves(packet.sourceLow)
                + halves(packet.destinationHigh)
                + halves(packet.destinationLow);
    }

    private static long halves(long bits) {
        return (bits >>> 32) + (bits & 0xffff_ffffL);
    }

    static long sum(ByteBuffer buffer, int start, int end) {
        long sum = 0;
        int i = start;
        for (; i <= end - 8; i += 8) {
            sum += halves(buffer.getLong(i));
        }
        for (int shift = 24; i < end; i++, shift = shift == 0 ? 24 : shift - 8) {
            sum += (buffer.get(i) & 0xffL) << shift;
        }
        return sum;
    }

    /** RFC 1071. */
    static short checksum(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
