package levee.logs;

/** The forms in which logs come. */
public enum LogFormat {
    /** A log of Zeek as Zeek writes it, with or without labels appended. */
    ZEEK_TSV("zeek-tsv"),
    /** A log of Zeek with one JSON object a line. */
    ZEEK_JSON("zeek-json"),
    /** A log of Zeek as a table with a header line, parted by commas or tabs. */
    ZEEK_CSV("zeek-csv"),
    /** Bidirectional Argus records with a header line, parted by commas or tabs: {@code binetflow}. */
    ARGUS_CSV("argus-csv"),
    /** Suricata's {@code eve.json}: flows and what applications said, one JSON object a line. */
    SURICATA_EVE("suricata-eve"),
    /** What {@code nfdump -o csv} prints. */
    NFDUMP_CSV("nfdump-csv");

    private final String label;

    LogFormat(String label) {
        this.label = label;
    }

    /** The name in reports, such as {@code zeek-tsv}. */
    public String label() {
        return label;
    }

    /** Whether there are logs of this kind in this form. */
    boolean has(LogKind kind) {
        return switch (this) {
            case ZEEK_TSV, ZEEK_JSON, ZEEK_CSV -> true;
            case ARGUS_CSV, SURICATA_EVE, NFDUMP_CSV -> kind == LogKind.CONNECTIONS;
        };
    }

    LineFormat lineFormat(Schema schema) {
        return switch (this) {
            case ZEEK_TSV -> new TsvLines(schema);
            case ZEEK_JSON, SURICATA_EVE -> new JsonLines(schema);
            case ZEEK_CSV, ARGUS_CSV, NFDUMP_CSV -> new CsvLines(schema);
        };
    }
}
