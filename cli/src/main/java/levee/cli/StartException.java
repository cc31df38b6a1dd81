package levee.cli;

/** The service cannot be started; the message says why, and what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
