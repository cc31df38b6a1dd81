package levee.telemetry;

import java.util.Locale;

/** Why bytes from outside could not be used. */
public enum RejectionReason {
    /** The packet or record ends before its headers do. */
    TRUNCATED,
    /** A length or version field contradicts the bytes that are there. */
    MALFORMED,
    /** Not IP: ARP, spanning tree, and the like. */
    NOT_IP,
    /** A link type that is not read. */
    LINK_TYPE,
    /** Headers nested deeper than is looked at. */
    TOO_DEEP,
    /** A time that leaps away from its neighbours' and that no neighbour confirms. */
    CLOCK_LEAP,
    /** A field of a log that is not what its column says. */
    UNREADABLE_FIELD,
    /** A log line with too few columns or too many characters. */
    UNREADABLE_LINE,
    /** A part of a capture that was skipped to find the next sound record. */
    DAMAGED,
    /** An export datagram of a version that is not read. */
    UNKNOWN_VERSION,
    /** A set of data whose template did not come in time. */
    NO_TEMPLATE,
    /** A template, observation domain or exporter for which there is no room. */
    NO_ROOM,
    /** A flow record that names no IP address: layer 2 only. */
    NO_ADDRESS,
    /** A flow record that counts no traffic: an event of a firewall or of address translation. */
    NO_TRAFFIC,
    /** An export datagram that came before. */
    DUPLICATE;

    /** The key in reports, such as {@code clock_leap}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
