package levee.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was learned of ordinary traffic.
 *
 * @param since when learning began, if anything was seen
 * @param minutes of which anything was seen
 * @param networksConfigured false where nobody said which networks are the own ones
 * @param targets the highest rates first
 */
public record LearningReport(
        Optional<Instant> since,
        long minutes,
        boolean networksConfigured,
        List<Network> networks,
        List<TargetRate> targets) {
    public LearningReport {
        networks = List.copyOf(networks);
        targets = List.copyOf(targets);
    }

    /**
     * Means of a minute.
     *
     * @param percentile95 what 95 of 100 minutes do not exceed
     * @param percentile99 what 99 of 100 minutes do not exceed
     */
    public record Span(double median, double percentile95, double percentile99, double maximum) {}

    /** What goes into a network, or comes from it. */
    public record Traffic(Span packetsPerSecond, Span bitsPerSecond) {}

    /** An own network, or a group of them. */
    public record Network(String name, Traffic inbound, Traffic outbound) {}

    /**
     * Traffic that could be part of an attack, but was not called one.
     *
     * @param target a host or prefix
     * @param vector what it would be
     * @param usual packets per second that its fullest seconds usually reach
     * @param highest packets of its fullest second
     * @param alarm packets per second from which on it is judged as an attack now
     * @param minutes that it was watched for, about
     */
    public record TargetRate(
            String target, String vector, double usual, double highest, double alarm, long minutes, Instant lastSeen) {}
}
