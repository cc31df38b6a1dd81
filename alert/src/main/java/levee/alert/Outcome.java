package levee.alert;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt. Texts hold no secrets. */
sealed interface Outcome {
    /** What the receiver answered. */
    String text();

    record Delivered(String text) implements Outcome {}

    /** Trying again would not help. */
    record Refused(String text) implements Outcome {}

    /**
     * Trying again may help.
     *
     * @param retryAfter when the receiver wants to be asked again
     */
    record Failed(String text, Optional<Duration> retryAfter) implements Outcome {
        Failed(String text) {
            this(text, Optional.empty());
        }
    }
}
