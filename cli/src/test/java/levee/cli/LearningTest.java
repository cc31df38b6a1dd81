package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import levee.attack.DetectionSettings;
import levee.attack.LearnedRates;
import levee.engine.LearnedTraffic;
import levee.engine.LiveEngine;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterLimits;
import levee.flowexport.ExporterTable;
import levee.model.FindingEvent;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running service learned is there after it was killed. */
final class LearningTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final IpAddress HOST = IpAddress.parse("192.0.2.7");
    private static final OwnNetworks NETWORKS = OwnNetworks.of(List.of(Prefix.parse("192.0.2.0/24")));
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
    private static final int ROWS = 20;

    @TempDir
    private Path folder;

    private final List<String> messages = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(BEGIN.getEpochSecond() * NANOS_PER_SECOND);
    private final BlockingQueue<FindingEvent> events = new LinkedBlockingQueue<>();
    private final SplittableRandom random = new SplittableRandom(1);

    private Learning learning() {
        return Learning.load(folder, NETWORKS, random.nextLong(), InstantSource.fixed(now()), messages::add);
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, now.get());
    }

    private LiveEngine engine(LearnedRates rates) throws IOException {
        LiveEngine engine = new LiveEngine(
                new LiveEngine.Settings(
                        List.of(new InetSocketAddress(LOOPBACK, 0)),
                        List.of(),
                        1 << 20,
                        DetectionSettings.of(NETWORKS),
                        Optional.empty(),
                        1),
                new ExporterTable(List.of(), ExporterLimits.defaults(), 1),
                rates,
                new LearnedTraffic(NETWORKS.prefixes()),
                now::get,
                events::add,
                (second, volumes) -> {});
        engine.start();
        return engine;
    }

    /** SYNs from ever new sources that nobody is seen to answer, for so many minutes of a clock that runs as fast as they are read. */
    private void play(LiveEngine engine, int minutes, int flowsPerSecond) throws IOException, InterruptedException {
        long sent = engine.flows();
        try (FakeExporter exporter =
                new FakeExporter(ExportFormat.IPFIX, "127.0.0.1", engine.ports().getFirst(), now::get)) {
            for (int second = 0; second < minutes * 60; second++) {
                for (int row = 0; row < flowsPerSecond; row += ROWS) {
                    now.addAndGet(NANOS_PER_SECOND * ROWS / flowsPerSecond);
                    exporter.tellSyns(HOST, ROWS);
                    sent += ROWS;
                    while (engine.flows() < sent) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
        // What is judged at ticks is judged.
        Thread.sleep(50);
    }

    @Tag("slow")
    @Timeout(120)
    @Test
    void usualTrafficDoesNotAlarmAfterAKill() throws Exception {
        Learning before = learning();
        try (LiveEngine engine = engine(before.rates())) {
            // 800 packets a second are below what alarms where nothing is known.
            play(engine, 6, 800);
        }
        before.save();
        assertThat(events).extracting(FindingEvent::change).isEmpty();
        // Here the process is killed: before is not closed.

        Learning after = learning();
        try (LiveEngine engine = engine(after.rates())) {
            play(engine, 1, 1_600);
        }
        assertThat(events)
                .extracting(FindingEvent::change)
                .as("twice what is usual")
                .isEmpty();

        try (LiveEngine engine = engine(new LearnedRates(LearnedRates.USUAL_CAPACITY, 1))) {
            play(engine, 1, 1_600);
        }
        assertThat(events.poll(1, TimeUnit.SECONDS))
                .as("the same, where nothing was learned")
                .isNotNull();
        assertThat(messages).isEmpty();
    }

    @Test
    void damagedFileIsToldAndReplaced() throws IOException {
        Path file = Files.write(folder.resolve("learned-rates.cache"), new byte[] {1, 2, 3, 4, 5});
        learning().close();
        assertThat(messages).hasSize(1).first().asString().contains(file.toString(), "learned anew");
        assertThat(file).as("nothing was learned, so nothing is saved").hasBinaryContent(new byte[] {1, 2, 3, 4, 5});
    }
}
