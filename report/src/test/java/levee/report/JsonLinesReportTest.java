package levee.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import levee.model.Analysis;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Prefix;
import levee.testing.FindingsSchema;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class JsonLinesReportTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final FlushRecorder out = new FlushRecorder();
    private final JsonLinesReport report = new JsonLinesReport(out);

    @Test
    void startAndEndAreLinesWithoutKind() {
        report.started("0.1.0", List.of(Prefix.parse("10.0.0.0/8")));
        report.finished(new Analysis("0.1.0", List.of(Prefix.parse("10.0.0.0/8")), 3, List.of(), List.of()));

        assertThat(out.flushed).containsExactly("""
            {"event":"started","schema_version":"1","levee_version":"0.1.0",\
            "settings":{"networks":["10.0.0.0/8"]}}
            """, """
            {"event":"finished","settings":{"networks":["10.0.0.0/8"]},"evicted":3,"inputs":[]}
            """);
    }

    @Test
    void findingLineIsTheFindingOfTheDocumentAfterItsEvent() {
        for (Change change : Change.values()) {
            report.accept(new FindingEvent(change, Samples.reflection()));
        }

        JsonNode inDocument = MAPPER.readTree(Samples.written(new JsonReport(), Samples.analysis()))
                .at("/findings/0");
        assertThat(out.flushed)
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly(
                        "{\"event\":\"opened\"",
                        "{\"event\":\"changed\"",
                        "{\"event\":\"ended\"",
                        "{\"event\":\"absorbed\"");
        assertThat(out.flushed).allSatisfy(line -> {
            ObjectNode object = (ObjectNode) MAPPER.readTree(line);
            object.remove("event");
            assertThat(object).isEqualTo(inDocument);
        });
    }

    @Test
    void everyLineConformsAndIsFlushedAtOnce() {
        for (long seed = 0; seed < 100; seed++) {
            RandomAnalyses random = new RandomAnalyses(seed);
            Analysis analysis = random.analysis();
            report.started(analysis.leveeVersion(), analysis.networks());
            report.accept(new FindingEvent(Change.OPENED, random.attack()));
            report.finished(analysis);
        }

        assertThat(out.flushed).hasSize(300).allSatisfy(line -> {
            assertThat(line).endsWith("\n").containsOnlyOnce("\n");
            assertThat(FindingsSchema.complaintsAboutLine(line)).as(line).isEmpty();
        });
    }

    @Test
    void brokenPipeIsTold() {
        JsonLinesReport broken = new JsonLinesReport(new BrokenPipe());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> broken.started("0.1.0", List.of()))
                .withMessageContaining("broken pipe");
    }

    /** Keeps what was written between two flushes. */
    private static final class FlushRecorder extends OutputStream {
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private final List<String> flushed = new ArrayList<>();

        @Override
        public void write(int value) {
            pending.write(value);
        }

        @Override
        public void flush() {
            flushed.add(pending.toString(StandardCharsets.UTF_8));
            pending.reset();
        }
    }

    static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("broken pipe");
        }
    }
}
