package levee.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Two-way traffic between hosts inside and servers outside, as seen on the link between them.
 *
 * <p>New connections arrive as a Poisson process, and every live connection sends its next packet after an exponential
 * pause, so the traffic is stationary and its packets are a Poisson process too. Packets of one connection do not come
 * in trains, which makes it hard for a cache of connections. The capture starts in the middle of things: the connections
 * that live at the start are already established.
 */
final class Conversations implements Traffic {
    /** The kinds of connection. */
    private enum Kind {
        TCP_SHORT(425, 7, 8),
        TCP_LONG(75, 7, 126),
        DNS(350, 2, 0),
        NTP(30, 2, 0),
        QUIC(105, 2, 48),
        RTP(15, 0, 160);

        /** How many of a thousand connections are of this kind. */
        private final int perThousand;

        private final int meanDataPackets;
        private final int meanPackets;

        Kind(int perThousand, int fixedPackets, int meanDataPackets) {
            this.perThousand = perThousand;
            this.meanDataPackets = meanDataPackets;
            meanPackets = fixedPackets + meanDataPackets;
        }

        int perThousand() {
            return perThousand;
        }

        /** The weight among the live connections, which wait for their next packet. */
        int liveWeight() {
            return perThousand * (meanPackets - 1);
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int THOUSAND = 1000;
    private static final double ARRIVALS_PER_MICROSECOND = arrivalsPerMicrosecond();
    private static final int HOSTS = 20_000;
    private static final int HOSTS_PER_SUBNET = 200;
    private static final int SUBNETS_PER_VLAN = 20;
    private static final int SERVERS = 100_000;
    private static final int RESOLVERS = 8;
    private static final int IPV6_PERCENT = 5;

    private final SplittableRandom random;
    private final int frameLimit;
    private final boolean allProtocols;
    private final Payload payload;
    private final double packetsPerMicrosecond;
    private Connection[] live;
    private int liveCount;
    private double elapsedMicros;

    /**
     * @param connections the number of connections alive at a time, on average
     * @param frameLimit the length of the longest frame. Below the maximum there is neither IPv6 nor NTP, which might
     *     not fit.
     */
    Conversations(SplittableRandom random, int connections, int frameLimit) {
        this.random = random;
        this.frameLimit = frameLimit;
        allProtocols = frameLimit == PcapWriter.MAXIMUM_FRAME;
        payload = new Payload(random);
        packetsPerMicrosecond = (PACKETS_PER_SECOND / 1e6 - ARRIVALS_PER_MICROSECOND) / connections;
        live = new Connection[2 * connections];
        while (liveCount < connections) {
            live[liveCount++] = connection(pick(Kind::liveWeight), true);
        }
    }

    private static double arrivalsPerMicrosecond() {
        long packetsPerThousand = 0;
        for (Kind kind : KINDS) {
            packetsPerThousand += (long) kind.perThousand * kind.meanPackets;
        }
        return PACKETS_PER_SECOND / 1e6 * THOUSAND / packetsPerThousand;
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        double rate = ARRIVALS_PER_MICROSECOND + liveCount * packetsPerMicrosecond;
        elapsedMicros += random.nextExponential() / rate;
        if (random.nextDouble() * rate < ARRIVALS_PER_MICROSECOND) {
            Connection opened = connection(pick(Kind::perThousand), false);
            if (opened.send(writer, micros(), random, payload)) {
                add(opened);
            }
        } else {
            int index = random.nextInt(liveCount);
            if (!live[index].send(writer, micros(), random, payload)) {
                live[index] = live[--liveCount];
            }
        }
    }

    /** The time of the last packet. */
    long micros() {
        return START_MICROS + (long) elapsedMicros;
    }

    private void add(Connection connection) {
        if (liveCount == live.length) {
            live = Arrays.copyOf(live, 2 * live.length);
        }
        live[liveCount++] = connection;
    }

    private Kind pick(ToIntFunction<Kind> weight) {
        int total = 0;
        for (Kind kind : KINDS) {
            total += weight.applyAsInt(kind);
        }
        int choice = random.nextInt(total);
        int index = 0;
        while (choice >= weight.applyAsInt(KINDS[index])) {
            choice -= weight.applyAsInt(KINDS[index++]);
        }
        return KINDS[index];
    }

    private Connection connection(Kind kind, boolean established) {
        int data = kind.meanDataPackets;
        return switch (kind) {
            case TCP_SHORT, TCP_LONG -> new TcpConnection(tcpFlow(), frameLimit, data, established, random);
            case DNS -> new DnsLookup(dnsFlow(), frameLimit, established, random);
            case NTP ->
                allProtocols
                        ? new NtpExchange(flow(server(), ephemeralPort(), 123), frameLimit, established)
                        : new DnsLookup(dnsFlow(), frameLimit, established, random);
            case QUIC ->
                new QuicConnection(flow(server(), unassignedPort(), 443), frameLimit, data, established, random);
            case RTP -> new RtpCall(flow(server(), mediaPort(), mediaPort()), frameLimit, data, random);
        };
    }

    private Flow tcpFlow() {
        int choice = random.nextInt(100);
        return flow(server(), ephemeralPort(), choice < 80 ? 443 : choice < 95 ? 80 : 993);
    }

    private Flow dnsFlow() {
        return flow(outside(SERVERS + random.nextInt(RESOLVERS)), ephemeralPort(), 53);
    }

    private Flow flow(int server, int clientPort, int serverPort) {
        int host = random.nextInt(HOSTS);
        int subnet = host / HOSTS_PER_SUBNET;
        int client = 10 << 24 | subnet << 8 | 10 + host % HOSTS_PER_SUBNET;
        int vlan = subnet % SUBNETS_PER_VLAN == 0 ? 100 + subnet : 0;
        boolean ipv6 = allProtocols && random.nextInt(100) < IPV6_PERCENT;
        return new Flow(client, server, clientPort, serverPort, ipv6, vlan);
    }

    /** A few servers are popular, most are not: the first thousandth of them gets a tenth of the connections. */
    private int server() {
        double uniform = random.nextDouble();
        return outside((int) (SERVERS * uniform * uniform * uniform));
    }

    /** Spreads the servers over 11.0.0.0 to 99.255.255.255, where nothing is reserved for private use. */
    private static int outside(int index) {
        long spread = Integer.toUnsignedLong(index * 0x9e37_79b9);
        return (11 << 24) + (int) (spread * (89 << 24) >>> 32);
    }

    private int ephemeralPort() {
        return random.nextInt(32_768, 61_000);
    }

    /** A port that no protocol uses: analyzers that guess protocols by port would misread QUIC and RTP on others. */
    private int unassignedPort() {
        return random.nextInt(50_000, 54_300);
    }

    private int mediaPort() {
        return unassignedPort() & ~1;
    }
}
