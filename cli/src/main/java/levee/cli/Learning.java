package levee.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import levee.attack.LearnedRates;
import levee.attack.LearnedRatesFile;
import levee.engine.LearnedTraffic;
import levee.model.OwnNetworks;
import levee.server.LearningReport;

/**
 * What {@code levee serve} learned of the traffic, kept in the folder of data: read at the start, written every few seconds
 * on a thread of its own, and at the end.
 */
final class Learning implements AutoCloseable {
    /** What {@code levee learned} reads: the answer of {@code GET /api/v1/learning}, of the last minute. */
    static final String REPORT = "learning.json";

    /** What is lost at the most when the process is killed, with the time to write. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);
    private static final String RATES = "learned-rates.cache";
    private static final String TRAFFIC = "learned-traffic.cache";
    private static final int MOST_TARGETS = 50;

    private final Path folder;
    private final OwnNetworks networks;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private final LearnedRates rates;
    private final LearnedTraffic traffic;
    private final CountDownLatch ended = new CountDownLatch(1);

    // Guarded by this.
    private long savedChanges;
    private long savedMinutes;
    private Instant reported = Instant.EPOCH;
    private boolean hasFailed;
    private Supplier<byte[]> report = () -> new byte[0];

    private Learning(
            Path folder, OwnNetworks networks, LearnedRates rates, InstantSource clock, Consumer<String> messages) {
        this.folder = folder;
        this.networks = networks;
        this.rates = rates;
        this.clock = clock;
        this.messages = messages;
        traffic = new LearnedTraffic(networks.prefixes());
    }

    /**
     * Reads what is there. What cannot be used is told, and left as it is until something is saved over it.
     *
     * @param folder of data
     * @param seed of hashes, secret
     */
    static Learning load(Path folder, OwnNetworks networks, long seed, InstantSource clock, Consumer<String> messages) {
        LearnedRates rates = new LearnedRates(LearnedRates.USUAL_CAPACITY, seed);
        Learning learning = new Learning(folder, networks, rates, clock, messages);
        Instant now = clock.instant();
        learning.read(RATES, in -> LearnedRatesFile.load(rates, in, now.getEpochSecond()));
        learning.read(TRAFFIC, in -> learning.traffic.load(in, now));
        learning.savedChanges = rates.changes();
        learning.savedMinutes = learning.traffic.summary().minutes();
        return learning;
    }

    /** Reads a file. */
    private interface Reader {
        void read(InputStream in) throws IOException;
    }

    private void read(String name, Reader reader) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            reader.read(in);
        } catch (IOException e) {
            messages.accept(file + " cannot be used: " + e.getMessage()
                    + "; what traffic is usual is learned anew, until when more may be called an attack");
        }
    }

    LearnedRates rates() {
        return rates;
    }

    LearnedTraffic traffic() {
        return traffic;
    }

    LearningReport report() {
        LearnedTraffic.Summary summary = traffic.summary();
        return new LearningReport(
                summary.since(),
                summary.minutes(),
                networks.configured(),
                summary.networks().stream().map(Learning::network).toList(),
                rates.highest(MOST_TARGETS).stream().map(Learning::target).toList());
    }

    private static LearningReport.Network network(LearnedTraffic.Usual usual) {
        return new LearningReport.Network(
                usual.network(),
                new LearningReport.Traffic(span(usual.inboundPacketsPerSecond()), span(usual.inboundBitsPerSecond())),
                new LearningReport.Traffic(
                        span(usual.outboundPacketsPerSecond()), span(usual.outboundBitsPerSecond())));
    }

    private static LearningReport.Span span(LearnedTraffic.Span span) {
        return new LearningReport.Span(span.median(), span.percentile95(), span.percentile99(), span.maximum());
    }

    private static LearningReport.TargetRate target(LearnedRates.Rate rate) {
        return new LearningReport.TargetRate(
                rate.target().toString(),
                rate.vector().label(),
                rate.usualPacketsPerSecond(),
                rate.highestPacketsPerSecond(),
                rate.alarmPacketsPerSecond(),
                rate.observations(),
                rate.lastSeen());
    }

    /** @param json the report with what would have been alarmed on, as the HTTP interface tells it */
    void start(Supplier<byte[]> json) {
        synchronized (this) {
            report = json;
        }
        Thread.ofPlatform().daemon().name("levee-learning").start(this::saveForever);
    }

    private void saveForever() {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                save();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but who ends the process.
        }
    }

    /** Saves what changed since the last time. */
    synchronized void save() {
        try {
            long changes = rates.changes();
            if (changes != savedChanges) {
                WholeFile.write(folder.resolve(RATES), out -> LearnedRatesFile.save(rates, out));
                savedChanges = changes;
            }
            long minutes = traffic.summary().minutes();
            if (minutes != savedMinutes) {
                WholeFile.write(folder.resolve(TRAFFIC), traffic::save);
                savedMinutes = minutes;
            }
            if (!clock.instant().isBefore(reported.plus(REPORT_INTERVAL))) {
                saveReport();
            }
            hasFailed = false;
        } catch (IOException | RuntimeException e) {
            // Whatever the store, or what it holds, is up to: saving goes on.
            if (!hasFailed) {
                messages.accept("what was learned cannot be saved in " + folder + ": " + e.getMessage());
            }
            hasFailed = true;
        }
    }

    private void saveReport() throws IOException {
        byte[] json = report.get();
        if (json.length > 0) {
            WholeFile.write(folder.resolve(REPORT), out -> out.write(json));
            reported = clock.instant();
        }
    }

    /** Saves for the last time. */
    @Override
    public void close() {
        ended.countDown();
        synchronized (this) {
            reported = Instant.EPOCH;
        }
        save();
    }
}
