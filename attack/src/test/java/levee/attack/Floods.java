package levee.attack;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;
import static levee.telemetry.TcpFlags.URG;

import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;

/** Attacks of every vector. */
final class Floods {

    /** Whether a number is always the same, or random. */
    enum Choice {
        FIXED,
        RANDOM
    }

    /** What the victim says to it. */
    enum Reply {
        NOTHING,
        REFUSES,
        ACCEPTS
    }

    /**
     * How much of an attack.
     *
     * @param begin second of the first packet
     * @param sources distinct addresses; 0 where each packet has another one
     * @param ports the destination ports
     */
    record Shape(double begin, double seconds, int packets, int sources, Choice ports, Choice lengths, Reply reply) {

        /** 3,000 packets in a second. */
        static Shape moderate() {
            return new Shape(3, 1, 3_000, 500, Choice.RANDOM, Choice.FIXED, Reply.NOTHING);
        }

        /** The lowest rate that booters were seen at: 20 packets a second from 30 reflectors. */
        static Shape booter() {
            return new Shape(3, 60, 1_200, 30, Choice.FIXED, Choice.FIXED, Reply.NOTHING);
        }

        Shape from(int others) {
            return new Shape(begin, seconds, packets, others, ports, lengths, reply);
        }

        Shape lasting(double others, int count) {
            return new Shape(begin, others, count, sources, ports, lengths, reply);
        }

        Shape beginning(double second) {
            return new Shape(second, seconds, packets, sources, ports, lengths, reply);
        }

        Shape with(Choice otherPorts, Choice otherLengths) {
            return new Shape(begin, seconds, packets, sources, otherPorts, otherLengths, reply);
        }

        Shape answered(Reply other) {
            return new Shape(begin, seconds, packets, sources, ports, lengths, other);
        }
    }

    private final Traffic traffic;
    private final AddressFamily family;

    Floods(Traffic traffic, AddressFamily family) {
        this.traffic = traffic;
        this.family = family;
    }

    /** The attack of a vector on a host. */
    void add(AttackVector vector, IpAddress victim, Shape shape) {
        if (vector == AttackVector.TCP_CONNECTION_FLOOD) {
            connections(victim, shape);
            return;
        }
        int port = typicalPort(vector);
        each(shape, (second, source) -> {
            int destinationPort = shape.ports == Choice.FIXED ? port : randomPort(vector);
            Packet packet =
                    packet(vector, source, new Endpoint(victim, destinationPort), length(vector, shape.lengths));
            send(second, vector, packet, shape.reply);
        });
    }

    /** The attack of a vector, all of it aimed at one port. */
    void add(AttackVector vector, Endpoint target, Shape shape) {
        each(
                shape,
                (second, source) -> send(
                        second, vector, packet(vector, source, target, length(vector, shape.lengths)), shape.reply));
    }

    /** A packet of the flood for each moment and source. */
    @FunctionalInterface
    interface Shot {
        void at(double second, IpAddress source);
    }

    void each(Shape shape, Shot shot) {
        IpAddress[] sources = family.internet(traffic.random, shape.sources);
        traffic.spread(
                shape.begin,
                shape.seconds,
                shape.packets,
                (second, i) ->
                        shot.at(second, sources.length == 0 ? family.forged(traffic.random) : traffic.oneOf(sources)));
    }

    /** A packet of the attack and what the victim says to it. */
    void send(double second, AttackVector vector, Packet packet, Reply reply) {
        traffic.attack(second, vector, packet);
        if (reply == Reply.NOTHING) {
            return;
        }
        switch (packet.protocol()) {
            case Protocols.TCP -> {
                boolean opens = (packet.flags() & (SYN | ACK)) == SYN;
                if ((packet.flags() & RST) == 0 && packet.fragment() == 0) {
                    traffic.add(
                            second + 0.0005,
                            Packet.answer(
                                    packet, reply == Reply.ACCEPTS && opens ? SYN | ACK : opens ? RST | ACK : RST));
                }
            }
            case Protocols.ICMP, Protocols.ICMPV6 -> {
                int echoReply = packet.protocol() == Protocols.ICMP ? 0 : 129;
                traffic.add(
                        second + 0.0005,
                        Packet.icmp(packet.to().address(), packet.from().address(), echoReply, 0, packet.length()));
            }
            default -> {
                // Hosts limit the rate of their ICMP errors.
                if (traffic.random.nextInt(10) == 0) {
                    traffic.add(second + 0.0005, Packet.unreachable(packet));
                }
            }
        }
    }

    /** Bots that complete handshakes and then say nothing. */
    private void connections(IpAddress victim, Shape shape) {
        Shape opened = shape.lasting(shape.seconds, shape.packets / 2);
        int[] port = {1_024};
        each(opened, (second, source) -> {
            port[0] = port[0] >= 65_000 ? 1_024 : port[0] + 1;
            Endpoint bot = new Endpoint(source, port[0]);
            Endpoint server = new Endpoint(victim, 443);
            AttackVector vector = AttackVector.TCP_CONNECTION_FLOOD;
            traffic.attack(second, vector, Packet.tcp(bot, server, SYN, 60));
            traffic.add(second + 0.0005, Packet.tcp(server, bot, SYN | ACK, 60));
            traffic.attack(second + 0.004, vector, Packet.tcp(bot, server, ACK, 52));
        });
    }

