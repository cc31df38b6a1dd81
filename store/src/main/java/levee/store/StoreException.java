package levee.store;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked to; the message says what happened, where, and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Category category;

    /** What kind of thing is wrong, and so what may help. */
    public enum Category {
        /** Somebody else holds it; trying again soon may help. */
        BUSY,
        /** No room is left. */
        FULL,
        /** What is there cannot be read any more. */
        DAMAGED,
        /** It is not there, or the way to it is cut. */
        UNREACHABLE,
        /** It is there, but may not be read or written. */
        DENIED,
        /** A newer Levee or another program made it. */
        WRONG_VERSION,
        /** Anything else; most likely a mistake in Levee. */
        FAILED
    }

    StoreException(Category category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
