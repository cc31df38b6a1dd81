package levee.attack;

import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.PayloadHint;
import levee.telemetry.TcpFlags;
import org.jspecify.annotations.Nullable;

/**
 * A packet of test traffic.
 *
 * @param length in bytes from the IP header on
 * @param weight the packets that it stands for, where the traffic is sampled
 * @param vector the attack that it truly belongs to; null where it is innocent
 */
record Packet(
        long nanos,
        Endpoint from,
        Endpoint to,
        int protocol,
        int flags,
        int length,
        int fragment,
        byte hint,
        int weight,
        @Nullable AttackVector vector) {

    static Packet tcp(Endpoint from, Endpoint to, int flags, int length) {
        return new Packet(0, from, to, Protocols.TCP, flags, length, 0, PayloadHint.NONE, 1, null);
    }

    static Packet udp(Endpoint from, Endpoint to, int length, byte hint) {
        return new Packet(0, from, to, Protocols.UDP, 0, length, 0, hint, 1, null);
    }

    /** An ICMP or ICMPv6 packet; the type and code are where a {@link FlowBatch} has them. */
    static Packet icmp(IpAddress from, IpAddress to, int type, int code, int length) {
        int protocol = from.isIpv4() ? Protocols.ICMP : Protocols.ICMPV6;
        return new Packet(
                0,
                new Endpoint(from, 0),
                new Endpoint(to, type * 256 + code),
                protocol,
                0,
                length,
                0,
                PayloadHint.NONE,
                1,
                null);
    }

    /** A packet of a protocol that has no ports. */
    static Packet ip(IpAddress from, IpAddress to, int protocol, int length) {
        return new Packet(
                0, new Endpoint(from, 0), new Endpoint(to, 0), protocol, 0, length, 0, PayloadHint.NONE, 1, null);
    }

    /** "Port unreachable": the receiver of {@code rejected} has nothing there. */
    static Packet unreachable(Packet rejected) {
        IpAddress from = rejected.to.address();
        boolean ipv4 = from.isIpv4();
        Packet error = icmp(from, rejected.from.address(), ipv4 ? 3 : 1, ipv4 ? 3 : 4, ipv4 ? 56 : 120);
        byte hint = switch (rejected.protocol) {
            case Protocols.UDP -> PayloadHint.ICMP_ERROR_UDP;
            case Protocols.TCP -> PayloadHint.ICMP_ERROR_TCP;
            default -> PayloadHint.ICMP_ERROR_OTHER;
        };
        Endpoint quoted = new Endpoint(from, rejected.to.port());
        return new Packet(0, quoted, error.to, error.protocol, 0, error.length, 0, hint, 1, null);
    }

    /** A TCP answer without data. */
    static Packet answer(Packet segment, int flags) {
        return tcp(segment.to, segment.from, flags, 40);
    }

    Packet at(long time) {
        return new Packet(time, from, to, protocol, flags, length, fragment, hint, weight, vector);
    }

    Packet withHint(byte other) {
        return new Packet(nanos, from, to, protocol, flags, length, fragment, other, weight, vector);
    }

    Packet withFragment(int bits) {
        return new Packet(nanos, from, to, protocol, flags, length, bits, hint, weight, vector);
    }

    Packet withWeight(int packets) {
        return new Packet(nanos, from, to, protocol, flags, length, fragment, hint, packets, vector);
    }

    Packet of(AttackVector truth) {
        return new Packet(nanos, from, to, protocol, flags, length, fragment, hint, weight, truth);
    }

    void write(FlowBatch batch, int noise) {
        int row = batch.size++;
        batch.reset(row);
        batch.firstNanos[row] = nanos;
        batch.lastNanos[row] = nanos;
        batch.sourceHigh[row] = from.address().high();
        batch.sourceLow[row] = from.address().low();
        batch.destinationHigh[row] = to.address().high();
        batch.destinationLow[row] = to.address().low();
        batch.sourcePort[row] = (char) from.port();
        batch.destinationPort[row] = (char) to.port();
        batch.protocol[row] = (byte) protocol;
        batch.tcpFlags[row] = (byte) flags;
        batch.packets[row] = weight;
        batch.bytes[row] = (long) length * weight;
        batch.samplingRate[row] = weight;
        batch.timeToLive[row] = (byte) (64 - 5 - (from.address().hashCode() & 15));
        batch.ipIdentification[row] = (char) noise;
        batch.fragment[row] = (byte) fragment;
        batch.payloadHint[row] = hint;
        if (protocol == Protocols.TCP) {
            batch.tcpSequence[row] = noise * 0x9e37_79b1;
            batch.tcpWindow[row] = (char) ((flags & TcpFlags.RST) != 0 ? 0 : 64_240);
        }
    }
}
