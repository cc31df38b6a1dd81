package levee.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.server.Operation.Access;
import levee.server.Operation.Request;

/** All that is counted, for Prometheus. What an attacker can choose never becomes a label without a bound. */
final class MetricOperations {
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MOST_REASONS = 64;

    /** Of each exporter that has metrics of its own. */
    private static final int MOST_INTERFACES = 64;

    private final LiveSystem system;
    private final FindingFeed feed;
    private final HealthOperations health;
    private final Instant started;
    private final String version;
    private final ServerLimits limits;

    /** By the first digit of the status. */
    private final AtomicLongArray requests = new AtomicLongArray(6);

    MetricOperations(
            LiveSystem system,
            FindingFeed feed,
            HealthOperations health,
            Instant started,
            String version,
            ServerLimits limits) {
        this.system = system;
        this.feed = feed;
        this.health = health;
        this.started = started;
        this.version = version;
        this.limits = limits;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.METRICS, Access.METRICS, List.of(), this::metrics));
    }

    /** Counts an answered request. */
    void answered(int status) {
        requests.incrementAndGet(Math.clamp(status / 100, 1, 5));
    }

    private void metrics(Request request) throws IOException {
        MetricText text = new MetricText();
        process(text);
        traffic(text, system.statistics());
        spared(text, system.spared());
        exporters(text, system.exporters());
        findings(text, feed.statistics());
        Answer.send(request.context(), 200, MEDIA_TYPE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void process(MetricText text) {
        Runtime memory = Runtime.getRuntime();
        text.gauge("levee_build_info", "The version that runs; always 1.").sample(1, "version", version);
        text.gauge("levee_start_time_seconds", "When the process started, in seconds since 1970.")
                .sample(started.toEpochMilli() / 1e3);
        text.gauge("levee_memory_used_bytes", "Memory of the Java heap in use.")
                .sample(memory.totalMemory() - memory.freeMemory());
        text.gauge("levee_memory_limit_bytes", "Memory that the Java heap may grow to.")
                .sample(memory.maxMemory());
        text.gauge("levee_store_healthy", "1 if the store can be read and written.")
                .sample(health.storeHealth().isGood() ? 1 : 0);
        text.gauge("levee_collectors_ready", "1 if telemetry can be received.")
                .sample(system.obstacles().isEmpty() ? 1 : 0);
        text.counter("levee_http_requests_total", "Answered requests, by class of status.");
        for (int hundreds = 1; hundreds < requests.length(); hundreds++) {
            text.sample(requests.get(hundreds), "status", hundreds + "xx");
        }
    }

    private static void traffic(MetricText text, LiveStatistics live) {
        text.counter("levee_flows_total", "Flow records or samples that became rows.")
                .sample(live.flows());
        text.counter("levee_packets_total", "Packets that the rows stand for.").sample(live.packets());
        text.counter("levee_bytes_total", "Bytes of IP packets that the rows stand for.")
                .sample(live.bytes());
        text.gauge("levee_flows_per_second", "Flow records or samples, now.").sample(live.flowsPerSecond());
        text.gauge("levee_packets_per_second", "Packets, now.").sample(live.packetsPerSecond());
        text.gauge("levee_bits_per_second", "Bits of IP packets, now.").sample(live.bitsPerSecond());
        text.counter("levee_kernel_drops_total", "Datagrams that the operating system dropped.")
                .sample(live.kernelDrops());
        text.counter("levee_shed_total", "Records that were given up because detection fell behind.")
                .sample(live.shed());
        text.gauge("levee_queue_length", "Datagrams that wait for the detectors.")
                .sample(live.queueLength());
        text.gauge("levee_queue_capacity", "Datagrams that can wait at most.").sample(live.queueCapacity());
        text.counter("levee_evicted_total", "Entries that were dropped because a table was full.")
                .sample(live.evicted());
        text.counter("levee_rejected_total", "What could not be used, by reason.");
        live.rejected().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_REASONS)
                .forEach(reason -> text.sample(reason.getValue(), "reason", reason.getKey()));
        live.archive().ifPresent(archive -> archive(text, archive));
    }

    private static void archive(MetricText text, LiveStatistics.Archive archive) {
        text.counter("levee_archive_flows_total", "Flows that were kept in the archive.")
                .sample(archive.flows());
        text.counter("levee_archive_dropped_total", "Flows that were not, since the disk was behind, full or gone.")
                .sample(archive.dropped());
        text.gauge("levee_archive_bytes", "Size of the archive of flows.").sample(archive.bytes());
    }

    private static void spared(MetricText text, List<SparedTraffic> all) {
        List<SparedTraffic> shown = all.stream().limit(MOST_REASONS).toList();
        text.counter("levee_spared_rows_total", "Suspicious rows that an entry of the allow list spared.");
        shown.forEach(spared -> text.sample(spared.rows(), "entry", spared.entry()));
        text.counter("levee_spared_packets_total", "Packets that those stand for.");
        shown.forEach(spared -> text.sample(spared.packets(), "entry", spared.entry()));
    }

    private void exporters(MetricText text, List<ExporterStatistics> all) {
        // Known ones first, then those that send most: spoofed exporters cannot push real ones out.
        List<ExporterStatistics> shown = all.stream()
                .sorted(Comparator.comparing(ExporterStatistics::known)
                        .thenComparingLong(ExporterStatistics::datagrams)
                        .reversed()
                        .thenComparing(ExporterStatistics::address))
                .limit(limits.exportersInMetrics())
                .toList();
        text.gauge("levee_exporters", "Exporters that are known now.").sample(all.size());
        text.gauge("levee_exporters_without_metrics", "Exporters beyond those that have metrics of their own.")
                .sample(all.size() - shown.size());
        counts(text, shown, "levee_datagrams_total", "Export datagrams received.", ExporterStatistics::datagrams);
        counts(text, shown, "levee_exporter_flows_total", "Records or samples.", ExporterStatistics::flows);
        text.counter("levee_exporter_lost_total", "What sequence numbers say is missing, in datagrams or flows.");
        shown.forEach(exporter -> text.sample(
                exporter.lost(),
                "exporter",
                exporter.address().toString(),
                "format",
                exporter.format().label(),
                "unit",
                exporter.lostDatagrams() ? "datagrams" : "flows"));
        counts(
                text,
                shown,
                "levee_exporter_duplicates_total",
                "Datagrams that came twice.",
                ExporterStatistics::duplicates);
        counts(text, shown, "levee_exporter_resets_total", "Sequences begun anew.", ExporterStatistics::resets);
        counts(
                text,
                shown,
                "levee_exporter_rejected_total",
                "What could not be used, of all reasons.",
                exporter -> exporter.rejected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        counts(
                text,
                shown,
                "levee_exporter_drops_total",
                "Packets that an agent could not sample.",
                ExporterStatistics::drops);
        gauges(
                text,
                shown,
                "levee_exporter_sampling_rate",
                "One in how many packets.",
                ExporterStatistics::samplingRate);
        gauges(
                text,
                shown,
                "levee_exporter_clock_offset_seconds",
                "By how much its clock is behind.",
                ExporterStatistics::clockOffsetSeconds);
        gauges(
                text,
                shown,
                "levee_exporter_waiting_bytes",
                "Data without a template.",
                ExporterStatistics::waitingBytes);
        gauges(
                text,
                shown,
                "levee_exporter_last_seen_seconds",
                "When its last datagram came, in seconds since 1970; 0 where none came.",
                exporter -> exporter.lastSeenNanos() / 1e9);
        text.counter("levee_interface_in_octets_total", "What an sFlow agent counted at an interface.");
        interfaces(text, shown, InterfaceCounters::inOctets);
        text.counter("levee_interface_out_octets_total", "What an sFlow agent counted at an interface.");
        interfaces(text, shown, InterfaceCounters::outOctets);
    }

    private void interfaces(
            MetricText text, List<ExporterStatistics> exporters, ToLongFunction<InterfaceCounters> value) {
        exporters.forEach(exporter -> system.interfaces(exporter.index()).stream()
                .sorted(Comparator.comparingInt(InterfaceCounters::index))
                .limit(MOST_INTERFACES)
                .forEach(counters -> text.sample(
                        SystemOperations.unsigned(value.applyAsLong(counters)).doubleValue(),
                        "exporter",
                        exporter.address().toString(),
                        "interface",
                        Integer.toUnsignedString(counters.index()))));
    }

    private static void counts(
            MetricText text,
            List<ExporterStatistics> exporters,
            String name,
            String help,
            ToDoubleFunction<ExporterStatistics> value) {
        text.counter(name, help);
        each(text, exporters, value);
    }

    private static void gauges(
            MetricText text,
            List<ExporterStatistics> exporters,
            String name,
            String help,
            ToDoubleFunction<ExporterStatistics> value) {
        text.gauge(name, help);
        each(text, exporters, value);
    }

    private static void each(
            MetricText text, List<ExporterStatistics> exporters, ToDoubleFunction<ExporterStatistics> value) {
        exporters.forEach(exporter -> text.sample(
                value.applyAsDouble(exporter),
                "exporter",
                exporter.address().toString(),
                "format",
                exporter.format().label()));
    }

    private void findings(MetricText text, FeedStatistics statistics) {
        text.gauge("levee_attacks_open", "Attacks that go on.")
                .sample(system.statistics().openAttacks());
        List<Finding> open = system.open().stream().map(OpenFinding::finding).toList();
        text.gauge("levee_findings_open", "Findings that go on, by kind.");
        FindingKinds.ALL.forEach(kind -> text.sample(
                open.stream().filter(finding -> finding.kind().equals(kind)).count(), "kind", kind));
        text.gauge("levee_infected_hosts_open", "Hosts that are thought infected, by how sure that is.");
        for (InfectedHost.Level level : InfectedHost.Level.values()) {
            text.sample(
                    open.stream()
                            .filter(finding -> finding instanceof InfectedHost host && host.level() == level)
                            .count(),
                    "level",
                    level.label());
        }
        text.counter("levee_finding_changes_total", "Findings that were opened, changed, ended or absorbed.");
        statistics.published().forEach((change, count) -> text.sample(count, "change", change));
        FindingDelays delays = statistics.delays();
        text.histogram("levee_finding_delay_seconds", "From the first packet of an attack to its finding.");
        double[] bounds = FindingDelays.boundsSeconds();
        for (int i = 0; i < bounds.length; i++) {
            text.bucket(delays.upTo(i), bounds[i]);
        }
        text.histogramEnd(delays.count(), delays.sumSeconds());
        text.gauge("levee_event_viewers", "Who reads along at /api/v1/events.").sample(statistics.viewers());
        text.counter("levee_event_viewers_cut_off_total", "Viewers that were too slow.")
                .sample(statistics.cutOff());
    }
}
