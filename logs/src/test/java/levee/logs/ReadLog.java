package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** A log read to its end. */
record ReadLog(List<Row> rows, List<Event> events, SourceStatistics statistics) {
    private static final int CAPACITY = 1024;

    static ReadLog of(LogFormat format, String text) {
        return of(format, text.getBytes(ISO_8859_1));
    }

    static ReadLog of(LogFormat format, byte[] bytes) {
        return of(format, new ByteArrayInputStream(bytes), CAPACITY);
    }

    static ReadLog of(LogFormat format, InputStream in, int capacity) {
        return of(new LogType(format, LogKind.CONNECTIONS), in, capacity);
    }

    static ReadLog of(LogType type, String text) {
        return of(type, new ByteArrayInputStream(text.getBytes(ISO_8859_1)), CAPACITY);
    }

    static ReadLog of(LogType type, byte[] bytes) {
        return of(type, new ByteArrayInputStream(bytes), CAPACITY);
    }

    static ReadLog of(LogType type, InputStream in, int capacity) {
        return of(type.open(in), capacity);
    }

    static ReadLog of(BatchSource opened, int capacity) {
        List<Row> rows = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        try (BatchSource source = opened) {
            FlowBatch batch = new FlowBatch(capacity);
            boolean more;
            do {
                more = source.fill(batch);
                for (int row = 0; row < batch.size; row++) {
                    rows.add(Row.of(batch, row));
                }
                for (int event = 0; event < batch.events.size; event++) {
                    events.add(Event.of(batch.events, event));
                }
            } while (more);
            return new ReadLog(rows, events, source.statistics());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Event event(int index) {
        return events.get(index);
    }

    Row row(int index) {
        return rows.get(index);
    }

    long rejected(RejectionReason reason) {
        return statistics.rejections.of(reason);
    }
}
