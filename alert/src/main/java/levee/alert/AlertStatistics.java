package levee.alert;

import java.util.List;

/**
 * What alerting did since the start.
 *
 * @param handedOver events that were taken
 * @param dropped events that were not, since too many waited, or could not be told
 */
public record AlertStatistics(long handedOver, long dropped, List<ChannelStatistics> channels) {
    public AlertStatistics {
        channels = List.copyOf(channels);
    }
}
