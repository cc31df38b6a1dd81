package levee.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.flowexport.SamplingSource;
import levee.model.Attack.Volume;
import levee.model.Finding;
import levee.model.HostTraffic;
import levee.model.HostTraffic.Archived;
import levee.model.HostTraffic.ArchivedPeer;
import levee.model.HostTraffic.ArchivedService;
import levee.model.HostTraffic.Live;
import levee.model.HostTraffic.Slice;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.model.Talkers.Area;
import levee.model.Talkers.AreaKind;
import levee.model.Talkers.Exchange;
import levee.model.Talkers.Host;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Network;
import levee.model.Talkers.Protocols;
import levee.model.Talkers.Rate;
import levee.model.Talkers.Service;
import levee.model.Talkers.Side;
import levee.store.StoredFinding;

/** A detection that says what a test wants. */
final class FakeSystem implements LiveSystem {
    volatile List<ExporterStatistics> exporters =
            List.of(exporter("192.0.2.1", true, 1_200), exporter("2001:db8::1", false, 7));
    volatile List<String> obstacles = List.of();
    final Map<String, Finding> findings = new ConcurrentHashMap<>();
    volatile Talkers talkers = someTalkers();
    volatile Map<IpAddress, HostTraffic> hosts = someHosts();

    static ExporterStatistics exporter(String address, boolean known, long datagrams) {
        return new ExporterStatistics(
                1,
                IpAddress.parse(address),
                known,
                ExportFormat.NETFLOW_V9,
                datagrams,
                datagrams * 20,
                1_000,
                SamplingSource.OPTIONS,
                3,
                true,
                1,
                2,
                Map.of("truncated", 5L, "unknown_version", 6L),
                -1.5,
                4,
                8,
                0,
                9,
                0,
                512,
                0,
                1_772_370_000_250_000_000L);
    }

    @Override
    public List<InterfaceCounters> interfaces(int exporter) {
        return List.of(
                new InterfaceCounters(7, 10_000_000_000L, -1, 654_321, 1_772_370_000_000_000_000L),
                new InterfaceCounters(3, 0, 0, 0, 1_772_370_000_000_000_000L));
    }

