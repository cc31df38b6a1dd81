package levee.server;

/** What a token allows. */
public enum Scope {
    /** To see. */
    READ,
    /** To see and to change. */
    WRITE;

    boolean covers(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
