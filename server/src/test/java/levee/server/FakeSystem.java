package levee.server;

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
import levee.model.Finding;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.store.StoredFinding;

/** A detection that says what a test wants. */
final class FakeSystem implements LiveSystem {
    volatile List<ExporterStatistics> exporters =
            List.of(exporter("192.0.2.1", true, 1_200), exporter("2001:db8::1", false, 7));
    volatile List<String> obstacles = List.of();
    final Map<String, Finding> findings = new ConcurrentHashMap<>();

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
}
