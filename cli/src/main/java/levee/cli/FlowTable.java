package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A table that is written row by row: aligned for people, as CSV, or as an array of JSON objects. */
abstract sealed class FlowTable {

    /** The ways to write it. */
    enum Format {
        TEXT,
        CSV,
        JSON
    }

    /**
     * A column.
     *
     * @param name as programs know it
     * @param title as people read it
     * @param isNumber whether its values are numbers
     */
    record Column(String name, String title, boolean isNumber) {}

    static FlowTable of(Format format, String name, List<Column> columns, OutputStream out) {
        return switch (format) {
            case TEXT -> new Text(columns, out);
            case CSV -> new Csv(columns, out);
            case JSON -> new Json(name, columns, out);
        };
    }

    /** Adds a row: a text or a number for each column. */
    abstract void add(List<Object> values) throws IOException;

    /**
     * Ends the table.
     *
     * @param sentence for people
     * @param numbers for programs
     */
    abstract void end(String sentence, Map<String, Long> numbers) throws IOException;

    private static final class Text extends FlowTable {
        /** The widths of columns are those of so many rows; if later ones need more, columns grow from there on. */
        private static final int ROWS_AHEAD = 1_000;

        private final List<Column> columns;
        private final OutputStream out;
        private final List<List<String>> waiting = new ArrayList<>();
        private final int[] widths;
        private boolean isBegun;

        Text(List<Column> columns, OutputStream out) {
            this.columns = columns;
            this.out = out;
            widths =
                    columns.stream().mapToInt(column -> column.title().length()).toArray();
        }

        @Override
        void add(List<Object> values) throws IOException {
            List<String> texts = values.stream().map(String::valueOf).toList();
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], texts.get(i).length());
            }
            waiting.add(texts);
            if (isBegun || waiting.size() == ROWS_AHEAD) {
                flush();
            }
        }

        private void flush() throws IOException {
            if (!isBegun && !waiting.isEmpty()) {
                isBegun = true;
                line(columns.stream().map(Column::title).toList());
            }
            for (List<String> texts : waiting) {
                line(texts);
            }
            waiting.clear();
        }

        private void line(List<String> texts) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String text = texts.get(i);
                String blanks = " ".repeat(widths[i] - text.length());
                line.append(i == 0 ? "" : "  ");
                line.append(columns.get(i).isNumber() ? blanks + text : text + blanks);
            }
            out.write((line.toString().stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        void end(String sentence, Map<String, Long> numbers) throws IOException {
            flush();
            out.write(((isBegun ? "\n" : "") + sentence + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** No value holds anything that would need quotes: they are numbers, addresses, times and names of protocols. */
    private static final class Csv extends FlowTable {
        private final OutputStream out;
        private final String head;
        private boolean isBegun;

        Csv(List<Column> columns, OutputStream out) {
            this.out = out;
            head = columns.stream().map(Column::name).collect(Collectors.joining(",")) + "\n";
        }

        private void begin() throws IOException {
            if (!isBegun) {
                isBegun = true;
                out.write(head.getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Override
        void add(List<Object> values) throws IOException {
            begin();
            String line = values.stream().map(String::valueOf).collect(Collectors.joining(",")) + "\n";
            out.write(line.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        void end(String sentence, Map<String, Long> numbers) throws IOException {
            begin();
        }
    }

    private static final class Json extends FlowTable {
        private final List<Column> columns;
        private final JsonGenerator json;

        Json(String name, List<Column> columns, OutputStream out) {
            this.columns = columns;
            json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
            json.writeStartObject();
            json.writeArrayPropertyStart(name);
        }

        @Override
        void add(List<Object> values) {
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                Object value = values.get(i);
                if (value instanceof Long number) {
                    json.writeNumberProperty(columns.get(i).name(), number);
                } else {
                    json.writeStringProperty(columns.get(i).name(), String.valueOf(value));
                }
            }
            json.writeEndObject();
        }

        @Override
        void end(String sentence, Map<String, Long> numbers) {
            json.writeEndArray();
            json.writeObjectPropertyStart("summary");
            numbers.forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw("\n");
            json.flush();
        }
    }
}
