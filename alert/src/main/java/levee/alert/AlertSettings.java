package levee.alert;

import java.time.Duration;
import java.util.Optional;

/**
 * When alerts are sent, and how much is kept meanwhile.
 *
 * @param groupingInterval the least time between two alerts of one finding, and between two digests
 * @param digestAbove so many findings waiting on one channel are told one by one; more in one digest
 * @param mostAttempts how often one alert is tried
 * @param oldest an alert that could not be sent for so long is given up
 * @param firstBackoff how long to wait after the first failure; doubles each time
 * @param longestBackoff the longest wait between two attempts
 * @param mostFindings how many findings are remembered for each channel
 * @param mostHandedOver how many events may wait for the alerting thread
 * @param page the address of a finding's page, with {@code {id}} where its id belongs
 */
public record AlertSettings(
        Duration groupingInterval,
        int digestAbove,
        int mostAttempts,
        Duration oldest,
        Duration firstBackoff,
        Duration longestBackoff,
        int mostFindings,
        int mostHandedOver,
        Optional<String> page) {
    public static final AlertSettings DEFAULT = new AlertSettings(
            Duration.ofMinutes(1),
            10,
            10,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            50_000,
            20_000,
            Optional.empty());

    /** How many characters of JSON wait at the most, for each channel and for the alerting thread. */
    static final long MOST_JSON_CHARACTERS = 32L << 20;

    public AlertSettings {
        if (groupingInterval.isNegative() || digestAbove < 1 || mostAttempts < 1 || mostFindings < 1) {
            throw new IllegalArgumentException("a setting of the alerts is too small");
        }
        if (mostHandedOver < 1 || firstBackoff.toMillis() < 1 || longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("a setting of the alerts is too small");
        }
    }

    public AlertSettings withPage(String template) {
        return new AlertSettings(
                groupingInterval,
                digestAbove,
                mostAttempts,
                oldest,
                firstBackoff,
                longestBackoff,
                mostFindings,
                mostHandedOver,
                Optional.of(template));
    }
}
