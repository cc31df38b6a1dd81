package levee.drill;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.CWR;
import static levee.telemetry.TcpFlags.ECE;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;
import static levee.telemetry.TcpFlags.URG;

import java.util.List;
import java.util.SplittableRandom;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Protocols;

/** One vector of an attack: sends its packets at a rate that follows its shape. */
final class AttackStream implements Actor {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ACCEPTANCE_NANOS = 300_000;
    private static final int[] GAME_PORTS = {80, 3_074, 9_987, 25_565, 30_120};
    private static final int[] SERVICES = {80, 443, 22, 25};
    private static final int[] UNUSUAL_FLAGS = {
        0, SYN | FIN, FIN | PSH | URG, SYN | RST, SYN | FIN | RST | PSH | ACK | URG
    };
    private static final int[] ODD_PROTOCOLS = {50, 99, 200, 253, 254};

    /** What a packet may hold, with the headers of a tunnel, without being cut. */
    private static final int FULL = 1_400;

    /**
     * Which vector of which attack.
     *
     * @param attack number of the attack
     * @param vector number of the vector within the attack
     * @param firstSource what its sources are counted from within the attack
     */
    record Part(int attack, int vector, int firstSource) {}

    private final AttackVector vector;
    private final Part part;
    private final Sources sources;
    private final Target target;
    private final Victim victim;
    private final SplittableRandom random;
    private final long startNanos;
    private final long lengthNanos;
    private final double packetsPerSecond;
    private final Shape shape;
    private final List<Payload> answers;

    // What the program that attacks was told.
    private final int port;
    private final boolean anyPort;
    private final int payloadBytes;
    private final int variant;

    AttackStream(
            AttackVector vector,
            Part part,
            PlannedAttack plan,
            long startNanos,
            Sources sources,
            Target target,
            Victim victim,
            SplittableRandom random) {
        this.vector = vector;
        this.part = part;
        this.sources = sources;
        this.target = target;
        this.victim = victim;
        this.random = random;
        this.startNanos = startNanos;
        lengthNanos = plan.duration().toNanos();
        // A connection has two packets of the attacker's.
        packetsPerSecond =
                vector == AttackVector.TCP_CONNECTION_FLOOD ? plan.packetsPerSecond() / 2 : plan.packetsPerSecond();
        shape = plan.shape();
        answers = ServiceAnswers.of(vector);
        variant = random.nextInt(1 << 16);
        anyPort = random.nextInt(3) > 0;
        port = vector.family() == AttackVector.Family.TCP_FLOOD ? SERVICES[variant % 2] : GAME_PORTS[variant % 5];
        payloadBytes = random.nextBoolean() ? 512 : random.nextInt(64, FULL);
    }

    @Override
    public long act(Stage stage) {
        long since = stage.now - startNanos;
        if (since >= lengthNanos) {
            return NEVER;
        }
        long resumed = shape.afterPause(since);
        if (resumed > since) {
            return startNanos + resumed;
        }
        if (random.nextDouble() >= shape.share(since, lengthNanos)) {
            return next(stage.now, 1);
        }
        Packet packet = stage.packet;
        int source = random.nextInt(sources.size());
        packet.clear();
        sources.set(packet, source);
        target.set(packet, random);
        packet.identification = random.nextInt(1, 1 << 16);
        fill(packet, source);
        letAnswer(stage, packet, source);
        stage.sendAttack(part.attack(), part.vector(), part.firstSource() + source);
        int fragments = packet.isFragment() ? 1 : (packet.length() + Packet.MAXIMUM_LENGTH - 1) / Packet.MAXIMUM_LENGTH;
        return next(stage.now, fragments);
    }

    private void letAnswer(Stage stage, Packet packet, int source) {
        if (vector == AttackVector.TCP_CONNECTION_FLOOD) {
            stage.add(stage.now + ACCEPTANCE_NANOS, EmptyConnection.kept(packet, part, source, random.nextInt()));
        } else if (vector == AttackVector.TCP_SYN_FLOOD && !sources.areForged()) {
            if (victim.accepts(stage, packet)) {
                stage.add(
                        stage.now + ACCEPTANCE_NANOS,
                        EmptyConnection.reset(packet, part, source, random.nextInt(), victim));
            }
        } else {
            victim.answer(stage, packet);
        }
    }

    private long next(long now, int packets) {
        return now + 1 + (long) (packets * random.nextExponential() * NANOS_PER_SECOND / packetsPerSecond);
    }

    private void fill(Packet packet, int source) {
        packet.salt = random.nextLong();
        switch (vector.family()) {
            case UDP_REFLECTION -> {
                udp(packet, servicePort(source), destinationPort());
                packet.payload = answers.get(source % answers.size());
                packet.payloadLength =
                        vector == AttackVector.QUIC_REFLECTION ? Payloads.QUIC_DATAGRAM : packet.payload.length();
            }
            case TCP_REFLECTION, TCP_FLOOD -> tcp(packet, source);
            case UDP_FLOOD -> udpFlood(packet);
            case OTHER_FLOOD -> other(packet);
        }
    }

    private int servicePort(int source) {
        List<Integer> ports = vector.servicePorts();
        // DTLS has none of its own.
        return ports.isEmpty() ? 443 : ports.get(source % ports.size());
    }

    private int destinationPort() {
        return anyPort ? Ports.udp(random) : port;
    }

