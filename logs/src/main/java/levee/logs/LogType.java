package levee.logs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/** The logs that are read: what they tell of, and in which form. */
public record LogType(LogFormat format, LogKind kind) {
    /** How many bytes from the beginning of an input {@link #detect} needs at the most. */
    public static final int DETECTION_BYTES = 4096;

    private static final List<LogType> ALL = all();

    /** @throws IllegalArgumentException if there are no such logs */
    public LogType {
        if (!format.has(kind)) {
            throw new IllegalArgumentException(format.label() + " has no log of the kind " + kind);
        }
    }

    private static List<LogType> all() {
        List<LogType> all = new ArrayList<>();
        for (LogFormat format : LogFormat.values()) {
            for (LogKind kind : LogKind.values()) {
                if (format.has(kind)) {
                    all.add(new LogType(format, kind));
                }
            }
        }
        return List.copyOf(all);
    }

    /**
     * Tells the type by the content. Logs of Zeek that are not read, such as {@code files.log}, are none of these.
     *
     * @param head the beginning of the input
     * @param length how many bytes of {@code head} are used; those after {@link #DETECTION_BYTES} are ignored
     */
    public static Optional<LogType> detect(byte[] head, int length) {
        LineReader lines = new LineReader(new ByteArrayInputStream(head, 0, Math.min(length, DETECTION_BYTES)));
        List<LineFormat> candidates = ALL.stream().map(LogType::lineFormat).toList();
        List<Fields> fields = ALL.stream()
                .map(type -> new Fields(type.schema().size(), Escapes.ZEEK))
                .toList();
        try {
            while (lines.next()) {
                for (int i = 0; i < candidates.size(); i++) {
                    candidates.get(i).read(lines.buffer(), lines.start(), lines.end(), fields.get(i));
                    if (candidates.get(i).isRecognised()) {
                        return Optional.of(ALL.get(i));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return Optional.empty();
    }

    /** The name of the form in reports, such as {@code zeek-tsv}. */
    public String label() {
        return format.label();
    }

    /** What the log holds: {@code connections}, {@code flows}, or {@code events}, which are what applications said. */
    public String carries() {
        if (kind != LogKind.CONNECTIONS) {
            return "events";
        }
        return rows() == FlowBatch.Rows.FLOWS ? "flows" : "connections";
    }

    /** Whether it is a log of Zeek. */
    public boolean isZeek() {
        return switch (format) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> true;
            case ARGUS_CSV, SURICATA_EVE, NFDUMP_CSV -> false;
        };
    }

    /** Reads a log of this type, which begins at the stream's next byte. Closing the source closes the stream. */
    public BatchSource open(InputStream in) {
        SourceStatistics statistics = new SourceStatistics();
        return new LogReader(new ClockedLog(new LogLines(in, this, statistics), statistics), rows(), statistics);
    }

    private FlowBatch.Rows rows() {
        return switch (format) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV, ARGUS_CSV, SURICATA_EVE -> FlowBatch.Rows.CONNECTIONS;
            case NFDUMP_CSV -> FlowBatch.Rows.FLOWS;
        };
    }

    LineFormat lineFormat() {
        return format.lineFormat(schema());
    }

    RecordFormat recordFormat() {
        return switch (format) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> zeekRecords();
            case ARGUS_CSV -> new ConnectionRecords(new ArgusRecords(), true);
            case SURICATA_EVE -> new EveRecords();
            case NFDUMP_CSV -> new ConnectionRecords(new NfdumpRecords(), false);
        };
    }

    private RecordFormat zeekRecords() {
        return switch (kind) {
            case CONNECTIONS -> new ConnectionRecords(new ZeekRecords(), true);
            case DNS -> new ZeekDns();
            case SSL -> new ZeekSsl();
            case HTTP -> new ZeekHttp();
            case SMTP -> new ZeekSmtp();
            case IRC -> new ZeekIrc();
            case SSH -> new ZeekSsh();
            case DHCP -> new ZeekDhcp();
        };
    }

    Schema schema() {
        return switch (format) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> zeekSchema();
            case ARGUS_CSV -> ArgusRecords.SCHEMA;
            case SURICATA_EVE -> EveFields.SCHEMA;
            case NFDUMP_CSV -> NfdumpRecords.SCHEMA;
        };
    }

    private Schema zeekSchema() {
        return switch (kind) {
            case CONNECTIONS -> ZeekRecords.SCHEMA;
            case DNS -> ZeekDns.SCHEMA;
            case SSL -> ZeekSsl.SCHEMA;
            case HTTP -> ZeekHttp.SCHEMA;
            case SMTP -> ZeekSmtp.SCHEMA;
            case IRC -> ZeekIrc.SCHEMA;
            case SSH -> ZeekSsh.SCHEMA;
            case DHCP -> ZeekDhcp.SCHEMA;
        };
    }
}
