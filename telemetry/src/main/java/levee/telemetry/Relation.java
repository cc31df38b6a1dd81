package levee.telemetry;

/** Bits of {@link FlowBatch#relation}: how a row stands to the connection that it belongs to. */
public final class Relation {
    /**
     * The other bits mean something. Without it nothing is known, as of sampled rows: their first row, or answer, is hardly
     * ever seen; {@link #ANSWERED} alone says that both sides were.
     */
    public static final int KNOWN = 1;

    /** The row goes from the initiator to the responder. */
    public static final int FROM_INITIATOR = 1 << 1;

    /** The other side has sent something other than a refusal (RST) on this connection. */
    public static final int ANSWERED = 1 << 2;

    /** The connection was seen from its start (TCP: its first SYN was seen). */
    public static final int STARTED = 1 << 3;

    /** The first row of the connection. */
    public static final int OPENS = 1 << 4;

    /** The first answer of the responder. */
    public static final int FIRST_ANSWER = 1 << 5;

    /**
     * The initiator goes on after its opening (TCP: the first segment after its SYN, which a forged source cannot
     * send).
     */
    public static final int COMPLETES = 1 << 6;

    /** The first segment in which a TCP initiator pushes data. */
    public static final int FIRST_DATA = 1 << 7;

    private Relation() {}

    public static boolean has(int relation, int bit) {
        return (relation & bit) != 0;
    }
}
