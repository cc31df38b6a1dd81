package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import levee.attack.DetectionSettings;
import levee.attack.LearnedRates;
import levee.engine.LearnedTraffic;
import levee.engine.LiveEngine;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterTable;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.EpochNanos;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.store.Resolution;
import levee.store.Retention;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.store.StoredFinding.Mode;
import levee.store.TrafficPoint;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A day of exports in a minute or two: ordinary traffic between ever new addresses, attacks that come and go, exporters
 * that start again, and others that are met once. What it takes must not grow from hour to hour.
 */
@Tag("slow")
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
final class DayInFastMotionTest {
    private static final OwnNetworks NETWORKS = OwnNetworks.of(List.of(Prefix.parse("198.51.100.0/24")));
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long STEP_NANOS = NANOS_PER_SECOND / 2;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int HOURS = 24;

    /** By then the journal holds as many attacks that have ended as it ever does. */
    private static final int SETTLED_HOURS = 6;

    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int ROWS = 60;
    private static final long FLOW_NANOS = 200_000_000L;
    private static final int OWN_NETWORK = 0xc633_6400;
    private static final int MOST_UNKNOWN_EXPORTERS = 1_024;

    /** Every ten minutes an attack of one minute. */
    private static final int ATTACK_EVERY_SECONDS = 600;

    private static final int ATTACK_SECONDS = 60;
    private static final int ATTACK_DATAGRAM_BATCHES = 10;

    /** All that is kept is kept for so long, so that the store is full by the first measurement. */
    private static final Duration KEPT = Duration.ofHours(2);

    private static final long HEAP_SLACK_BYTES = 4L << 20;
    private static final double DISK_SLACK = 1.1;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final ExporterTable exporters = ExporterTable.open(1);
    private final List<StoredFinding> changed = new ArrayList<>();
    private final List<TrafficPoint> points = new ArrayList<>();
    private final Set<String> attacked = new HashSet<>();
    private final Set<String> opened = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private long nowNanos = EpochNanos.of(START);

    /** What the process takes after an hour. */
    private record Taken(long heapBytes, long files, long threads, long diskBytes) {}

    private FakeExporter exporter(ExportFormat format, String address, InetSocketAddress collector) throws IOException {
        return new FakeExporter(format, address, collector, () -> nowNanos);
    }

    /** Conversations of ever new clients with ever new servers. */
    private void tellOrdinary(FakeExporter exporter) {
        exporter.clear();
        for (int pair = 0; pair < ROWS / 2; pair++) {
            int inside = OWN_NETWORK + random.nextInt(256);
            int outside = random.nextInt(0x0100_0000, 0x6000_0000);
            int port = random.nextInt(1_024, 65_536);
            tellConnection(exporter, inside, outside, port, 443);
            tellConnection(exporter, outside, inside, 443, port);
        }
        exporter.tell();
    }

    private void tellConnection(FakeExporter exporter, int source, int destination, int from, int to) {
        int row = add(exporter, source, destination, from, to, Protocols.TCP);
        exporter.batch.tcpFlags[row] = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.FIN;
        exporter.batch.packets[row] = exporter.format == ExportFormat.SFLOW ? 1 : random.nextInt(5, 20);
        exporter.batch.bytes[row] = exporter.batch.packets[row] * random.nextInt(60, 1_400);
    }

    private void tellAttack(FakeExporter exporter, int number, int victim) {
        exporter.clear();
        for (int i = 0; i < ROWS; i++) {
            int source = random.nextInt(0x0100_0000, 0x6000_0000);
            if (number % 2 == 0) {
                int row = add(exporter, source, victim, random.nextInt(1_024, 65_536), 443, Protocols.TCP);
                exporter.batch.tcpFlags[row] = TcpFlags.SYN;
                exporter.batch.bytes[row] = 44;
            } else {
                int row = add(exporter, source, victim, 123, random.nextInt(1_024, 65_536), Protocols.UDP);
                exporter.batch.packets[row] = exporter.format == ExportFormat.SFLOW ? 1 : 10;
                exporter.batch.bytes[row] = exporter.batch.packets[row] * 468;
            }
        }
        exporter.tell();
    }

    /** @return the row, which lasted for a while if it is a flow */
    private static int add(FakeExporter exporter, int source, int destination, int from, int to, int protocol) {
        int row = exporter.add(source, destination, from, to, protocol);
        exporter.batch.firstNanos[row] -= exporter.format == ExportFormat.SFLOW ? 0 : FLOW_NANOS;
        return row;
    }

    /** In a process of its own, for what that takes is measured; other tests run beside it. */
    @Test
    void nothingGrowsFromTheSixthHourToTheLast() throws Exception {
        Process process = Processes.java(DayInFastMotionTest.class, folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains("Nothing grew");
        } finally {
            process.destroyForcibly();
        }
    }

    /** @param arguments the folder to work in */
    public static void main(String[] arguments) throws Exception {
        DayInFastMotionTest test = new DayInFastMotionTest();
        test.folder = Path.of(arguments[0]);
        test.play();
        System.out.println("Nothing grew");
    }

