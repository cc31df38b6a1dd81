package levee.flowexport;

import java.util.Locale;

/** Who said at what rate packets are sampled; the first of these that speaks is believed. */
public enum SamplingSource {
    /** The operator. */
    MANUAL,
    /** The record or sample itself. */
    RECORD,
    /** Options data of the exporter. */
    OPTIONS,
    /** The header of the datagram (NetFlow v5). */
    HEADER,
    /** Nobody: every packet is taken to be counted. */
    ASSUMED;

    /** The name in reports, such as {@code assumed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
