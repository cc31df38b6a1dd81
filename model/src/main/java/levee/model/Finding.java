package levee.model;

/** What a detector found, with its evidence. */
public sealed interface Finding permits Attack {

    /** Stable over reruns: derived from kind, subject and start. */
    String id();

    /** The kind in reports, such as {@code attack}. */
    String kind();
}
