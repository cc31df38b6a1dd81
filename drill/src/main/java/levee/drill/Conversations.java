package levee.drill;

import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.IpAddress;

/** Opens conversations of every ordinary kind. */
final class Conversations {
    private static final int IPV6_PERCENT = 20;
    private static final int ONE_SIDED_PER_THOUSAND = 10;
    private static final int MSS = 1_460;

    /** How often a host does not yet know the address of a server. */
    private static final int ASKING_PERCENT = 55;

    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int[] SCANNED_PORTS = {23, 22, 80, 443, 445, 2323, 3389, 8080, 5555, 6379, 8443, 21, 25, 1433};
    private static final int[] PROBED_PORTS = {53, 123, 161, 1900, 389, 11211, 5060, 3478};

    /** The usual ones of BitTorrent's programs, and one that a program drew when it was installed. */
    private static final int[] SHARING_PORTS = {6_881, 51_413, 27_893};

    /** Numbers outside: servers first, then clients, then the few hundred that scan. */
    private static final int FIRST_CLIENT = Internet.SERVERS;

    private static final int FIRST_SCANNER = FIRST_CLIENT + Internet.CLIENTS;
    private static final int SCANNERS = 400;

    private final OwnHosts hosts;
    private final Internet internet;
    private final NameService names;
    private final boolean named;

    /** @param named whether hosts ask for names before they connect, and name the servers that they connect to */
    Conversations(OwnHosts hosts, Internet internet, NameService names, boolean named) {
        this.hosts = hosts;
        this.internet = internet;
        this.names = names;
        this.named = named;
    }

    boolean areNamed() {
        return named;
    }

    OwnHosts hosts() {
        return hosts;
    }

    static boolean ipv6(SplittableRandom random) {
        return random.nextInt(100) < IPV6_PERCENT;
    }

    /** A few servers are popular, most are not. */
    static int server(SplittableRandom random) {
        double uniform = random.nextDouble();
        return (int) (Internet.SERVERS * uniform * uniform * uniform);
    }

    static int visitor(SplittableRandom random) {
        return FIRST_CLIENT + random.nextInt(Internet.CLIENTS);
    }

    private static int scanner(SplittableRandom random) {
        return FIRST_SCANNER + random.nextInt(SCANNERS);
    }

    /** The IPv4 address of a host outside. */
    IpAddress address(int number) {
        return internet.address(number, false);
    }

    /** From an own host to one outside. */
    Ends outward(int host, int clientPort, int server, int serverPort, boolean ipv6) {
        return new Ends(
                hosts.high(host, ipv6),
                hosts.low(host, ipv6),
                clientPort,
                internet.high(server, ipv6),
                internet.low(server, ipv6),
                serverPort,
                true);
    }

    /** From an own host to another. */
    Ends inside(int client, int clientPort, int host, int serverPort) {
        return new Ends(
                hosts.high(client, false),
                hosts.low(client, false),
                clientPort,
                hosts.high(host, false),
                hosts.low(host, false),
                serverPort,
                true);
    }

    /** From a host outside to an own one. */
    Ends inward(int client, int clientPort, int host, int serverPort, boolean ipv6) {
        return new Ends(
                internet.high(client, ipv6),
                internet.low(client, ipv6),
                clientPort,
                hosts.high(host, ipv6),
                hosts.low(host, ipv6),
                serverPort,
                false);
    }

    /** A size in bytes with a heavy tail: Pareto of exponent 1.2, cut off at a thousand times the least. */
    private static long size(SplittableRandom random, int least) {
        return (long) Math.min(least * 1_000.0, least / Math.pow(1 - random.nextDouble(), 1 / 1.2));
    }

    private static TcpFlow.Outcome outcome(SplittableRandom random) {
        int percent = random.nextInt(100);
        return percent < 96
                ? TcpFlow.Outcome.ESTABLISHED
                : percent < 98 ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.UNANSWERED;
    }

    private static TcpFlow partly(TcpFlow flow, SplittableRandom random) {
        boolean hidden = random.nextInt(1_000) < ONE_SIDED_PER_THOUSAND;
        return hidden ? flow.oneSided(random.nextBoolean()) : flow;
    }

    Actor browsing(SplittableRandom random) {
        boolean plain = random.nextInt(100) < 8;
        int host = hosts.client(random);
        int port = Ports.tcp(random);
        int server = server(random);
        boolean ipv6 = ipv6(random);
        Ends ends = outward(host, port, server, plain ? 80 : 443, ipv6);
        return asked(host, server, ipv6, web(ends, plain, script(plain, server), random), random);
    }

