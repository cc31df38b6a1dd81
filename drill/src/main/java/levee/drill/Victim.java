package levee.drill;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import java.util.SplittableRandom;
import levee.model.Protocols;

/**
 * What attacked hosts answer, which is ordinary traffic: a SYN-ACK to a SYN while there is room for half-open
 * connections, an RST to what belongs to no connection, ICMP errors and echo replies up to a rate.
 */
final class Victim {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SEGMENT_SIZE_OPTION_BYTES = 4;
    private static final int PORT_UNREACHABLE = 3 << 8 | 3;
    private static final int PORT_UNREACHABLE_V6 = 1 << 8 | 4;

    /** What a host sends at once and per second: half-open connections by their number and lifetime, then the rest. */
    private enum Limit {
        OPENINGS(1_024, 200),
        RESETS(200, 200),
        ERRORS(50, 100),
        ECHOES(100, 1_000);

        private final double burst;
        private final double perSecond;

        Limit(double burst, double perSecond) {
            this.burst = burst;
            this.perSecond = perSecond;
        }
    }

    private final OwnHosts hosts;
    private final boolean silent;
    private final SplittableRandom random;
    private final double[] left = new double[Limit.values().length];
    private final long[] filled = new long[Limit.values().length];

    /** @param silent whether a firewall drops what is not asked for */
    Victim(OwnHosts hosts, boolean silent, SplittableRandom random) {
        this.hosts = hosts;
        this.silent = silent;
        this.random = random;
        for (Limit limit : Limit.values()) {
            left[limit.ordinal()] = limit.burst;
        }
    }

    /** Answers a packet some time after it is sent, if at all. */
    void answer(Stage stage, Packet packet) {
        if (!listens(packet) || packet.isFragment()) {
            return;
        }
        switch (packet.protocol) {
            case Protocols.TCP -> answerTcp(stage, packet);
            case Protocols.UDP -> {
                if (mayAnswer(Limit.ERRORS, stage.now)) {
                    Packet error = reply(packet);
                    boolean ipv4 = packet.isIpv4();
                    error.protocol = ipv4 ? Protocols.ICMP : Protocols.ICMPV6;
                    error.quotedProtocol = Protocols.UDP;
                    error.quotedSourcePort = packet.sourcePort;
                    error.quotedDestinationPort = packet.destinationPort;
                    error.sourcePort = 0;
                    error.destinationPort = ipv4 ? PORT_UNREACHABLE : PORT_UNREACHABLE_V6;
                    send(stage, error);
                }
            }
            case Protocols.ICMP, Protocols.ICMPV6 -> {
                if (mayAnswer(Limit.ECHOES, stage.now)) {
                    Packet echo = reply(packet);
                    echo.sourcePort = 0;
                    echo.destinationPort = packet.isIpv4() ? Ping.ECHO_REPLY : Ping.ECHO_REPLY_V6;
                    echo.payload = packet.payload;
                    echo.payloadLength = packet.payloadLength;
                    echo.salt = packet.salt;
                    send(stage, echo);
                }
            }
            default -> {
                // nobody listens
            }
        }
    }

    /** Whether it answers a SYN; who gives its connection up calls {@link #forget} then. */
    boolean accepts(Stage stage, Packet packet) {
        return listens(packet) && mayAnswer(Limit.OPENINGS, stage.now);
    }

    /** There is room for one more half-open connection. */
    void forget() {
        int at = Limit.OPENINGS.ordinal();
        left[at] = Math.min(Limit.OPENINGS.burst, left[at] + 1);
    }

    /** Whether there is a host with the address, an own one or the one outside that own hosts attack. */
    private boolean listens(Packet packet) {
        boolean own = hosts.indexOf(packet.destinationHigh, packet.destinationLow) >= 0;
        boolean outside = hosts.indexOf(packet.sourceHigh, packet.sourceLow) >= 0;
        return !silent && (own || outside);
    }

    private void answerTcp(Stage stage, Packet packet) {
        int kind = packet.tcpFlags & (SYN | ACK | RST | FIN);
        if (kind == SYN) {
            if (mayAnswer(Limit.OPENINGS, stage.now)) {
                Packet accept = reply(packet);
                accept.tcpFlags = SYN | ACK;
                accept.tcpSequence = random.nextInt();
                accept.tcpAcknowledgment = packet.tcpSequence + 1;
                accept.tcpWindow = 65_160;
                accept.tcpOptions = optionsFor(packet);
                send(stage, accept);
            }
        } else if ((kind & RST) == 0 && mayAnswer(Limit.RESETS, stage.now)) {
            Packet reset = reply(packet);
            boolean acknowledges = (kind & ACK) == 0;
            reset.tcpFlags = acknowledges ? RST | ACK : RST;
            reset.tcpSequence = acknowledges ? 0 : packet.tcpAcknowledgment;
            reset.tcpAcknowledgment = acknowledges ? packet.tcpSequence + 1 : 0;
            send(stage, reset);
        }
    }

    private boolean mayAnswer(Limit limit, long now) {
        int at = limit.ordinal();
        double refill = (now - filled[at]) / NANOS_PER_SECOND * limit.perSecond;
        left[at] = Math.min(limit.burst, left[at] + refill);
        filled[at] = now;
        if (left[at] < 1) {
            return false;
        }
        left[at]--;
        return true;
    }

    /** The options of the SYN-ACK: what both can do, and the segment size in any case. */
    static int optionsFor(Packet opening) {
        return opening.tcpOptions == 0 ? SEGMENT_SIZE_OPTION_BYTES : opening.tcpOptions;
    }

    private static Packet reply(Packet packet) {
        Packet reply = Packet.simple();
        reply.copy(packet);
        reverse(reply);
        int timeToLive = reply.timeToLive;
        reply.clear();
        reply.timeToLive = timeToLive;
        reply.dontFragment = true;
        return reply;
    }

    private void send(Stage stage, Packet reply) {
        stage.add(stage.now + 100_000 + random.nextInt(400_000), new Once(reply));
    }

    /** Turns a packet around: it goes back to where it came from. */
    static void reverse(Packet packet) {
        long high = packet.sourceHigh;
        long low = packet.sourceLow;
        int port = packet.sourcePort;
        packet.sourceHigh = packet.destinationHigh;
        packet.sourceLow = packet.destinationLow;
        packet.sourcePort = packet.destinationPort;
        packet.destinationHigh = high;
        packet.destinationLow = low;
        packet.destinationPort = port;
        packet.timeToLive = OwnHosts.isOwn(packet.sourceHigh, packet.sourceLow)
                ? Internet.ownTimeToLive(packet.sourceLow)
                : Internet.timeToLive(packet.sourceLow);
    }
}
