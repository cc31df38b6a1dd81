package levee.server;

import java.time.Duration;

/**
 * What the server puts up with.
 *
 * @param connections open at the same time
 * @param viewers of {@code /api/v1/events} at the same time
 * @param idle after which a connection that neither sends nor takes anything is closed
 * @param heartbeat how often a viewer hears something when nothing happens
 * @param exportersInMetrics exporters with metrics of their own
 */
public record ServerLimits(int connections, int viewers, Duration idle, Duration heartbeat, int exportersInMetrics) {
    public static final ServerLimits USUAL =
            new ServerLimits(1_024, 500, Duration.ofSeconds(30), Duration.ofSeconds(10), 500);
}
