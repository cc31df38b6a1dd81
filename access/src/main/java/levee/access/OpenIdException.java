package levee.access;

import org.jspecify.annotations.Nullable;

/** Signing in over an OpenID provider did not work; the message may be shown to who tried. */
public final class OpenIdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Whose turn it is. */
    public enum Reason {
        /** The request is not one that belongs to a sign-in which began here: begin again. */
        UNEXPECTED,
        /** The provider did not vouch, or for somebody without a role here. */
        REFUSED,
        /** The provider cannot be reached, or does not answer as it should. */
        UNREACHABLE
    }

    OpenIdException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    OpenIdException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
