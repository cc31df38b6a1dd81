package levee.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.capture.PacketDetails;
import levee.engine.Analyzer.Location;
import levee.flowexport.ExporterTable;
import levee.model.InputSummary;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;
import org.jspecify.annotations.Nullable;

/** Reads inputs one after the other as parts of one whole, and says what was read of each. */
final class InputReader {
    /** Files that follow each other within this time are one recording. */
    private static final long CONTINUES_NANOS = 3_600_000_000_000L;

    /** How far captures that follow each other may overlap. */
    private static final long OVERLAP_NANOS = 1_000_000_000L;

    /** Zeek waits five minutes for more of a connection before it writes what it has. */
    private static final long LOG_OVERLAP_NANOS = 600_000_000_000L;

    private final ConnectionTable connections;
    private final OpenInput.Context context;
    private final ReadProgress progress;
    private Optional<Long> previousEnd = Optional.empty();

    /**
     * @param exporters of captures that hold export datagrams
     * @param details takes what rows have no column for; null where nobody asks
     */
    InputReader(
            ConnectionTable connections,
            ExporterTable exporters,
            @Nullable PacketDetails details,
            ReadProgress progress) {
        this.connections = connections;
        context = new OpenInput.Context(exporters, details);
        this.progress = progress;
    }

    /** Where batches go. */
    interface Sink {
        /** Lets the producer fill batches until it has no more or fails. */
        void take(Pipeline.Producer producer) throws IOException;
    }

    /** Reads all inputs in the given order. What cannot be read is noted in its summary. */
    List<InputSummary> read(List<Location> inputs, Sink sink) {
        List<InputSummary> summaries = new ArrayList<>();
        for (Location input : inputs) {
            progress.began(input);
            InputSummary summary = read(input, sink);
            if (!input.mayBeOther() || isToBeTold(summary)) {
                summaries.add(summary);
            }
        }
        return summaries;
    }

    /** Whether a file of a folder was read, or would have been. */
    private static boolean isToBeTold(InputSummary summary) {
        return !summary.format().equals(OpenInput.UNKNOWN) || summary.damage().isPresent();
    }

    private InputSummary read(Location input, Sink sink) {
        try (OpenInput open = open(input)) {
            if (open.source().isEmpty()) {
                SourceStatistics nothing = new SourceStatistics();
                open.failure().ifPresent(e -> nothing.damaged(0, message(e)));
                return summary(input.name(), open, nothing);
            }
            BatchSource source = open.source().get();
            SourceStatistics statistics = source.statistics();
            try {
                sink.take(new Recording(open, source));
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

    private OpenInput open(Location input) throws IOException {
        return switch (input) {
            case Location.File file -> OpenInput.file(file.path(), context);
            case Location.ZeekLogs logs -> OpenInput.zeekLogs(logs);
            case Location.StandardInput standardInput -> OpenInput.standardInput(context);
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
        return summary(
                name, input.format(), input.compression(), input.carries().get(), statistics);
    }

    private static InputSummary summary(
            String name, String format, Compression compression, String carries, SourceStatistics statistics) {
        return new InputSummary(
                name,
                format,
                compression.label(),
                carries,
                statistics.packets,
                carries.equals(OpenInput.EVENTS) ? statistics.events : statistics.flows,
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
        private boolean first = true;

        Recording(OpenInput input, BatchSource source) {
            this.input = input;
            this.source = source;
        }

        @Override
        public boolean fill(FlowBatch batch) throws IOException {
            try {
                return source.fill(batch);
            } finally {
                // Here, since the rows are still in this processor's cache.
                connections.hash(batch);
                if (first && (batch.size > 0 || batch.events.size > 0)) {
                    first = false;
                    batch.restart |= previousEnd.isPresent() && !continues(batch, previousEnd.get());
                }
                SourceStatistics statistics = source.statistics();
                progress.read(
                        input.consumed(statistics.bytes), statistics.packets + statistics.flows + statistics.events);
            }
        }

        /** Whether the first batch goes on where the input before ended. */
        private static boolean continues(FlowBatch batch, long previousEnd) {
            long gap = beginning(batch) - previousEnd;
            long overlap = batch.rows.arePackets() ? OVERLAP_NANOS : LOG_OVERLAP_NANOS;
            return gap > -overlap && gap < CONTINUES_NANOS;
        }

        /** When the first thing ended that is told of: a log has a connection where it ended, however long it was. */
        private static long beginning(FlowBatch batch) {
            long row = batch.size > 0 ? batch.lastNanos[0] : Long.MAX_VALUE;
            long event = batch.events.size > 0 ? batch.events.nanos[0] : Long.MAX_VALUE;
            return Math.min(row, event);
        }
    }
}
