package levee.server;

/** The server cannot or must not start; the message tells the operator what to do. */
public final class ServerException extends Exception {
    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
