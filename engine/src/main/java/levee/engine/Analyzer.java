package levee.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InputSummary;
import levee.model.OwnNetworks;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/** Analyses captures and logs: one thread reads and dissects, another one or two track connections and detect. */
public final class Analyzer {
    private static final int CONNECTIONS = 1 << 19;

    /** Files that follow each other within this time are one recording. */
    private static final long CONTINUES_NANOS = 3_600_000_000_000L;

    private final String version;
    private final OwnNetworks networks;
    private final long seed;
    private final Consumer<FindingEvent> listener;
    private final ReadProgress progress;

    private final List<InputSummary> summaries = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private Optional<Long> previousEnd = Optional.empty();

    /**
     * @param seed of all hashes; findings do not depend on it while nothing is evicted
     * @param listener is told of findings as they open, change and end, on a thread of the analyzer's
     * @param progress is told how far reading has come, on the calling thread
     */
    public Analyzer(
            String version, OwnNetworks networks, long seed, Consumer<FindingEvent> listener, ReadProgress progress) {
        this.version = version;
        this.networks = networks;
        this.seed = seed;
        this.listener = listener;
        this.progress = progress;
    }

    /** Where to read from. */
    public sealed interface Location {
        String name();

        boolean mayBeOther();

        /** @param mayBeOther whether it is one file of a folder, of which other formats are passed over in silence */
        record File(Path path, boolean mayBeOther) implements Location {
            File(Path path) {
                this(path, false);
            }

            @Override
            public String name() {
                return path.toString();
            }
        }

        record StandardInput() implements Location {
            @Override
            public String name() {
                return "-";
            }

            @Override
            public boolean mayBeOther() {
                return false;
            }
        }
    }

    /** Reads all inputs in the given order. What cannot be read is noted in its summary. */
    public Analysis analyze(List<Location> inputs) {
        ConnectionTable connections = new ConnectionTable(CONNECTIONS, seed);
        AttackDetector detector = new AttackDetector(DetectionPolicy.analysis(), networks, seed, this::collect);
        List<Pipeline.Stage> stages = stages(connections, detector);
        try (Pipeline pipeline = new Pipeline(stages)) {
            for (Location input : inputs) {
                progress.began(input);
                InputSummary summary = read(input, pipeline, connections);
                if (!input.mayBeOther() || isToBeTold(summary)) {
                    summaries.add(summary);
                }
            }
        }
        detector.finish();
        List<Finding> ordered = findings.values().stream()
                .sorted(Comparator.comparing(Analyzer::start).thenComparing(Finding::id))
                .toList();
        return new Analysis(version, networks.prefixes(), detector.evicted(), summaries, ordered);
    }

    /** Whether a file of a folder was read, or would have been. */
    private static boolean isToBeTold(InputSummary summary) {
        return !summary.format().equals(OpenInput.UNKNOWN) || summary.damage().isPresent();
    }

    /** On two processors a third thread would only take time from the others. */
    private static List<Pipeline.Stage> stages(ConnectionTable connections, AttackDetector detector) {
        if (Runtime.getRuntime().availableProcessors() > 2) {
            return List.of(
                    new Pipeline.Stage("connections", connections::annotate),
                    new Pipeline.Stage("attacks", detector::process));
        }
        return List.of(new Pipeline.Stage("attacks", batch -> {
            connections.annotate(batch);
            detector.process(batch);
        }));
    }

    private static Instant start(Finding finding) {
        return switch (finding) {
            case Attack attack -> attack.start();
        };
    }

    private void collect(FindingEvent event) {
        switch (event.change()) {
            case OPENED, CHANGED, ENDED -> findings.put(event.finding().id(), event.finding());
            case ABSORBED -> findings.remove(event.finding().id());
        }
        listener.accept(event);
    }

    private InputSummary read(Location input, Pipeline pipeline, ConnectionTable connections) {
        try (OpenInput open = open(input)) {
            if (open.source().isEmpty()) {
                SourceStatistics nothing = new SourceStatistics();
                open.failure().ifPresent(e -> nothing.damaged(0, message(e)));
                return summary(input.name(), open, nothing);
            }
            BatchSource source = open.source().get();
            SourceStatistics statistics = source.statistics();
            try {
                pipeline.produce(new Recording(open, source, connections));
            } catch (IOException e) {
                // A broken disk or a broken compression: what was read until here counts.
                statistics.damaged(statistics.bytes, message(e));
            }
            progress.finished();
            if (statistics.anyTime) {
                previousEnd = Optional.of(statistics.lastNanos);
            }
            return summary(input.name(), open, statistics);
        } catch (IOException e) {
            SourceStatistics statistics = new SourceStatistics();
            statistics.damaged(0, message(e));
            return summary(input.name(), OpenInput.UNKNOWN, Compression.NONE, OpenInput.UNKNOWN, statistics);
        }
    }

    private static OpenInput open(Location input) throws IOException {
        return switch (input) {
            case Location.File file -> OpenInput.file(file.path());
            case Location.StandardInput standardInput -> OpenInput.standardInput();
        };
    }

    private static String message(IOException e) {
        return switch (e) {
            // Their messages are the name of the file only.
            case NoSuchFileException gone -> "there is no such file";
            case AccessDeniedException denied -> "not allowed to read it";
            default -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        };
    }

    private static InputSummary summary(String name, OpenInput input, SourceStatistics statistics) {
        return summary(name, input.format(), input.compression(), input.carries(), statistics);
    }

    private static InputSummary summary(
            String name, String format, Compression compression, String carries, SourceStatistics statistics) {
        return new InputSummary(
                name,
                format,
                compression.label(),
                carries,
                statistics.packets,
                statistics.flows,
                statistics.bytes,
                statistics.anyTime ? Optional.of(Instant.ofEpochSecond(0, statistics.firstNanos)) : Optional.empty(),
                statistics.anyTime ? Optional.of(Instant.ofEpochSecond(0, statistics.lastNanos)) : Optional.empty(),
                statistics.rejections.asMap(),
                statistics.damage());
    }

    /** One input as a part of the whole: it goes on where the one before ended, or starts anew. */
    private final class Recording implements Pipeline.Producer {
        private final OpenInput input;
        private final BatchSource source;
        private final ConnectionTable connections;
        private boolean first = true;

        Recording(OpenInput input, BatchSource source, ConnectionTable connections) {
            this.input = input;
            this.source = source;
            this.connections = connections;
        }

        @Override
        public boolean fill(FlowBatch batch) throws IOException {
            try {
                return source.fill(batch);
            } finally {
                // Here, since the rows are still in this processor's cache.
                connections.hash(batch);
                if (first && batch.size > 0) {
                    first = false;
                    batch.restart |= previousEnd.isPresent() && !continues(batch.firstNanos[0] - previousEnd.get());
                }
                SourceStatistics statistics = source.statistics();
                progress.read(input.consumed(statistics.bytes), statistics.packets + statistics.flows);
            }
        }

        private static boolean continues(long gap) {
            return gap > -1_000_000_000L && gap < CONTINUES_NANOS;
        }
    }
}