    static List<ExporterStatistics> many(int count) {
        List<ExporterStatistics> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(exporter("10.0." + (i >> 8) + "." + (i & 255), i == count - 1, 10_000 - i));
        }
        return many;
    }

    @Override
    public List<ExporterStatistics> exporters() {
        return exporters;
    }

    @Override
    public LiveStatistics statistics() {
        return new LiveStatistics(
                1_207,
                24_140,
                48_000_000,
                31_000_000_000L,
                400.5,
                800_000,
                4.1e9,
                17,
                2,
                3,
                64,
                Map.of("truncated", 5L, "unknown_version", 6L),
                1,
                2,
                Optional.of(new LiveStatistics.Archive(24_000, 140, 300_000)));
    }

    @Override
    public List<SparedTraffic> spared() {
        return List.of(new SparedTraffic("monitoring", 12, 3_400));
    }

    @Override
    public List<SettingInForce> settings() {
        return List.of(
                new SettingInForce("mode", List.of("monitor"), SettingInForce.From.FILE, 4),
                new SettingInForce("networks", List.of("192.0.2.0/24"), SettingInForce.From.COMMAND_LINE, 0),
                new SettingInForce("names", List.of(), SettingInForce.From.DEFAULT, 0));
    }

    @Override
    public List<String> obstacles() {
        return obstacles;
    }

    /** By customer. */
    final Map<String, List<Prefix>> networks = new ConcurrentHashMap<>();

    @Override
    public List<Prefix> networksOf(String customer) {
        return networks.getOrDefault(customer, List.of());
    }

    @Override
    public LearningReport learning() {
        LearningReport.Span packets = new LearningReport.Span(1_000, 2_000, 3_000.04, 9_000);
        LearningReport.Span bits = new LearningReport.Span(8e6, 1.6e7, 2.4e7, 7.2e7);
        LearningReport.Traffic traffic = new LearningReport.Traffic(packets, bits);
        return new LearningReport(
                Optional.of(Instant.parse("2026-02-27T13:00:00Z")),
                2_880,
                true,
                List.of(new LearningReport.Network("192.0.2.0/24", traffic, traffic)),
                List.of(new LearningReport.TargetRate(
                        "192.0.2.7/32", "udp-flood", 800, 1_900, 2_400, 600, Instant.parse("2026-03-01T12:00:00Z"))));
    }

    @Override
    public List<OpenFinding> open() {
        return findings.values().stream()
                .map(finding -> new OpenFinding(finding, Findings.START, StoredFinding.Mode.ALERT, true))
                .toList();
    }

    @Override
    public Optional<Finding> finding(String id) {
        return Optional.ofNullable(findings.get(id));
    }

    @Override
    public Talkers talkers() {
        return talkers;
    }

    @Override
    public Optional<HostTraffic> host(IpAddress address) {
        return Optional.ofNullable(hosts.get(address));
    }

    private static Exchange exchange(double packets, double bits) {
        return new Exchange(new Rate(packets, bits), new Rate(packets / 2, bits / 4));
    }

    private static Talkers someTalkers() {
        Protocols traffic =
                new Protocols(exchange(40_000, 19.2e6), exchange(20, 8_000), Exchange.NONE, exchange(2, 1_600));
        Missed missed = new Missed(1.5, 6_000, 0.5, 2_000);
        return new Talkers(
                Instant.parse("2026-03-01T12:30:00Z"),
                Instant.parse("2026-03-01T12:59:55Z"),
                Duration.ofSeconds(60),
                true,
                new Rate(3, 2_400),
                true,
                List.of(
                        new Host(IpAddress.parse("192.0.2.7"), traffic, 38_000, Missed.NOTHING),
                        new Host(IpAddress.parse("192.0.2.8"), Protocols.NONE, 1, missed)),
                List.of(new Network(Prefix.parse("198.51.100.0/24"), exchange(1_000, 480_000), missed)),
                List.of(
                        new Service(6, 443, Side.OWN, exchange(40_000, 19.2e6), Missed.NOTHING),
                        new Service(1, 0, Side.REMOTE, exchange(2, 1_600), Missed.NOTHING)),
                List.of(
                        new Area("shop", AreaKind.GROUP, exchange(41_000, 20e6)),
                        new Area("192.0.2.0/24", AreaKind.NETWORK, exchange(41_000, 20e6))));
    }

    private static Map<IpAddress, HostTraffic> someHosts() {
        IpAddress own = IpAddress.parse("192.0.2.7");
        IpAddress remote = IpAddress.parse("2001:db8::7");
        Talkers talkers = someTalkers();
        Host host = talkers.hosts().getFirst();
        Archived archived = new Archived(
                Instant.parse("2026-03-01T12:50:00Z"),
                false,
                1_000_000,
                List.of(new ArchivedPeer(
                        IpAddress.parse("198.51.100.9"), 12, new Volume(100, 6_000), new Volume(90, 80_000))),
                List.of(new ArchivedService(6, 443, Side.OWN, 12, new Volume(100, 6_000), new Volume(90, 80_000))));
        return Map.of(
                own,
                new HostTraffic(
                        own,
                        Optional.of(new Live(
                                talkers.since(),
                                talkers.until(),
                                talkers.covered(),
                                host.traffic(),
                                host.peers(),
                                host.missed(),
                                List.of(new Slice(
                                        Instant.parse("2026-03-01T12:59:50Z"),
                                        Duration.ofSeconds(5),
                                        host.traffic(),
                                        new Missed(2, 8_000))),
                                talkers.services())),
                        Optional.empty()),
                remote,
                new HostTraffic(remote, Optional.empty(), Optional.of(archived)));
    }
}