    private void play() throws Exception {
        Path file = folder.resolve("levee.db");
        FindingJournal journal = new FindingJournal(Mode.ALERT, this::now);
        LiveEngine.Settings settings = new LiveEngine.Settings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(),
                4 << 20,
                DetectionSettings.of(NETWORKS),
                Optional.empty(),
                1);
        try (Store store = Store.open(new StoreLocation.SqliteFile(file));
                LiveEngine engine = new LiveEngine(
                        settings,
                        exporters,
                        new LearnedRates(LearnedRates.USUAL_CAPACITY, 1),
                        new LearnedTraffic(NETWORKS.prefixes()),
                        () -> nowNanos,
                        event -> note(journal, event),
                        this::measured)) {
            play(engine, store, journal, file);
        }
    }

    private void play(LiveEngine engine, Store store, FindingJournal journal, Path file) throws Exception {
        InetSocketAddress collector = engine.ports().getFirst();
        List<FakeExporter> routers = new ArrayList<>();
        for (ExportFormat format : ExportFormat.values()) {
            routers.add(exporter(format, "127.0.0." + (10 + format.ordinal()), collector));
        }
        List<Taken> hours = new ArrayList<>();
        try {
            for (int second = 0; second < HOURS * SECONDS_PER_HOUR; second++) {
                int sinceAttack = second % ATTACK_EVERY_SECONDS;
                int number = second / ATTACK_EVERY_SECONDS;
                attacked.add(IpAddress.ofIpv4(OWN_NETWORK + number) + "/32");
                for (int half = 0; half < 2; half++) {
                    nowNanos += STEP_NANOS;
                    tellOrdinary(routers.get((2 * second + half) % routers.size()));
                    for (int i = 0; i < ATTACK_DATAGRAM_BATCHES && sinceAttack < ATTACK_SECONDS; i++) {
                        tellAttack(routers.get(number % routers.size()), number, OWN_NETWORK + number);
                    }
                    engine.step();
                }
                if (second % 10 == 9) {
                    meetOnce(second / 10, collector);
                    keep(store, journal);
                }
                if (second % SECONDS_PER_HOUR == SECONDS_PER_HOUR - 1) {
                    routers.get(number % routers.size()).restart();
                    hours.add(taken(file));
                    assertThat(exporters.statistics()).hasSizeLessThanOrEqualTo(MOST_UNKNOWN_EXPORTERS);
                    assertThat(journal.open()).hasSizeLessThan(5);
                }
            }
        } finally {
            routers.forEach(FakeExporter::close);
        }
        check(hours, engine.statistics());
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    private void note(FindingJournal journal, FindingEvent event) {
        if (event.finding() instanceof Attack attack) {
            if (event.change() == Change.OPENED) {
                opened.add(attack.target().toString());
            } else if (event.change() == Change.ENDED) {
                ended.add(attack.target().toString());
            }
        }
        changed.add(journal.note(event).stored());
    }

    private void measured(long second, Map<String, Volume> volumes) {
        volumes.forEach((series, volume) ->
                points.add(new TrafficPoint(series, Instant.ofEpochSecond(second), volume.packets(), volume.bytes())));
    }

    /** An exporter that sends once, and never again. */
    private void meetOnce(int number, InetSocketAddress collector) throws IOException {
        String address = "127.9." + number / 250 + "." + (1 + number % 250);
        try (FakeExporter stranger = exporter(ExportFormat.NETFLOW_V9, address, collector)) {
            tellOrdinary(stranger);
        }
    }

    private void keep(Store store, FindingJournal journal) {
        store.saveAll(changed);
        store.addTraffic(Resolution.SECOND, points);
        changed.clear();
        points.clear();
        store.saveAll(journal.endWhatDidNotGoOn());
        store.expire(now(), new Retention(KEPT, KEPT, KEPT, KEPT, 10));
    }

    private static Taken taken(Path file) throws IOException {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
        return new Taken(heap, files, ManagementFactory.getThreadMXBean().getThreadCount(), Files.size(file));
    }

    private void check(List<Taken> hours, LiveEngine.Statistics statistics) {
        Taken settled = hours.get(SETTLED_HOURS - 1);
        assertThat(hours.subList(SETTLED_HOURS, hours.size()))
                .as(hours.toString())
                .allSatisfy(hour -> {
                    assertThat(hour.heapBytes()).isLessThan(settled.heapBytes() + HEAP_SLACK_BYTES);
                    assertThat(hour.files()).isLessThanOrEqualTo(settled.files() + 2);
                    assertThat(hour.threads()).isLessThanOrEqualTo(settled.threads() + 2);
                    assertThat(hour.diskBytes()).isLessThan((long) (settled.diskBytes() * DISK_SLACK));
                });
        assertThat(statistics.kernelDrops()).isZero();
        // Nothing was missed, nothing invented, and all came to an end: the last attack was over nine minutes before.
        assertThat(opened).isEqualTo(attacked);
        assertThat(ended).isEqualTo(attacked);
    }
}
