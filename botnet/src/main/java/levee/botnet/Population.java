package levee.botnet;

import java.util.List;
import levee.model.Prefix;
import levee.telemetry.OwnAddresses;

/** What is known of the network as a whole. */
final class Population {
    private OwnAddresses own;
    private int hosts;
    private int startSeconds = Integer.MAX_VALUE;

    Population(List<Prefix> networks) {
        own = new OwnAddresses(networks);
    }

    void apply(List<Prefix> networks) {
        own = new OwnAddresses(networks);
    }

    /** How many own hosts are known. */
    int hosts() {
        return hosts;
    }

    void counts(int known) {
        hosts = known;
    }

    boolean isInside(long high, long low) {
        return own.contains(high, low);
    }

    void sees(int seconds) {
        startSeconds = Math.min(startSeconds, seconds);
    }

    void restart() {
        startSeconds = Integer.MAX_VALUE;
    }

    /** When watching began, in seconds since 1970. */
    int startSeconds() {
        return startSeconds;
    }
}
