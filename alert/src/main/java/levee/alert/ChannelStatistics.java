package levee.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * What a channel did since the start.
 *
 * @param channel its name
 * @param sent alerts that the receiver took; a digest is one
 * @param failed alerts that were refused, or given up after too many attempts or too long a time
 * @param retried attempts that failed and were or will be repeated
 * @param dropped events that were not kept because too many findings are open
 * @param suppressed alerts held back because the finding is muted or acknowledged
 * @param withheld alerts that would have been sent, were it not for monitor mode
 * @param waiting findings of which something is still to be told
 * @param lastError without secrets
 */
public record ChannelStatistics(
        String channel,
        long sent,
        long failed,
        long retried,
        long dropped,
        long suppressed,
        long withheld,
        int waiting,
        Optional<LastError> lastError,
        Optional<Instant> lastSuccess) {

    /** The most recent failure. */
    public record LastError(Instant at, String text) {}
}
