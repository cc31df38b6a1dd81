package levee.flowexport;

/** What the header and the receipt of a datagram say. One object is filled again for each. */
final class Datagram {
    /** When it came, in nanoseconds since 1970. */
    long receivedNanos;

    /** When it was sent by the exporter's clock, in nanoseconds since 1970. */
    long exportNanos;

    /** What to add to the exporter's times, in nanoseconds. */
    long correctionNanos;

    /** The exporter's uptime when it was sent, modulo 2^32 milliseconds. */
    int uptimeMillis;

    /** Whether the header tells an uptime. */
    boolean hasUptime;

    /** The sampling rate of the header; 0 where it tells none. */
    int headerRate;

    void set(Datagram other) {
        receivedNanos = other.receivedNanos;
        exportNanos = other.exportNanos;
        correctionNanos = other.correctionNanos;
        uptimeMillis = other.uptimeMillis;
        hasUptime = other.hasUptime;
        headerRate = other.headerRate;
    }

    Datagram copy() {
        Datagram copy = new Datagram();
        copy.set(this);
        return copy;
    }
}
