package levee.alert;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words for an operator. */
final class Failure {
    private static final int MOST_CAUSES = 10;
    private static final int LONGEST_MESSAGE = 200;

    private Failure() {}

    static String text(Throwable thrown) {
        boolean isConnecting = false;
        @Nullable Throwable cause = thrown;
        for (int depth = 0; depth < MOST_CAUSES && cause != null; depth++) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "The host's name is not known";
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof TimeoutException) {
                return "No answer in time";
            }
            if (cause instanceof SSLException) {
                return "TLS failed: " + message(cause);
            }
            isConnecting |= cause instanceof ConnectException;
            cause = cause.getCause();
        }
        return isConnecting
                ? "The connection was refused, or nothing can be reached there"
                : thrown.getClass().getSimpleName() + ": " + message(thrown);
    }

    static String message(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null ? "no reason given" : Plain.line(message.strip(), LONGEST_MESSAGE);
    }
}
