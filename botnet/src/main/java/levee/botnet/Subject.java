package levee.botnet;

import org.jspecify.annotations.Nullable;

/** What a finding may be about; it is open while there is something told of it. */
abstract class Subject {
    @Nullable
    Telling telling;

    /** When something was counted of it last, in nanoseconds since 1970. */
    long activeNanos;

    final boolean isOpen() {
        return telling != null;
    }

    /** How much was counted: when it has doubled, there is something to tell. */
    abstract long amount();

    /** Forgets what was counted. */
    abstract void release();
}
