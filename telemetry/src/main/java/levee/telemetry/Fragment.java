package levee.telemetry;

/** Bits of {@link FlowBatch#fragment}. */
public final class Fragment {
    /** The packet is a fragment. */
    public static final int FRAGMENT = 1;

    /** It is not the first one, so it holds no transport header of its own. */
    public static final int CONTINUES = 1 << 1;

    /** Its first fragment was seen, and its ports and payload hint are that one's. */
    public static final int JOINED = 1 << 2;

    /** The row is the inner packet of a tunnel; the outer packet has a row of its own. */
    public static final int TUNNELLED = 1 << 3;

    private Fragment() {}
}
