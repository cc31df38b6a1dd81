package levee.model;

import java.time.Instant;
import java.util.List;

/** What a detector found, with its evidence. */
public sealed interface Finding permits Attack, Abuse {

    /** Stable over reruns: derived from kind, subject and start. */
    String id();

    /** The kind in reports, such as {@code attack}. */
    String kind();

    /** What it is about, in one word: an address, a prefix, an endpoint. */
    String subject();

    State state();

    /** When what was found began, by what was seen. */
    Instant start();

    /** When it was last seen. */
    Instant end();

    /** Why it is thought to be so. */
    List<Evidence> evidence();

    /** Whether it was still going on when last looked at. */
    enum State {
        OPEN,
        ENDED
    }
}
