package levee.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import levee.model.Analysis;
import levee.model.FindingEvent;
import levee.model.Prefix;
import tools.jackson.core.JsonGenerator;

/**
 * Findings as JSON lines, while they open, change and end. A line is a JSON object whose first field is
 * {@code event}; {@code $defs/line} of {@code docs/findings.schema.json} describes it. Every line is written at once
 * and flushed, so that a reader at the other end of a pipe never waits for it or sees half of it. Several threads may
 * write; the caller sees to it that {@link #started} comes first and {@link #finished} last.
 *
 * <p>All methods throw {@link UncheckedIOException} if the stream refuses.
 */
public final class JsonLinesReport implements Consumer<FindingEvent> {
    private final OutputStream out;

    /** Writes UTF-8 to {@code out}, which stays open. */
    public JsonLinesReport(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the first line.
     *
     * @param networks the own networks known so far
     */
    public void started(String leveeVersion, List<Prefix> networks) {
        line(json -> json.startedLine(leveeVersion, networks));
    }

    /** Writes the finding as it is after the change. */
    @Override
    public void accept(FindingEvent event) {
        line(json -> json.findingLine(event));
    }

    /** Writes the last line: the own networks that were used in the end, what was evicted, and the inputs. */
    public void finished(Analysis analysis) {
        line(json -> json.finishedLine(analysis));
    }

    private void line(Consumer<JsonContract> content) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = JsonOutput.compact(line)) {
            content.accept(new JsonContract(json));
        }
        line.write('\n');
        synchronized (out) {
            try {
                line.writeTo(out);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
