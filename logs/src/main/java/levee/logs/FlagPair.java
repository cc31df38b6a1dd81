package levee.logs;

/** The TCP flags of both sides of a connection in one number. */
final class FlagPair {
    private static final int RESPONDER_SHIFT = 8;

    private FlagPair() {}

    static int of(int initiator, int responder) {
        return initiator | responder << RESPONDER_SHIFT;
    }

    static int initiator(int pair) {
        return pair & 0xff;
    }

    static int responder(int pair) {
        return pair >> RESPONDER_SHIFT & 0xff;
    }
}