    private static void udp(Packet packet, int sourcePort, int destinationPort) {
        packet.protocol = Protocols.UDP;
        packet.sourcePort = sourcePort;
        packet.destinationPort = destinationPort;
    }

    private void tcp(Packet packet, int source) {
        packet.protocol = Protocols.TCP;
        packet.sourcePort = Ports.tcp(random);
        packet.destinationPort = port;
        packet.tcpSequence = random.nextInt();
        packet.tcpWindow = variant % 3 == 0 ? random.nextInt(1 << 16) : 64_240;
        switch (vector) {
            case TCP_SYNACK_REFLECTION -> {
                packet.tcpFlags = SYN | ACK;
                packet.sourcePort = SERVICES[source % SERVICES.length];
                packet.destinationPort = Ports.tcp(random);
                packet.tcpAcknowledgment = random.nextInt();
                packet.tcpOptions = 4;
                packet.identification = 0;
                packet.dontFragment = true;
            }
            case TCP_MIDDLEBOX_REFLECTION -> {
                packet.tcpFlags = PSH | ACK;
                packet.sourcePort = 80;
                packet.destinationPort = Ports.tcp(random);
                packet.tcpAcknowledgment = random.nextInt();
                packet.payload = Payloads.BLOCK_PAGE;
                packet.payloadLength = packet.payload.length();
            }
            case TCP_SYN_FLOOD -> {
                packet.tcpFlags = variant % 7 == 0 ? SYN | ECE | CWR : SYN;
                packet.tcpOptions = variant % 2 == 0 ? 0 : 20;
            }
            case TCP_ACK_FLOOD -> {
                packet.tcpFlags = ACK;
                packet.tcpAcknowledgment = random.nextInt();
                if (variant % 2 == 0) {
                    packet.payload = Payload.NOISY;
                    packet.payloadLength = payloadBytes;
                }
            }
            case TCP_RST_FLOOD -> packet.tcpFlags = variant % 2 == 0 ? RST : RST | ACK;
            case TCP_FIN_FLOOD -> packet.tcpFlags = variant % 2 == 0 ? FIN : FIN | ACK;
            case TCP_FLAG_FLOOD -> packet.tcpFlags = UNUSUAL_FLAGS[variant % UNUSUAL_FLAGS.length];
            case TCP_CONNECTION_FLOOD -> {
                packet.tcpFlags = SYN;
                packet.tcpOptions = 20;
                packet.dontFragment = true;
            }
            default -> throw new IllegalStateException(vector + " is not made of TCP");
        }
    }

    private void udpFlood(Packet packet) {
        udp(packet, Ports.udp(random), destinationPort());
        packet.payload = Payload.NOISY;
        packet.payloadLength = payloadBytes;
        switch (vector) {
            case UDP_FRAGMENT_FLOOD -> orphan(packet);
            case DNS_QUERY_FLOOD -> {
                packet.destinationPort = 53;
                packet.payload = Payloads.RANDOM_NAME_QUERY;
                packet.payloadLength = packet.payload.length();
            }
            case QUIC_FLOOD -> {
                packet.destinationPort = 443;
                packet.payload = Payloads.QUIC_INITIAL;
                packet.payloadLength = Payloads.QUIC_DATAGRAM;
            }
            default -> {
                // noise on any port
            }
        }
    }

    private void other(Packet packet) {
        packet.payload = Payload.NOISY;
        packet.payloadLength = payloadBytes;
        packet.sourcePort = 0;
        packet.destinationPort = 0;
        switch (vector) {
            case ICMP_FLOOD -> {
                packet.protocol = Protocols.ICMP;
                packet.destinationPort = Ping.ECHO;
            }
            case ICMPV6_FLOOD -> {
                packet.protocol = Protocols.ICMPV6;
                packet.destinationPort = Ping.ECHO_V6;
            }
            case GRE_FLOOD -> {
                packet.protocol = Protocols.GRE;
                packet.inner.ifPresent(this::fillInner);
            }
            case IP_PROTOCOL_FLOOD -> packet.protocol = ODD_PROTOCOLS[variant % ODD_PROTOCOLS.length];
            case IP_FRAGMENT_FLOOD -> {
                packet.protocol = Protocols.TCP;
                orphan(packet);
            }
            default -> throw new IllegalStateException(vector + " is no flood of another protocol");
        }
    }

    /** As Mirai does it: a datagram from anybody to anybody inside. */
    private void fillInner(Packet inner) {
        inner.clear();
        inner.sourceHigh = 0;
        inner.sourceLow = publicAddress();
        inner.destinationHigh = 0;
        inner.destinationLow = publicAddress();
        inner.identification = random.nextInt(1, 1 << 16);
        inner.salt = random.nextLong();
        udp(inner, Ports.udp(random), Ports.udp(random));
        inner.payload = Payload.NOISY;
        inner.payloadLength = 512;
    }

    private long publicAddress() {
        int bits = random.nextInt();
        while (!Internet.isPublic(bits)) {
            bits = random.nextInt();
        }
        return IpAddress.mapIpv4(bits);
    }

    /** Makes the packet a piece from the middle of a datagram of which nothing else is sent. */
    private void orphan(Packet packet) {
        int pieces = random.nextInt(1, 4);
        packet.fragmentOffset = pieces * 1_480;
        packet.fragmentLength = payloadBytes & ~7;
        packet.payloadLength = packet.fragmentOffset + packet.fragmentLength;
        packet.moreFragments = true;
        packet.isOrphan = true;
    }
}
