package levee.flowexport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * The format that bytes are a whole datagram of, by all of their lengths; for telling export datagrams from others.
     * Empty where they are none, or damaged.
     */
    public static Optional<ExportFormat> ofDatagram(byte[] bytes, int offset, int length) {
        ExportFormat format = ofVersion(bytes, offset, length);
        return format != null && format.fits(bytes, offset, length) ? Optional.of(format) : Optional.empty();
    }

    /** The format of a datagram by its first bytes, or null if it is none of those that are read. */
    static @Nullable ExportFormat ofVersion(byte[] bytes, int offset, int length) {
        if (length < 2 * Integer.BYTES) {
            return null;
        }
        return switch (BigEndian.unsignedShort(bytes, offset)) {
            case 5 -> NETFLOW_V5;
            case 9 -> NETFLOW_V9;
            case 10 -> IPFIX;
            case 0 -> BigEndian.integer(bytes, offset) == SflowReader.VERSION ? SFLOW : null;
            default -> null;
        };
    }

    private boolean fits(byte[] bytes, int offset, int length) {
        return switch (this) {
            case NETFLOW_V5 ->
                length >= NetFlow5.HEADER
                        && length == NetFlow5.HEADER + BigEndian.unsignedShort(bytes, offset + 2) * NetFlow5.RECORD;
            case NETFLOW_V9 -> length > 20 && holdsSets(bytes, offset + 20, offset + length);
            case IPFIX ->
                length > 16
                        && BigEndian.unsignedShort(bytes, offset + 2) == length
                        && holdsSets(bytes, offset + 16, offset + length);
            case SFLOW ->
                length >= 28
                        && BigEndian.integer(bytes, offset + 4) >>> 1 <= 1
                        && BigEndian.integer(bytes, offset + 4) > 0;
        };
    }

    /** Whether these bytes are sets and nothing else, but for padding. */
    private static boolean holdsSets(byte[] bytes, int start, int end) {
        int at = start;
        while (at <= end - 4) {
            int id = BigEndian.unsignedShort(bytes, at);
            int length = BigEndian.unsignedShort(bytes, at + 2);
            boolean isSet = id < 4 || id > 255;
            if (!isSet || length < 4 || length > end - at) {
                return false;
            }
            at += length;
        }
        return end - at < 4;
    }

    /** Whether a lost datagram is all that its sequence numbers tell; the others tell lost flows. */
    boolean countsDatagrams() {
        return this == NETFLOW_V9 || this == SFLOW;
    }
}
