package levee.logs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import levee.telemetry.BatchSource;

/** The kinds of connection log that are read. Rows are {@link levee.telemetry.FlowBatch.Rows#CONNECTIONS}. */
public enum LogFormat {
    /** Zeek's {@code conn.log} as Zeek writes it, with or without labels appended. */
    ZEEK_TSV("zeek-tsv"),
    /** Zeek's {@code conn.log} with one JSON object a line. */
    ZEEK_JSON("zeek-json"),
    /** Zeek's {@code conn.log} as a table with a header line, parted by commas or tabs. */
    ZEEK_CSV("zeek-csv"),
    /** Bidirectional Argus records with a header line, parted by commas or tabs: {@code binetflow}. */
    ARGUS_CSV("argus-csv");

    /** How many bytes from the beginning of an input {@link #detect} needs at the most. */
    public static final int DETECTION_BYTES = 4096;

    private final String label;

    LogFormat(String label) {
        this.label = label;
    }

    /** The name in reports, such as {@code zeek-tsv}. */
    public String label() {
        return label;
    }

    /**
     * Tells the format by its content. Other logs of Zeek, such as {@code dns.log}, are none of these.
     *
     * @param head the beginning of the input
     * @param length how many bytes of {@code head} are used; those after {@link #DETECTION_BYTES} are ignored
     */
    public static Optional<LogFormat> detect(byte[] head, int length) {
        LineReader lines = new LineReader(new ByteArrayInputStream(head, 0, Math.min(length, DETECTION_BYTES)));
        Map<LogFormat, LineFormat> candidates = new EnumMap<>(LogFormat.class);
        for (LogFormat format : values()) {
            candidates.put(format, format.lineFormat());
        }
        try {
            while (lines.next()) {
                for (Map.Entry<LogFormat, LineFormat> candidate : candidates.entrySet()) {
                    Fields fields = new Fields(candidate.getKey().schema().size());
                    candidate.getValue().read(lines.buffer(), lines.start(), lines.end(), fields);
                    if (candidate.getValue().isRecognised()) {
                        return Optional.of(candidate.getKey());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return Optional.empty();
    }

    /** Reads a log of this format, which begins at the stream's next byte. Closing the source closes the stream. */
    public BatchSource open(InputStream in) {
        return new LogReader(in, lineFormat(), recordFormat(), schema());
    }

    private LineFormat lineFormat() {
        return switch (this) {
            case ZEEK_TSV -> new TsvLines(schema());
            case ZEEK_JSON -> new JsonLines(schema());
            case ZEEK_CSV, ARGUS_CSV -> new CsvLines(schema());
        };
    }

    private RecordFormat recordFormat() {
        return switch (this) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> new ZeekRecords();
            case ARGUS_CSV -> new ArgusRecords();
        };
    }

    private Schema schema() {
        return switch (this) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> ZeekRecords.SCHEMA;
            case ARGUS_CSV -> ArgusRecords.SCHEMA;
        };
    }
}