    /** A packet as the vector is made of. */
    Packet packet(AttackVector vector, IpAddress source, Endpoint target, int length) {
        Endpoint ephemeral = new Endpoint(source, traffic.between(1_024, 65_535));
        return switch (vector.family()) {
            case UDP_REFLECTION ->
                Packet.udp(new Endpoint(source, servicePort(vector)), target, length, answerHint(vector));
            case TCP_REFLECTION -> {
                int[] services = {80, 443, 22};
                Endpoint service = new Endpoint(source, services[traffic.random.nextInt(services.length)]);
                yield vector == AttackVector.TCP_SYNACK_REFLECTION
                        ? Packet.tcp(service, target, SYN | ACK, length)
                        : Packet.tcp(new Endpoint(source, 80), target, PSH | ACK, length)
                                .withHint(PayloadHint.HTTP_RESPONSE);
            }
            case TCP_FLOOD -> Packet.tcp(ephemeral, target, flags(vector), length);
            case UDP_FLOOD -> udp(vector, ephemeral, target, length);
            case OTHER_FLOOD -> other(vector, source, target.address(), length);
        };
    }

    private static Packet udp(AttackVector vector, Endpoint from, Endpoint target, int length) {
        return switch (vector) {
            case UDP_FRAGMENT_FLOOD ->
                Packet.udp(new Endpoint(from.address(), 0), new Endpoint(target.address(), 0), length, PayloadHint.NONE)
                        .withFragment(Fragment.FRAGMENT | Fragment.CONTINUES);
            case DNS_QUERY_FLOOD -> Packet.udp(from, new Endpoint(target.address(), 53), length, PayloadHint.DNS_QUERY);
            case QUIC_FLOOD ->
                Packet.udp(from, new Endpoint(target.address(), 443), length, PayloadHint.QUIC_LONG_HEADER);
            default -> Packet.udp(from, target, length, PayloadHint.NONE);
        };
    }

    private Packet other(AttackVector vector, IpAddress source, IpAddress target, int length) {
        return switch (vector) {
            case ICMP_FLOOD -> Packet.icmp(source, target, 8, 0, length);
            case ICMPV6_FLOOD -> Packet.icmp(source, target, 128, 0, length);
            case GRE_FLOOD -> Packet.ip(source, target, Protocols.GRE, length);
            case IP_FRAGMENT_FLOOD ->
                Packet.tcp(new Endpoint(source, 0), new Endpoint(target, 0), 0, length)
                        .withFragment(Fragment.FRAGMENT | Fragment.CONTINUES);
            default -> Packet.ip(source, target, 99, length);
        };
    }

    private int flags(AttackVector vector) {
        return switch (vector) {
            case TCP_SYN_FLOOD -> SYN;
            case TCP_ACK_FLOOD -> ACK;
            case TCP_RST_FLOOD -> RST;
            case TCP_FIN_FLOOD -> FIN;
            default -> FIN | PSH | URG;
        };
    }

    /** Source port of the service; both of those that have two. */
    private int servicePort(AttackVector vector) {
        if (vector == AttackVector.DTLS_REFLECTION) {
            return 443;
        }
        return vector.servicePorts()
                .get(traffic.random.nextInt(vector.servicePorts().size()));
    }

    /** What the answers of a service look like, as far as a hint exists for it. */
    static byte answerHint(AttackVector vector) {
        return switch (vector) {
            case DNS_REFLECTION, MDNS_REFLECTION -> PayloadHint.DNS_RESPONSE;
            case NTP_REFLECTION -> PayloadHint.NTP_CONTROL_RESPONSE;
            case SSDP_REFLECTION -> PayloadHint.SSDP_RESPONSE;
            case SNMP_REFLECTION -> PayloadHint.SNMP_RESPONSE;
            case CLDAP_REFLECTION -> PayloadHint.CLDAP_RESPONSE;
            case MEMCACHED_REFLECTION -> PayloadHint.MEMCACHED_RESPONSE;
            case QUIC_REFLECTION -> PayloadHint.QUIC_LONG_HEADER;
            case DTLS_REFLECTION -> PayloadHint.DTLS;
            case STUN_REFLECTION -> PayloadHint.STUN_RESPONSE;
            case ISAKMP_REFLECTION, IPSEC_NAT_T_REFLECTION -> PayloadHint.ISAKMP;
            case DHT_REFLECTION -> PayloadHint.BITTORRENT_DHT;
            case COAP_REFLECTION -> PayloadHint.COAP_RESPONSE;
            case SIP_REFLECTION -> PayloadHint.SIP_RESPONSE;
            case STEAM_REFLECTION, QUAKE3_REFLECTION, FIVEM_REFLECTION -> PayloadHint.GAME_QUERY_RESPONSE;
            default -> PayloadHint.NONE;
        };
    }

    private static int typicalPort(AttackVector vector) {
        return vector == AttackVector.UDP_FLOOD ? 30_120 : 80;
    }

    private int randomPort(AttackVector vector) {
        return traffic.between(vector == AttackVector.UDP_FLOOD ? 1_024 : 1, 65_535);
    }

    private int length(AttackVector vector, Choice lengths) {
        boolean fixed = lengths == Choice.FIXED;
        return switch (vector.family()) {
            case UDP_REFLECTION -> fixed ? 468 : traffic.between(90, 1_400);
            case TCP_REFLECTION ->
                vector == AttackVector.TCP_SYNACK_REFLECTION
                        ? fixed ? 44 : 40 + 4 * traffic.between(0, 5)
                        : fixed ? 600 : traffic.between(200, 1_400);
            case TCP_FLOOD -> fixed ? 40 : 40 + 4 * traffic.between(0, 5);
            case UDP_FLOOD, OTHER_FLOOD ->
                vector == AttackVector.DNS_QUERY_FLOOD
                        ? fixed ? 64 : traffic.between(50, 90)
                        : fixed ? 1_028 : traffic.between(60, 1_400);
        };
    }
}
