package levee.attack;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.PayloadHint;

/** What innocent hosts do. */
final class Conversations {
    private static final int FULL = 1_500;
    private static final double TURNAROUND = 0.002;

    private final Traffic traffic;
    private final AddressFamily family;

    Conversations(Traffic traffic, AddressFamily family) {
        this.traffic = traffic;
        this.family = family;
    }

    /** The ordinary day of a server: web clients, look-ups of names and time, a shell, a download, some pings. */
    void background(IpAddress host, double begin, double seconds) {
        int perSecond = (int) Math.ceil(seconds);
        traffic.spread(begin, seconds, 10 * perSecond, (second, i) -> {
            Endpoint client = new Endpoint(family.internet(traffic.random), traffic.ephemeralPort());
            web(client, new Endpoint(host, i % 3 == 0 ? 80 : 443), second, traffic.between(2, 12));
        });
        IpAddress[] resolvers = {family.internet(traffic.random), family.internet(traffic.random)};
        traffic.spread(begin, seconds, 5 * perSecond, (second, i) -> resolve(host, traffic.oneOf(resolvers), second));
        IpAddress clock = family.internet(traffic.random);
        for (double second = 0.5; second < seconds; second += 16) {
            askTime(host, clock, begin + second);
        }
        askTime(host, clock, begin + seconds - 0.5);
        IpAddress monitor = family.internet(traffic.random);
        traffic.spread(begin, seconds, perSecond, (second, i) -> ping(monitor, host, second));
        Endpoint administrator = new Endpoint(family.internet(traffic.random), traffic.ephemeralPort());
        shell(administrator, new Endpoint(host, 22), begin, seconds);
        Endpoint mirror = new Endpoint(family.internet(traffic.random), 443);
        download(new Endpoint(host, traffic.ephemeralPort()), mirror, begin, seconds, 50);
    }

    /** Handshake, request, response, goodbye. */
    void web(Endpoint client, Endpoint server, double second, int responsePackets) {
        double trip = 0.01 + 0.08 * traffic.random.nextDouble();
        double time = handshake(client, server, second, trip);
        send(time += TURNAROUND, client, server, PSH | ACK, 52 + traffic.between(200, 900));
        time += trip;
        for (int i = 0; i < responsePackets; i++) {
            boolean last = i == responsePackets - 1;
            send(time += 0.0002, server, client, last ? PSH | ACK : ACK, last ? traffic.between(60, FULL) : FULL);
            if (i % 2 == 1 || last) {
                send(time + trip, client, server, ACK, 52);
            }
        }
        time += 2 * trip;
        send(time, client, server, FIN | ACK, 52);
        send(time + trip, server, client, FIN | ACK, 52);
        send(time + 2 * trip, client, server, ACK, 52);
    }

    /** The three packets that open a connection; the time after them. */
    double handshake(Endpoint client, Endpoint server, double second, double trip) {
        send(second, client, server, SYN, 60);
        send(second + trip / 2, server, client, SYN | ACK, 60);
        send(second + trip, client, server, ACK, 52);
        return second + trip;
    }

    void send(double second, Endpoint from, Endpoint to, int flags, int length) {
        traffic.add(second, Packet.tcp(from, to, flags, length));
    }

    /** An interactive session of small segments that began before the traffic did. */
    void shell(Endpoint client, Endpoint server, double begin, double seconds) {
        traffic.spread(begin, seconds, (int) Math.ceil(4 * seconds), (second, i) -> {
            send(second, client, server, PSH | ACK, 88);
            send(second + 0.01, server, client, PSH | ACK, 52 + traffic.between(36, 400));
            send(second + 0.06, client, server, ACK, 52);
        });
    }

    /** A bulk transfer to the client, with its handshake. */
    void download(Endpoint client, Endpoint server, double begin, double seconds, int packetsPerSecond) {
        double opened = handshake(client, server, begin, 0.02);
        send(opened + TURNAROUND, client, server, PSH | ACK, 400);
        int count = (int) Math.ceil(packetsPerSecond * seconds);
        traffic.spread(opened + 0.02, seconds, count, (second, i) -> {
            send(second, server, client, ACK, FULL);
            if (i % 2 == 1) {
                send(second + 0.005, client, server, ACK, 52);
            }
        });
    }

