package levee.drill;

import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.telemetry.Hashing;

/**
 * Who asks whom for names. Three of four own hosts ask a resolver of the own network, which asks servers outside for what it
 * does not know; the others ask a public resolver.
 */
final class NameService {
    private static final int DNS_PORT = 53;
    private static final int KNOWN_PERCENT = 75;
    private static final int RESOLVERS = 2;

    /** The most popular servers outside. */
    private static final int PUBLIC_RESOLVERS = 3;

    private final Names names;
    private final OwnHosts hosts;
    private final Internet internet;

    NameService(long seed, OwnHosts hosts, Internet internet) {
        names = new Names(seed);
        this.hosts = hosts;
        this.internet = internet;
    }

    Names names() {
        return names;
    }

    /** Whether it asks a resolver of the own network. */
    static boolean asksInside(int host) {
        return Hashing.hash(DNS_PORT, host, 0) >>> 62 != 0;
    }

    private Ends toResolver(int host, SplittableRandom random) {
        int port = Ports.udp(random);
        if (asksInside(host)) {
            int resolver = host % RESOLVERS;
            return new Ends(
                    hosts.high(host, false),
                    hosts.low(host, false),
                    port,
                    hosts.high(resolver, false),
                    hosts.low(resolver, false),
                    DNS_PORT,
                    true);
        }
        return outward(host, port, host % PUBLIC_RESOLVERS);
    }

    Ends outward(int host, int port, int server) {
        return new Ends(
                hosts.high(host, false),
                hosts.low(host, false),
                port,
                internet.high(server, false),
                internet.low(server, false),
                DNS_PORT,
                true);
    }

    /**
     * An own host asks something.
     *
     * @param authority the number of the host outside that knows the answer
     * @param known whether the resolver does, too
     */
    Lookup ask(
            int host,
            Payload question,
            Payload answer,
            int authority,
            boolean known,
            Optional<Actor> then,
            SplittableRandom random) {
        Optional<Ends> recursion = asksInside(host) && !known
                ? Optional.of(outward(host % RESOLVERS, Ports.udp(random), authority))
                : Optional.empty();
        return new Lookup(toResolver(host, random), recursion, question, answer, then, random);
    }

    /** An own host asks for the address of an ordinary server. */
    Lookup find(int host, int server, boolean ipv6, Optional<Actor> then, SplittableRandom random) {
        return find(host, names.server(server), internet.address(server, ipv6), server >> 2, then, random);
    }

    Lookup find(
            int host, String name, IpAddress address, int authority, Optional<Actor> then, SplittableRandom random) {
        Payload question = DnsMessages.query(name, address.isIpv4() ? DnsMessages.A : DnsMessages.AAAA);
        Payload answer = DnsMessages.address(name, address);
        return ask(host, question, answer, authority, random.nextInt(100) < KNOWN_PERCENT, then, random);
    }

    /** An own host asks for a name that does not exist. */
    Lookup miss(int host, String name, int authority, Optional<Actor> then, SplittableRandom random) {
        Payload question = DnsMessages.query(name, DnsMessages.A);
        return ask(host, question, DnsMessages.missing(name, DnsMessages.A), authority, false, then, random);
    }
}