    /** What a browser says to a server. */
    TcpScript script(boolean plain, int server) {
        if (!named) {
            return plain ? TcpScript.HTTP : TcpScript.TLS;
        }
        String name = names.names().server(server);
        return plain ? TcpScript.http(name) : TcpScript.tls(TlsHello.Program.BROWSER, name);
    }

    /** A conversation, often after a look-up of whom it is with. */
    private Actor asked(int host, int server, boolean ipv6, Actor conversation, SplittableRandom random) {
        return named && random.nextInt(100) < ASKING_PERCENT
                ? names.find(host, server, ipv6, Optional.of(conversation), random.split())
                : conversation;
    }

    Actor misspelt(SplittableRandom random) {
        int server = server(random);
        String name = names.names().misspelt(server, random);
        return names.miss(hosts.client(random), name, server >> 2, Optional.empty(), random.split());
    }

    Actor visit(int host, SplittableRandom random) {
        boolean plain = random.nextInt(100) < 8;
        Ends ends = inward(visitor(random), Ports.tcp(random), host, plain ? 80 : 443, ipv6(random));
        return web(ends, plain, plain ? TcpScript.HTTP : TcpScript.TLS, random);
    }

    private static Actor web(Ends ends, boolean plain, TcpScript script, SplittableRandom random) {
        TcpFlow flow = new TcpFlow(ends, script, outcome(random), random);
        long answer = size(random, 3_000);
        return partly(
                plain
                        ? flow.sending(1, script.firstRequest().length(), answer)
                        : flow.sending(random.nextInt(1, 5), random.nextInt(200, 1_400), answer)
                                .pausing((long) (random.nextExponential() * 2 * SECOND)),
                random);
    }

    Actor mail(SplittableRandom random) {
        boolean inward = random.nextBoolean();
        Ends ends = inward
                ? inward(visitor(random), Ports.tcp(random), hosts.mailServer(random), 465, ipv6(random))
                : outward(hosts.client(random), Ports.tcp(random), server(random), 993, ipv6(random));
        return new TcpFlow(ends, TcpScript.TLS, outcome(random), random)
                .sending(random.nextInt(2, 6), inward ? size(random, 4_000) : 300, inward ? 200 : size(random, 2_000));
    }

    /** A terminal: small segments both ways for a while. */
    Actor shell(SplittableRandom random) {
        Ends ends = outward(hosts.client(random), Ports.tcp(random), server(random), 22, ipv6(random));
        return new TcpFlow(ends, TcpScript.SSH, TcpFlow.Outcome.ESTABLISHED, random)
                .sending(random.nextInt(5, 200), 36, 52)
                .pausing(300 * MILLISECOND);
    }

    Actor quic(SplittableRandom random) {
        int host = hosts.client(random);
        int port = Ports.udp(random);
        int server = server(random);
        boolean ipv6 = ipv6(random);
        return asked(host, server, ipv6, quic(outward(host, port, server, 443, ipv6), random), random);
    }

    Actor quicVisit(int host, SplittableRandom random) {
        return quic(inward(visitor(random), Ports.udp(random), host, 443, ipv6(random)), random);
    }

    private static Actor quic(Ends ends, SplittableRandom random) {
        int datagrams = (int) (size(random, 4_000) / 1_200) + 6;
        return new UdpFlow(ends, random)
                .asking(Payloads.QUIC_INITIAL, Payloads.QUIC_DATAGRAM, Payloads.QUIC_HANDSHAKE, Payloads.QUIC_DATAGRAM)
                .streaming(Payloads.QUIC_DATA, datagrams, 0.72, 1_240, 50, 2 * MILLISECOND);
    }

    /** A resolver inside asks name servers outside. */
    Actor lookup(int resolver, SplittableRandom random) {
        Ends ends = outward(resolver, Ports.udp(random), server(random) >> 2, 53, ipv6(random));
        boolean large = random.nextInt(100) < 2;
        Payload question = Payloads.DNS_QUERY;
        Payload answer = large ? Payloads.DNS_LARGE_ANSWER : Payloads.DNS_ANSWER;
        if (named && !large) {
            int wanted = server(random);
            String name = names.names().server(wanted);
            question = DnsMessages.query(name, DnsMessages.A);
            answer = DnsMessages.address(name, address(wanted));
        }
        UdpFlow flow = new UdpFlow(ends, random).asking(question, answer);
        return random.nextInt(100) < 2 ? flow.unanswered() : flow;
    }

