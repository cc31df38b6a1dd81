package levee.access;

/** Something that was asked for cannot be done; the message says why, and what to do, and may be shown to who asked. */
public final class AccessException extends Exception {
    private static final long serialVersionUID = 1L;

    AccessException(String message) {
        super(message);
    }

    AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
