package levee.logs;

/** One flow of a log with labels. Filled again for every line. */
public final class LabelledFlow {
    /** When it began, in nanoseconds since 1970-01-01T00:00Z. */
    public long startNanos;

    /** The halves of the address of who began it, as in {@link levee.model.IpAddress}. */
    public long initiatorHigh;

    public long initiatorLow;
    public long responderHigh;
    public long responderLow;

    /** 0 where the protocol has no ports. */
    public int responderPort;

    /** The protocol's number. */
    public int protocol;

    public FlowLabel label = FlowLabel.ofZeek("", "");
}
