package levee.alert;

import java.time.Instant;

/** Who need not be told: what people muted or acknowledged. Asked from several threads, right before sending. */
@FunctionalInterface
public interface Silence {
    /** Nothing is silenced. */
    Silence NONE = (findingId, target, now) -> false;

    /**
     * Whether nothing is to be sent now. Later changes are asked for again, and what is silenced is asked for again
     * after each grouping interval, so that a mute that ends does not swallow what went on meanwhile.
     *
     * @param target the attacked address or prefix
     */
    boolean isSilenced(String findingId, String target, Instant now);
}
