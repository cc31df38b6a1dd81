package levee.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.flowexport.SamplingSource;
import levee.model.Attack;
import levee.model.EpochNanos;
import levee.model.Finding;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.server.LearningReport;
import levee.server.LiveStatistics;
import levee.server.LiveSystem;
import levee.server.OpenFinding;
import levee.server.SettingInForce;
import levee.server.SparedTraffic;
import levee.store.StoredFinding;

/** A detection that says what a test wants. */
final class FakeSystem implements LiveSystem {
    private static final Talkers.Exchange EXCHANGE =
            new Talkers.Exchange(new Talkers.Rate(1_200, 9.4e6), new Talkers.Rate(300, 2.1e5));

    final List<OpenFinding> open = new CopyOnWriteArrayList<>();
    volatile List<ExporterStatistics> exporters = List.of();
    volatile List<SettingInForce> settings =
            List.of(new SettingInForce("mode", List.of("alert"), SettingInForce.From.FILE, 4));
    volatile LiveStatistics statistics = statistics(0, 0);

    void add(Attack attack) {
        open.add(new OpenFinding(attack, attack.start().plusMillis(400), StoredFinding.Mode.ALERT, true));
    }

    static LiveStatistics statistics(long kernelDrops, long shed) {
        return new LiveStatistics(
                1_000,
                20_000,
                48_000_000,
                31_000_000_000L,
                400,
                800_000,
                4.1e9,
                kernelDrops,
                shed,
                3,
                64,
                Map.of("truncated", 5L),
                0,
                2,
                Optional.empty());
    }

    /** Nothing comes in. */
    static LiveStatistics silent() {
        return new LiveStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, Map.of(), 0, 0, Optional.empty());
    }

    static ExporterStatistics exporter(String address, long lost, double clockOffsetSeconds, Instant lastSeen) {
        return exporter(address, 20_000, lost, clockOffsetSeconds, lastSeen);
    }

    static ExporterStatistics exporter(String address, long flows, Instant lastSeen) {
        return exporter(address, flows, 0, 0, lastSeen);
    }

    private static ExporterStatistics exporter(
            String address, long flows, long lost, double clockOffsetSeconds, Instant lastSeen) {
        return new ExporterStatistics(
                1,
                IpAddress.parse(address),
                true,
                ExportFormat.NETFLOW_V9,
                1_000,
                flows,
                100,
                SamplingSource.OPTIONS,
                lost,
                true,
                1,
                2,
                Map.of("truncated", 5L),
                clockOffsetSeconds,
                4,
                8,
                0,
                9,
                0,
                512,
                0,
                EpochNanos.of(lastSeen));
    }

    @Override
    public List<ExporterStatistics> exporters() {
        return exporters;
    }

    @Override
    public List<InterfaceCounters> interfaces(int exporter) {
        return List.of(new InterfaceCounters(7, 10_000_000_000L, -1, 654_321, 1_772_370_000_000_000_000L));
    }

    @Override
    public LiveStatistics statistics() {
        return statistics;
    }

    @Override
    public List<SparedTraffic> spared() {
        return List.of(new SparedTraffic("monitoring", 12, 3_400));
    }

    @Override
    public List<SettingInForce> settings() {
        return settings;
    }

    @Override
    public List<String> obstacles() {
        return List.of();
    }

    @Override
    public LearningReport learning() {
        return new LearningReport(Optional.empty(), 0, true, List.of(), List.of());
    }

    @Override
    public List<OpenFinding> open() {
        return List.copyOf(open);
    }

    @Override
    public Optional<Finding> finding(String id) {
        return open.stream()
                .map(OpenFinding::finding)
                .filter(finding -> finding.id().equals(id))
                .findFirst();
    }

    @Override
    public List<Prefix> networksOf(String customer) {
        return List.of();
    }

    @Override
    public Talkers talkers() {
        Instant until = Instant.parse("2026-03-01T12:59:55Z");
        Talkers.Protocols udp =
                new Talkers.Protocols(Talkers.Exchange.NONE, EXCHANGE, Talkers.Exchange.NONE, Talkers.Exchange.NONE);
        return new Talkers(
                until.minusSeconds(600),
                until,
                Duration.ofMinutes(1),
                true,
                Talkers.Rate.NONE,
                false,
                List.of(new Talkers.Host(IpAddress.parse("192.0.2.7"), udp, 40, Talkers.Missed.NOTHING)),
                List.of(new Talkers.Network(Prefix.parse("198.51.100.0/24"), EXCHANGE, new Talkers.Missed(10, 80_000))),
                List.of(new Talkers.Service(17, 53, Talkers.Side.OWN, EXCHANGE, Talkers.Missed.NOTHING)),
                List.of(new Talkers.Area("hosting", Talkers.AreaKind.GROUP, EXCHANGE)));
    }

    @Override
    public Optional<HostTraffic> host(IpAddress address) {
        return talkers().hosts().stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .map(host -> new HostTraffic(
                        address,
                        Optional.of(new HostTraffic.Live(
                                talkers().since(),
                                talkers().until(),
                                talkers().covered(),
                                host.traffic(),
                                host.peers(),
                                host.missed(),
                                List.of(new HostTraffic.Slice(
                                        talkers().until().minusSeconds(5),
                                        Duration.ofSeconds(5),
                                        host.traffic(),
                                        host.missed())),
                                talkers().services())),
                        Optional.empty()));
    }
}
