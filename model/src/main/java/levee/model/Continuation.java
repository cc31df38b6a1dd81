package levee.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How findings go on under an identity that they had before. */
final class Continuation {
    private Continuation() {}

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static List<Evidence> with(List<Evidence> evidence, Evidence one) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(one);
        return all;
    }
}
