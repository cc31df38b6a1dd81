package levee.store;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param findings since their last update, with revisions and annotations
 * @param seconds points of {@link Resolution#SECOND}
 * @param minutes points of {@link Resolution#MINUTE}
 * @param audit lines of the audit trail
 * @param revisions how many of each finding, at least 1
 */
public record Retention(Duration findings, Duration seconds, Duration minutes, Duration audit, int revisions) {
    public static final Retention DEFAULT =
            new Retention(Duration.ofDays(400), Duration.ofDays(2), Duration.ofDays(400), Duration.ofDays(400), 100);

    public Retention {
        check("findings", findings);
        check("seconds", seconds);
        check("minutes", minutes);
        check("audit", audit);
        if (revisions < 1) {
            throw new IllegalArgumentException("keeping " + revisions + " revisions; at least 1 is needed");
        }
    }

    private static void check(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException(
                    "keeping " + what + " for " + duration + "; up to 100 years are allowed");
        }
    }
}
