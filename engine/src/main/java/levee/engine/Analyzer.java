package levee.engine;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.attack.DetectionSettings;
import levee.botnet.AbuseDetector;
import levee.botnet.AbuseSettings;
import levee.botnet.BotMemory;
import levee.botnet.JudgementListener;
import levee.flowexport.ExporterTable;
import levee.logs.ZeekLog;
import levee.model.Analysis;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InputSummary;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;

/** Analyses captures and logs: one thread reads and dissects, two or three others track connections and detect. */
public final class Analyzer {
    static final int CONNECTIONS = 1 << 19;

    private final String version;
    private final DetectionSettings settings;
    private final AbuseSettings abuseSettings;
    private final long seed;
    private final Consumer<FindingEvent> listener;
    private final ReadProgress progress;

    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private Optional<JudgementListener> judgements = Optional.empty();

    /** Of a network of which no more is known. */
    public Analyzer(
            String version, OwnNetworks networks, long seed, Consumer<FindingEvent> listener, ReadProgress progress) {
        this(version, DetectionSettings.of(networks), AbuseSettings.of(networks), seed, listener, progress);
    }

    /**
     * @param settings what is known of the network
     * @param abuseSettings of the same networks, what else is known of them
     * @param seed of all hashes; findings do not depend on it while nothing is evicted
     * @param listener is told of findings as they open, change and end, on a thread of the analyzer's
     * @param progress is told how far reading has come, on the calling thread
     */
    public Analyzer(
            String version,
            DetectionSettings settings,
            AbuseSettings abuseSettings,
            long seed,
            Consumer<FindingEvent> listener,
            ReadProgress progress) {
        this.version = version;
        this.settings = settings;
        this.abuseSettings = abuseSettings;
        this.seed = seed;
        this.listener = listener;
        this.progress = progress;
    }

    /** From now on a listener is told of each judgement on a host, on a thread of the analyzer's. */
    public Analyzer observe(JudgementListener observer) {
        judgements = Optional.of(observer);
        return this;
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

        /**
         * The logs of Zeek in one folder, which are read together.
         *
         * @param logs in the order of their names
         */
        record ZeekLogs(Path folder, List<ZeekLog> logs) implements Location {
            @Override
            public String name() {
                return folder.toString();
            }

            @Override
            public boolean mayBeOther() {
                return false;
            }

            /** Where the logs are. */
            public List<Path> files() {
                return logs.stream().map(log -> folder.resolve(log.name())).toList();
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
        ExporterTable exporters = ExporterTable.open(seed);
        AttackDetector detector = new AttackDetector(
                DetectionPolicy.analysis(),
                settings,
                seed,
                index -> exporters.address(index).toString(),
                this::collect);
        AbuseDetector abuse = new AbuseDetector(
                abuseSettings,
                BotMemory.analysis(),
                seed,
                index -> exporters.address(index).toString(),
                this::collect);
        judgements.ifPresent(abuse::observe);
        List<Pipeline.Stage> stages = stages(connections, detector, abuse);
        List<InputSummary> summaries;
        try (Pipeline pipeline = new Pipeline(stages)) {
            summaries = new InputReader(connections, exporters, null, progress).read(inputs, pipeline::produce);
        }
        detector.finish();
        abuse.finish();
        List<Finding> ordered = findings.values().stream()
                .sorted(Comparator.comparing(Finding::start).thenComparing(Finding::id))
                .toList();
        return new Analysis(version, settings.networks(), detector.evicted() + abuse.evicted(), summaries, ordered);
    }

    /** What reads takes little, so that on two processors two threads detect; a fourth would only take time from the others. */
    private static List<Pipeline.Stage> stages(
            ConnectionTable connections, AttackDetector detector, AbuseDetector abuse) {
        Pipeline.Stage abuses = new Pipeline.Stage("abuse", abuse::process);
        if (Runtime.getRuntime().availableProcessors() > 2) {
            return List.of(
                    new Pipeline.Stage("connections", connections::annotate),
                    new Pipeline.Stage("attacks", detector::process),
                    abuses);
        }
        return List.of(
                new Pipeline.Stage("attacks", batch -> {
                    connections.annotate(batch);
                    detector.process(batch);
                }),
                abuses);
    }

    /** Called by the thread of each stage that finds something. */
    private synchronized void collect(FindingEvent event) {
        switch (event.change()) {
            case OPENED, CHANGED, ENDED -> findings.put(event.finding().id(), event.finding());
            case ABSORBED -> findings.remove(event.finding().id());
        }
        listener.accept(event);
    }
}