    /** A connection attempt that nobody takes up; the client tries thrice. */
    void refused(Endpoint client, Endpoint server, double second, boolean answered) {
        double wait = 0;
        for (int i = 0; i < 3; i++) {
            send(second + wait, client, server, SYN, 60);
            if (answered) {
                send(second + wait + 0.001, server, client, RST | ACK, 40);
            }
            wait += answered ? 0.5 : 1 << i;
        }
    }

    /** A DNS look-up from a new port. */
    void resolve(IpAddress client, IpAddress server, double second) {
        Endpoint asking = new Endpoint(client, traffic.ephemeralPort());
        exchange(
                asking,
                new Endpoint(server, 53),
                second,
                traffic.between(56, 90),
                PayloadHint.DNS_QUERY,
                traffic.between(80, 500),
                PayloadHint.DNS_RESPONSE);
    }

    void askTime(IpAddress client, IpAddress server, double second) {
        exchange(
                new Endpoint(client, traffic.ephemeralPort()),
                new Endpoint(server, 123),
                second,
                76,
                PayloadHint.NTP_REQUEST,
                76,
                PayloadHint.NTP_RESPONSE);
    }

    /** One datagram each way. */
    void exchange(
            Endpoint client, Endpoint server, double second, int asked, byte question, int answered, byte answer) {
        traffic.add(second, Packet.udp(client, server, asked, question));
        traffic.add(second + 0.001 + 0.03 * traffic.random.nextDouble(), Packet.udp(server, client, answered, answer));
    }

    void ping(IpAddress from, IpAddress to, double second) {
        boolean ipv4 = from.isIpv4();
        traffic.add(second, Packet.icmp(from, to, ipv4 ? 8 : 128, 0, 84));
        traffic.add(second + 0.02, Packet.icmp(to, from, ipv4 ? 0 : 129, 0, 84));
    }

    /** Datagrams between two ports, each way at its own rate. */
    void stream(Endpoint one, Endpoint other, double begin, double seconds, int forth, int back, int length) {
        traffic.spread(
                begin,
                seconds,
                (int) (forth * seconds),
                (second, i) -> traffic.add(
                        second, Packet.udp(one, other, traffic.between(length * 9 / 10, length), PayloadHint.NONE)));
        traffic.spread(
                begin + 0.01,
                seconds,
                (int) (back * seconds),
                (second, i) -> traffic.add(
                        second, Packet.udp(other, one, traffic.between(length * 9 / 10, length), PayloadHint.NONE)));
    }

    /** Packets of a protocol without ports, each way at its own rate. */
    void tunnel(IpAddress one, IpAddress other, int protocol, double seconds, int forth, int back) {
        traffic.spread(
                0,
                seconds,
                (int) (forth * seconds),
                (second, i) -> traffic.add(second, Packet.ip(one, other, protocol, traffic.between(100, FULL))));
        traffic.spread(
                0.01,
                seconds,
                (int) (back * seconds),
                (second, i) -> traffic.add(second, Packet.ip(other, one, protocol, traffic.between(100, FULL))));
    }

    /** What reaches addresses that nobody uses: scans and the backscatter of others' attacks. */
    void radiation(IpAddress darkHost, double second) {
        Endpoint source = new Endpoint(family.internet(traffic.random), traffic.ephemeralPort());
        int[] ports = {22, 23, 80, 443, 445, 2323, 3389, 5555, 8080, 8443};
        Endpoint target = new Endpoint(darkHost, ports[traffic.random.nextInt(ports.length)]);
        switch (traffic.random.nextInt(10)) {
            case 0 -> traffic.add(second, Packet.tcp(new Endpoint(source.address(), 443), target, SYN | ACK, 44));
            case 1 -> traffic.add(second, Packet.tcp(source, target, RST, 40));
            case 2 -> traffic.add(second, Packet.udp(source, target, 60, PayloadHint.NONE));
            case 3 ->
                traffic.add(
                        second,
                        Packet.ip(
                                source.address(),
                                darkHost,
                                family == AddressFamily.IPV4 ? Protocols.ICMP : Protocols.ICMPV6,
                                84));
            default -> traffic.add(second, Packet.tcp(source, target, SYN, 44));
        }
    }
}
