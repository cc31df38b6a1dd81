package levee.telemetry;

/**
 * Connections that own hosts began, as a structure of arrays: what detectors of behaviour look at. Written by a {@link
 * ConnectionAssembler}; valid until its reader returns.
 */
public final class ConnectionBatch {

    /** What became of a connection. */
    public enum Outcome {
        /** The responder said something other than no. */
        ANSWERED,
        /** The responder refused (RST). */
        REFUSED,
        /** Nothing came back in time. */
        UNANSWERED,
        /** Too little was seen to tell: samples, one direction, or the middle of a connection only. */
        UNKNOWN
    }

    private static final Outcome[] OUTCOMES = Outcome.values();

    public final int capacity;

    /** Connections in use. */
    public int size;

    /** Nanoseconds since 1970-01-01T00:00Z; of a part, the part's. */
    public final long[] firstNanos;

    public final long[] lastNanos;

    /** Addresses as in {@link levee.model.IpAddress}, and their hashes as in {@link FlowBatch#sourceHash}. */
    public final long[] initiatorHigh;

    public final long[] initiatorLow;
    public final long[] initiatorHash;
    public final long[] responderHigh;
    public final long[] responderLow;
    public final long[] responderHash;

    /** Ports; for ICMP the responder's is what {@link IcmpTypes#port} makes of the initiator's message. */
    public final char[] initiatorPort;

    public final char[] responderPort;
    public final byte[] protocol;

    /** What the initiator sent: packets, bytes from the IP header on, the union of TCP flags. */
    public final long[] sentPackets;

    public final long[] sentBytes;
    public final byte[] sentFlags;

    /** What the responder sent. */
    public final long[] receivedPackets;

    public final long[] receivedBytes;
    public final byte[] receivedFlags;

    /** One in how many packets was seen. */
    public final int[] samplingRate;

    private final byte[] outcome;

    /** False of what is told of a connection after its first part: long ones are told of every few minutes. */
    public final boolean[] begins;

    public ConnectionBatch(int capacity) {
        this.capacity = capacity;
        firstNanos = new long[capacity];
        lastNanos = new long[capacity];
        initiatorHigh = new long[capacity];
        initiatorLow = new long[capacity];
        initiatorHash = new long[capacity];
        responderHigh = new long[capacity];
        responderLow = new long[capacity];
        responderHash = new long[capacity];
        initiatorPort = new char[capacity];
        responderPort = new char[capacity];
        protocol = new byte[capacity];
        sentPackets = new long[capacity];
        sentBytes = new long[capacity];
        sentFlags = new byte[capacity];
        receivedPackets = new long[capacity];
        receivedBytes = new long[capacity];
        receivedFlags = new byte[capacity];
        samplingRate = new int[capacity];
        outcome = new byte[capacity];
        begins = new boolean[capacity];
    }

    public Outcome outcome(int connection) {
        return OUTCOMES[outcome[connection]];
    }

    void setOutcome(int connection, Outcome value) {
        outcome[connection] = (byte) value.ordinal();
    }
}
