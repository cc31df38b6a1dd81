package levee.store;

import java.time.Instant;

/**
 * What was counted in one second or minute.
 *
 * @param series the name of the series, at most 200 characters
 * @param time the beginning of the second or minute; a time within it means the same
 */
public record TrafficPoint(String series, Instant time, long packets, long bytes) {
    /** How many series there may be. */
    public static final int MOST_SERIES = 10_000;

    /** How many points one range may span: more than a year of minutes. */
    public static final int MOST_IN_A_RANGE = 1_000_000;

    public TrafficPoint {
        StoreLimits.checkName("the name of a series", series);
        StoreLimits.checkTime("the time of a point", time);
        if (packets < 0 || bytes < 0) {
            throw new IllegalArgumentException("a point of " + packets + " packets and " + bytes + " bytes");
        }
    }
}
