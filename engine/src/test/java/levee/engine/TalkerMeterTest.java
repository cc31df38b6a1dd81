package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import levee.model.Group;
import levee.model.Groups;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.Talkers;
import levee.model.Talkers.Area;
import levee.model.Talkers.AreaKind;
import levee.model.Talkers.Exchange;
import levee.model.Talkers.Host;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Rate;
import levee.model.Talkers.Service;
import levee.model.Talkers.Side;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkerMeterTest {
    private static final long SEED = 5;
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 1_770_000_000L * SECOND;
    private static final int TICKS_PER_SECOND = 10;
    private static final IpAddress WEB = IpAddress.parse("192.0.2.7");
    private static final IpAddress DATABASE = IpAddress.parse("192.0.2.130");
    private static final IpAddress CLIENT = IpAddress.parse("198.51.100.9");
    private static final OwnNetworks OWN =
            OwnNetworks.of(List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/32")));
    private static final Groups GROUPS = new Groups(
            List.of(new Group("databases", List.of(Prefix.parse("192.0.2.128/25")), Optional.empty(), List.of())));

    private final ConnectionTable connections = new ConnectionTable(1 << 10, SEED);
    private final TalkerMeter meter = new TalkerMeter(OWN, GROUPS, SEED, BEGIN);
    private final FlowBatch batch = new FlowBatch(1_024);
    private long now = BEGIN;

    private void row(IpAddress from, int fromPort, IpAddress to, int toPort, int protocol, long packets, long bytes) {
        if (batch.isFull()) {
            flush();
        }
        int row = batch.size++;
        batch.reset(row);
        batch.sourceHigh[row] = from.high();
        batch.sourceLow[row] = from.low();
        batch.destinationHigh[row] = to.high();
        batch.destinationLow[row] = to.low();
        batch.sourcePort[row] = (char) fromPort;
        batch.destinationPort[row] = (char) toPort;
        batch.protocol[row] = (byte) protocol;
        batch.packets[row] = packets;
        batch.bytes[row] = bytes;
    }

    private void flush() {
        connections.hash(batch);
        meter.rows(batch);
        batch.clear(FlowBatch.Rows.FLOWS);
    }

    private void pass(double seconds) {
        flush();
        long end = now + Math.round(seconds * SECOND);
        while (now < end) {
            now = Math.min(end, now + SECOND / TICKS_PER_SECOND);
            meter.tick(now);
        }
    }

    private static Exchange exchange(double in, double inBytes, double out, double outBytes, double seconds) {
        return new Exchange(
                new Rate(in / seconds, inBytes * 8 / seconds), new Rate(out / seconds, outBytes * 8 / seconds));
    }

    @Test
    void nothingIsToldBeforeTheFirstSliceIsOver() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(4.9);

        Talkers talkers = meter.talkers();
        assertThat(talkers.covered()).isEqualTo(Duration.ZERO);
        assertThat(talkers.hosts()).isEmpty();
        assertThat(talkers.since()).isEqualTo(Instant.ofEpochSecond(BEGIN / SECOND));
    }

    @Test
    void rowsAreToldByHostNetworkServiceAndArea() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        row(WEB, 443, CLIENT, 50_000, Protocols.TCP, 10, 9_000);
        row(IpAddress.parse("198.51.100.200"), 0, WEB, 2_048, Protocols.ICMP, 2, 168);
        row(WEB, 40_000, DATABASE, 3_306, Protocols.TCP, 4, 400);
        row(DATABASE, 40_000, IpAddress.parse("2001:db9:7:1::5"), 53, Protocols.UDP, 1, 80);
        row(CLIENT, 1, IpAddress.parse("203.0.113.1"), 2, Protocols.GRE, 3, 300);
        pass(5);

        Talkers talkers = meter.talkers();
        assertThat(talkers.covered()).isEqualTo(Duration.ofSeconds(5));
        assertThat(talkers.until()).isEqualTo(Instant.ofEpochSecond(BEGIN / SECOND + 5));
        assertThat(talkers.networksConfigured()).isTrue();
        assertThat(talkers.estimated()).isFalse();
        assertThat(talkers.foreign()).isEqualTo(new Rate(3 / 5.0, 300 * 8 / 5.0));

        assertThat(talkers.hosts()).extracting(Host::address).containsExactly(WEB, DATABASE);
        Host web = talkers.hosts().getFirst();
        assertThat(web.traffic().tcp()).isEqualTo(exchange(5, 600, 14, 9_400, 5));
        assertThat(web.traffic().icmp()).isEqualTo(exchange(2, 168, 0, 0, 5));
        assertThat(web.traffic().udp()).isEqualTo(Exchange.NONE);
        assertThat(web.peers()).isEqualTo(3);
        assertThat(web.missed()).isEqualTo(Missed.NOTHING);
        assertThat(talkers.hosts().get(1).traffic().all()).isEqualTo(exchange(4, 400, 1, 80, 5));

        assertThat(talkers.networks())
                .containsExactly(
                        new Talkers.Network(
                                Prefix.parse("198.51.100.0/24"), exchange(7, 768, 10, 9_000, 5), Missed.NOTHING),
                        new Talkers.Network(Prefix.parse("2001:db9:7::/48"), exchange(0, 0, 1, 80, 5), Missed.NOTHING));
        assertThat(talkers.services())
                .containsExactlyInAnyOrder(
                        new Service(Protocols.TCP, 443, Side.OWN, exchange(5, 600, 10, 9_000, 5), Missed.NOTHING),
                        new Service(Protocols.TCP, 3_306, Side.OWN, exchange(4, 400, 0, 0, 5), Missed.NOTHING),
                        new Service(Protocols.UDP, 53, Side.REMOTE, exchange(0, 0, 1, 80, 5), Missed.NOTHING),
                        new Service(Protocols.ICMP, 0, Side.OWN, exchange(2, 168, 0, 0, 5), Missed.NOTHING));
        assertThat(talkers.services()).extracting(Service::name).contains("tcp/443", "icmp");
        // What is between the group and the rest of its network goes in and out of the group only.
        assertThat(talkers.areas())
                .containsExactly(
                        new Area("databases", AreaKind.GROUP, exchange(4, 400, 1, 80, 5)),
                        new Area("192.0.2.0/24", AreaKind.NETWORK, exchange(7, 768, 11, 9_080, 5)),
                        new Area("2001:db8::/32", AreaKind.NETWORK, Exchange.NONE));
    }

    @Test
    void aHostIsToldBitByBit() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(5);
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 10, 900);
        row(WEB, 50_000, CLIENT, 25, Protocols.TCP, 1, 60);
        row(WEB, 40_000, DATABASE, 3_306, Protocols.TCP, 1, 40);
        pass(7);

        HostTraffic.Live live = meter.host(WEB).orElseThrow();
        assertThat(live.covered()).isEqualTo(Duration.ofSeconds(10));
        assertThat(live.traffic().tcp()).isEqualTo(exchange(15, 1_500, 2, 100, 10));
        assertThat(live.peers()).isEqualTo(2);
        assertThat(live.slices()).hasSize(2);
        assertThat(live.slices().get(0).start()).isEqualTo(Instant.ofEpochSecond(BEGIN / SECOND));
        assertThat(live.slices().get(0).length()).isEqualTo(Duration.ofSeconds(5));
        assertThat(live.slices().get(0).traffic().tcp()).isEqualTo(exchange(5, 600, 0, 0, 5));
        assertThat(live.slices().get(1).traffic().tcp()).isEqualTo(exchange(10, 900, 2, 100, 5));
        assertThat(live.services())
                .containsExactlyInAnyOrder(
                        new Service(Protocols.TCP, 443, Side.OWN, exchange(15, 1_500, 0, 0, 10), Missed.NOTHING),
                        new Service(Protocols.TCP, 25, Side.REMOTE, exchange(0, 0, 1, 60, 10), Missed.NOTHING),
                        new Service(Protocols.TCP, 3_306, Side.REMOTE, exchange(0, 0, 1, 40, 10), Missed.NOTHING));
        assertThat(meter.host(DATABASE).orElseThrow().services())
                .extracting(Service::side)
                .containsExactly(Side.OWN);

        HostTraffic.Live silent = meter.host(IpAddress.parse("192.0.2.99")).orElseThrow();
        assertThat(silent.traffic()).isEqualTo(Talkers.Protocols.NONE);
        assertThat(silent.missed()).isEqualTo(Missed.NOTHING);
        assertThat(meter.host(CLIENT)).isEmpty();
    }

    @Test
    void whatIsOlderThanAMinuteIsForgotten() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 60, 6_000);
        pass(60);
        assertThat(meter.talkers().hosts()).hasSize(1);
        assertThat(meter.talkers().covered()).isEqualTo(Duration.ofMinutes(1));
        assertThat(meter.talkers().hosts().getFirst().traffic().tcp()).isEqualTo(exchange(60, 6_000, 0, 0, 60));
        pass(5);
        assertThat(meter.talkers().hosts()).isEmpty();
        assertThat(meter.talkers().covered()).isEqualTo(Duration.ofMinutes(1));
        assertThat(meter.talkers().areas()).hasSize(3);
    }

    /** The ring goes round more than once. */
    @Test
    void aSteadyFlowIsToldEvenlyForEver() {
        for (int second = 0; second < 300; second++) {
            row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 10, 1_000);
            pass(1);
            if (second >= 60) {
                assertThat(meter.talkers().hosts().getFirst().traffic().tcp())
                        .isEqualTo(exchange(600, 60_000, 0, 0, 60));
            }
        }
    }

    @Test
    void clockMayGoBackALittle() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(5.1);
        now -= SECOND;
        meter.tick(now);
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(6);

        assertThat(meter.talkers().covered()).isEqualTo(Duration.ofSeconds(10));
        assertThat(meter.talkers().hosts().getFirst().traffic().tcp()).isEqualTo(exchange(10, 1_200, 0, 0, 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -30, 66, 3_600, 86_400 * 365L})
    void aJumpBeginsAnew(long seconds) {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(20);
        long before = now;
        now += seconds * SECOND;
        meter.tick(now);

        assertThat(meter.talkers().hosts()).isEmpty();
        assertThat(meter.talkers().covered()).isEqualTo(Duration.ZERO);
        assertThat(meter.talkers().since()).isEqualTo(Instant.ofEpochSecond(0, before + seconds * SECOND));
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 7, 700);
        pass(10);
        assertThat(meter.talkers().hosts().getFirst().traffic().tcp().received().packetsPerSecond())
                .isBetween(0.7, 1.4);
    }

    @Test
    void whatWasSkippedIsTimeInWhichNothingCame() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 30, 600);
        pass(5);
        now += 25 * SECOND;
        meter.tick(now);

        assertThat(meter.talkers().covered()).isEqualTo(Duration.ofSeconds(30));
        assertThat(meter.talkers().hosts().getFirst().traffic().tcp()).isEqualTo(exchange(30, 600, 0, 0, 30));
    }

    @Test
    void otherNetworksCountFromTheNextSliceOn() {
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(1);
        meter.apply(OwnNetworks.of(List.of(Prefix.parse("198.51.100.0/24"))), Groups.NONE);
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(4);
        row(CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        pass(5);

        Talkers talkers = meter.talkers();
        assertThat(talkers.hosts()).extracting(Host::address).containsExactly(WEB, CLIENT);
        assertThat(talkers.hosts().get(0).traffic().tcp()).isEqualTo(exchange(10, 1_200, 0, 0, 10));
        assertThat(talkers.hosts().get(1).traffic().tcp()).isEqualTo(exchange(0, 0, 5, 600, 10));
        assertThat(talkers.areas())
                .extracting(Area::name)
                .containsExactly("databases", "192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32");
        assertThat(meter.host(CLIENT)).isPresent();
        assertThat(meter.host(WEB)).isEmpty();
    }

    /** Whatever comes, and however much of it: who is named has what is said, within what is said. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ratesAreWithinWhatIsSaid(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<IpAddress, long[]> hosts = new HashMap<>();
        Map<Prefix, long[]> networks = new HashMap<>();
        int rowsPerTick = seed % 2 == 0 ? 20_000 : 3_000;
        long areaPackets = 0;
        for (int tick = 0; tick < 100; tick++) {
            for (int i = 0; i < rowsPerTick; i++) {
                double uniform = random.nextDouble();
                IpAddress own =
                        new IpAddress(0x2001_0db8_0000_0000L, (long) (50_000 * uniform * uniform * uniform * uniform));
                IpAddress remote =
                        IpAddress.ofIpv4(random.nextBoolean() ? random.nextInt(11 << 24, 12 << 24) : 0xc633_6409);
                long packets = random.nextInt(1, 20);
                long bytes = packets * random.nextInt(40, 1_400);
                row(remote, 50_000, own, 443, Protocols.TCP, packets, bytes);
                areaPackets += packets;
                add(hosts, own, packets, bytes);
                add(networks, new Prefix(remote, 24), packets, bytes);
            }
            pass(0.1);
        }

        Talkers talkers = meter.talkers();
        assertThat(talkers.estimated()).isEqualTo(seed % 2 == 0);
        assertThat(talkers.hosts()).hasSize(Talkers.MOST_HOSTS);
        for (Host host : talkers.hosts()) {
            assertWithin(host.traffic().all().both(), host.missed(), hosts.getOrDefault(host.address(), new long[2]));
        }
        for (Talkers.Network network : talkers.networks()) {
            assertWithin(
                    network.traffic().both(), network.missed(), networks.getOrDefault(network.prefix(), new long[2]));
        }
        // Those that are really the busiest are found.
        Set<IpAddress> named = new HashSet<>();
        talkers.hosts().forEach(host -> named.add(host.address()));
        List<IpAddress> busiest = hosts.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue()[0], a.getValue()[0]))
                .limit(50)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(named).containsAll(busiest);
        assertThat(talkers.networks().getFirst().prefix()).isEqualTo(Prefix.parse("198.51.100.0/24"));
        double area = talkers.areas().stream()
                .filter(a -> a.name().equals("2001:db8::/32"))
                .mapToDouble(a -> a.traffic().received().packetsPerSecond())
                .sum();
        assertThat(area).isBetween(areaPackets / 10.0 * 0.99, areaPackets / 10.0 * 1.01);
    }

    private static <K> void add(Map<K, long[]> sums, K key, long packets, long bytes) {
        long[] sum = sums.computeIfAbsent(key, k -> new long[2]);
        sum[0] += packets;
        sum[1] += bytes;
    }

    /** Five standard errors, and a little for the last digits. */
    private static void assertWithin(Rate told, Missed missed, long[] truth) {
        double packets = truth[0] / 10.0;
        double bits = truth[1] * 8 / 10.0;
        assertThat(packets)
                .isBetween(
                        told.packetsPerSecond() - 5 * missed.packetsDeviation() - 1e-6,
                        told.packetsPerSecond() + missed.packetsPerSecond() + 5 * missed.packetsDeviation() + 1e-6);
        assertThat(bits)
                .isBetween(
                        told.bitsPerSecond() - 5 * missed.bitsDeviation() - 1e-3,
                        told.bitsPerSecond() + missed.bitsPerSecond() + 5 * missed.bitsDeviation() + 1e-3);
    }

    @Test
    void peersAreToldToAFifth() {
        SplittableRandom random = new SplittableRandom(7);
        for (int peers : new int[] {1, 10, 100, 1_000, 10_000}) {
            IpAddress host = new IpAddress(0x2001_0db8_0000_0000L, peers);
            for (int i = 0; i < peers; i++) {
                row(IpAddress.ofIpv4(random.nextInt(11 << 24, 120 << 24)), 1, host, 2, Protocols.UDP, 1, 100);
            }
        }
        pass(5);
        for (Host host : meter.talkers().hosts()) {
            double peers = host.address().low();
            assertThat((double) host.peers()).isBetween(peers * 0.4, peers * 1.6);
        }
    }
}
