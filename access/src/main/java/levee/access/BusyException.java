package levee.access;

/** Too much is asked for at the same time; it is worth trying again. */
public final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;

    BusyException() {
        super("too many sign in at the same time; try again in a moment");
    }
}
