package levee.server;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.server.Operation.Request;
import tools.jackson.core.JsonGenerator;

/** The state of the running detection. */
final class SystemOperations {
    /** Of an exporter; the largest routers have more. */
    private static final int MOST_INTERFACES = 1_000;

    private static final long NANOS_PER_MILLISECOND = 1_000_000;

    private final LiveSystem system;
    private final FindingFeed feed;
    private final InstantSource clock;
    private final Instant started;
    private final String version;

    SystemOperations(LiveSystem system, FindingFeed feed, InstantSource clock, Instant started, String version) {
        this.system = system;
        this.feed = feed;
        this.clock = clock;
        this.started = started;
        this.version = version;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.EXPORTERS, this::exporters),
                Operation.get(Paths.STATISTICS, this::statistics),
                Operation.get(Paths.SETTINGS, this::settings));
    }

    private void exporters(Request request) throws IOException {
        List<ExporterStatistics> exporters = system.exporters().stream()
                .sorted(Comparator.comparing(ExporterStatistics::address))
                .toList();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("exporters");
            exporters.forEach(exporter -> exporter(json, exporter, system.interfaces(exporter.index())));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void exporter(JsonGenerator json, ExporterStatistics exporter, List<InterfaceCounters> interfaces) {
        json.writeStartObject();
        json.writeStringProperty("address", exporter.address().toString());
        json.writeBooleanProperty("known", exporter.known());
        json.writeStringProperty("format", exporter.format().label());
        json.writeNumberProperty("datagrams", exporter.datagrams());
        json.writeNumberProperty("flows", exporter.flows());
        json.writeObjectPropertyStart("sampling");
        json.writeNumberProperty("rate", exporter.samplingRate());
        json.writeStringProperty("source", exporter.samplingSource().label());
        json.writeEndObject();
        json.writeNumberProperty("lost", exporter.lost());
        json.writeStringProperty("lost_unit", exporter.lostDatagrams() ? "datagrams" : "flows");
        json.writeNumberProperty("duplicates", exporter.duplicates());
        json.writeNumberProperty("resets", exporter.resets());
        counts(json, "rejected", exporter.rejected());
        Json.number(json, "clock_offset_seconds", exporter.clockOffsetSeconds());
        json.writeNumberProperty("clamped_times", exporter.clampedTimes());
        json.writeNumberProperty("templates", exporter.templates());
        json.writeNumberProperty("templates_evicted", exporter.templatesEvicted());
        json.writeNumberProperty("options_records", exporter.optionsRecords());
        json.writeNumberProperty("counter_samples", exporter.counterSamples());
        json.writeNumberProperty("waiting_bytes", exporter.waitingBytes());
        json.writeNumberProperty("drops", exporter.drops());
        if (exporter.lastSeenNanos() == 0) {
            json.writeNullProperty("last_seen");
        } else {
            json.writeStringProperty("last_seen", time(exporter.lastSeenNanos()));
        }
        json.writeArrayPropertyStart("interfaces");
        interfaces.stream()
                .sorted(Comparator.comparingInt(InterfaceCounters::index))
                .limit(MOST_INTERFACES)
                .forEach(counters -> counters(json, counters));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void counters(JsonGenerator json, InterfaceCounters counters) {
        json.writeStartObject();
        json.writeNumberProperty("index", Integer.toUnsignedLong(counters.index()));
        json.writeNumberProperty("speed_bits_per_second", unsigned(counters.speedBitsPerSecond()));
        json.writeNumberProperty("in_octets", unsigned(counters.inOctets()));
        json.writeNumberProperty("out_octets", unsigned(counters.outOctets()));
        json.writeStringProperty("counted_at", time(counters.receivedNanos()));
        json.writeEndObject();
    }

    private static String time(long nanos) {
        return Instant.ofEpochMilli(nanos / NANOS_PER_MILLISECOND).toString();
    }

    /** Agents count up to 2^64. */
    static BigInteger unsigned(long count) {
        return new BigInteger(Long.toUnsignedString(count));
    }

    private void statistics(Request request) throws IOException {
        LiveStatistics live = system.statistics();
        Runtime memory = Runtime.getRuntime();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("version", version);
            json.writeStringProperty("started_at", started.toString());
            json.writeNumberProperty(
                    "uptime_seconds",
                    Math.max(0, Duration.between(started, clock.instant()).toSeconds()));
            json.writeNumberProperty("datagrams", live.datagrams());
            json.writeNumberProperty("flows", live.flows());
            json.writeNumberProperty("packets", live.packets());
            json.writeNumberProperty("bytes", live.bytes());
            Json.number(json, "flows_per_second", live.flowsPerSecond());
            Json.number(json, "packets_per_second", live.packetsPerSecond());
            Json.number(json, "bits_per_second", live.bitsPerSecond());
            json.writeNumberProperty("kernel_drops", live.kernelDrops());
            json.writeNumberProperty("shed", live.shed());
            json.writeObjectPropertyStart("queue");
            json.writeNumberProperty("length", live.queueLength());
            json.writeNumberProperty("capacity", live.queueCapacity());
            json.writeEndObject();
            counts(json, "rejected", live.rejected());
            json.writeNumberProperty("evicted", live.evicted());
            json.writeNumberProperty("open_attacks", live.openAttacks());
            live.archive().ifPresent(archive -> archive(json, archive));
            json.writeArrayPropertyStart("spared");
            system.spared().forEach(spared -> spared(json, spared));
            json.writeEndArray();
            json.writeNumberProperty("viewers", feed.statistics().viewers());
            json.writeObjectPropertyStart("memory");
            json.writeNumberProperty("used_bytes", memory.totalMemory() - memory.freeMemory());
            json.writeNumberProperty("limit_bytes", memory.maxMemory());
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    private static void archive(JsonGenerator json, LiveStatistics.Archive archive) {
        json.writeObjectPropertyStart("archive");
        json.writeNumberProperty("flows", archive.flows());
        json.writeNumberProperty("dropped", archive.dropped());
        json.writeNumberProperty("bytes", archive.bytes());
        json.writeEndObject();
    }

    private void settings(Request request) throws IOException {
        List<SettingInForce> settings = system.settings();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("settings");
            settings.forEach(setting -> setting(json, setting));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void setting(JsonGenerator json, SettingInForce setting) {
        json.writeStartObject();
        json.writeStringProperty("name", setting.name());
        json.writeArrayPropertyStart("values");
        setting.values().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty(
                "from",
                switch (setting.from()) {
                    case COMMAND_LINE -> "command-line";
                    case FILE -> "file";
                    case DEFAULT -> "default";
                });
        if (setting.line() > 0) {
            json.writeNumberProperty("line", setting.line());
        }
        json.writeEndObject();
    }

    private static void spared(JsonGenerator json, SparedTraffic spared) {
        json.writeStartObject();
        json.writeStringProperty("entry", spared.entry());
        json.writeNumberProperty("rows", spared.rows());
        json.writeNumberProperty("packets", spared.packets());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) {
        json.writeObjectPropertyStart(name);
        new TreeMap<>(counts).forEach(json::writeNumberProperty);
        json.writeEndObject();
    }
}
