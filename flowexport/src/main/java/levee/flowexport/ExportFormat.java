package levee.flowexport;

/** The formats that are read and written. */
public enum ExportFormat {
    NETFLOW_V5("netflow-v5"),
    NETFLOW_V9("netflow-v9"),
    IPFIX("ipfix"),
    SFLOW("sflow");

    private final String label;

    ExportFormat(String label) {
        this.label = label;
    }

    /** The name in reports, such as {@code netflow-v9}. */
    public String label() {
        return label;
    }

    /** Whether a lost datagram is all that its sequence numbers tell; the others tell lost flows. */
    boolean countsDatagrams() {
        return this == NETFLOW_V9 || this == SFLOW;
    }
}
