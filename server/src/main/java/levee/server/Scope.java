package levee.server;

import levee.server.Operation.Access;

/** What a token allows. */
public enum Scope {
    /** To see. */
    READ(Access.VIEWERS),
    /** To see and to change. */
    WRITE(Access.OPERATORS);

    private final Access most;

    Scope(Access most) {
        this.most = most;
    }

    Access most() {
        return most;
    }
}