    /** Resolvers outside ask a name server inside. */
    Actor query(SplittableRandom random) {
        Ends ends = inward(server(random), Ports.udp(random), hosts.nameServer(random), 53, ipv6(random));
        return new UdpFlow(ends, random).asking(Payloads.DNS_QUERY, Payloads.DNS_ANSWER);
    }

    Actor timeRequest(SplittableRandom random) {
        return time(outward(hosts.client(random), Ports.udp(random), server(random) >> 6, 123, ipv6(random)), random);
    }

    Actor timeVisit(int host, SplittableRandom random) {
        return time(inward(visitor(random), Ports.udp(random), host, 123, ipv6(random)), random);
    }

    private static Actor time(Ends ends, SplittableRandom random) {
        return new UdpFlow(ends, random).asking(Payloads.NTP_REQUEST, Payloads.NTP_ANSWER);
    }

    Actor ping(SplittableRandom random) {
        Ends ends = outward(hosts.client(random), 0, server(random), 0, ipv6(random));
        return new Ping(ends, random.nextInt(1, 8), random.nextInt(10) > 0, random);
    }

    /** Contacts of a peer-to-peer client: many do not answer, some exchange data. */
    Actor peer(SplittableRandom random) {
        if (named) {
            return share(hosts.sharer(random), random);
        }
        Ends ends = outward(hosts.client(random), Ports.udp(random), visitor(random), Ports.udp(random), ipv6(random));
        UdpFlow flow = new UdpFlow(ends, random).asking(Payload.NOISY, 30, Payload.NOISY, 30);
        return random.nextInt(100) < 45
                ? flow.unanswered()
                : flow.streaming(Payload.NOISY, (int) (size(random, 5) - 4), 0.5, 1_300, 1_300, 10 * MILLISECOND);
    }

    /** A client of BitTorrent has one port of its own; most contacts are questions, few move a file's pieces (BEP 5, BEP 29). */
    private Actor share(int host, SplittableRandom random) {
        int port = SHARING_PORTS[host % SHARING_PORTS.length];
        Ends ends = outward(host, port, visitor(random), Ports.udp(random), ipv6(random));
        UdpFlow flow = new UdpFlow(ends, random).asking(Payloads.DHT_QUESTION, Payloads.DHT_ANSWER);
        int percent = random.nextInt(100);
        if (percent < 45) {
            return flow.unanswered();
        }
        return percent < 97
                ? flow
                : flow.streaming(
                        Payload.NOISY, (int) (size(random, 1_000_000) / 1_300), 0.9, 1_300, 60, 10 * MILLISECOND);
    }

    /** Somebody outside looks for services on an own address. */
    Actor probe(SplittableRandom random) {
        int host = hosts.any(random);
        if (random.nextInt(10) == 0) {
            int port = PROBED_PORTS[random.nextInt(PROBED_PORTS.length)];
            return new UdpFlow(inward(scanner(random), Ports.udp(random), host, port, false), random)
                    .asking(Payload.NOTHING, 0, Payload.NOTHING, 0)
                    .unanswered();
        }
        int port = SCANNED_PORTS[random.nextInt(SCANNED_PORTS.length)];
        TcpFlow.Outcome outcome = random.nextInt(3) == 0 ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.UNANSWERED;
        return new TcpFlow(
                        inward(scanner(random), Ports.tcp(random), host, port, false), TcpScript.OTHER, outcome, random)
                .tryingOnce();
    }

    /** Somebody outside is flooded from forged addresses, of which some are own ones, and answers those. */
    Actor backscatter(SplittableRandom random) {
        Ends ends = outward(hosts.any(random), Ports.tcp(random), server(random), 80, false);
        return new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.ESTABLISHED, random)
                .oneSided(false)
                .answeringOnly();
    }

    /** A transfer of many bytes, as fast as a gap in nanoseconds between two segments. */
    TcpFlow transfer(Ends ends, long request, long answer, long gap, SplittableRandom random) {
        return new TcpFlow(ends, TcpScript.TLS, TcpFlow.Outcome.ESTABLISHED, random)
                .sending(1, request, answer)
                .inWindowsOf(1_024, gap);
    }

    /** Bytes of a transfer that lasts this long. */
    static long bytesFor(long nanos, long gap) {
        return nanos / gap * MSS;
    }
}
