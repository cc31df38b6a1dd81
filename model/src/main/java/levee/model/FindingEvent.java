package levee.model;

/**
 * A change in the life of a finding, in the order in which the detectors noticed it.
 *
 * @param finding its state after the change
 */
public record FindingEvent(Change change, Finding finding) {

    public enum Change {
        OPENED,
        CHANGED,
        ENDED,
        /** Taken into a wider finding, such as a host's attack into its prefix's. */
        ABSORBED
    }
}
