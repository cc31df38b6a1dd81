package levee.botnet;

import java.time.Instant;
import levee.model.InfectedHost;

/** What was said of a host last. */
final class Told {
    InfectedHost finding;

    /** When the level that is told was reached. */
    Instant levelSince;

    long toldNanos;

    /** When it was judged last. */
    long judgedNanos;

    Told(InfectedHost finding, Instant levelSince, long toldNanos) {
        this.finding = finding;
        this.levelSince = levelSince;
        this.toldNanos = toldNanos;
        judgedNanos = toldNanos;
    }
}
