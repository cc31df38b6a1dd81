package levee.botnet;

import java.util.List;
import levee.detection.MemoryBudget;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import org.jspecify.annotations.Nullable;

/** What one host has to do with one server. */
final class Pair {
    final long key;
    final Host host;
    final Remote remote;
    final long firstNanos;
    long lastNanos;

    int attempts;
    int answered;
    int refused;
    int unanswered;

    /** Of the connection that goes on, and of the longest one. */
    private long nowSeconds;

    private long longestSeconds;

    /** Said NICK, JOIN and the like. */
    int chatMessages;

    /** Began TLS without naming whom it wants; the same with a name. */
    int namelessHellos;

    int namedHellos;

    /** Offered no TLS that is thought safe. */
    int oldHellos;

    /** Asked over HTTP without saying whom, or in clear where others encrypt. */
    int oddRequests;

    // The connection of the event that came last.
    private char eventPort;
    private long eventNanos;

    /** Is among those of its host that are looked at. */
    boolean isListed;

    final Examples examples = new Examples();
    final ContactLog log;

    // What was made of the log last.
    private @Nullable BeaconScore score;
    private int scoredAttempts;

    /** What speaks for a command server of all that was seen, in decibans. */
    double interest;

    Pair(long key, Host host, Remote remote, long nanos, MemoryBudget budget) {
        this.key = key;
        this.host = host;
        this.remote = remote;
        firstNanos = nanos;
        lastNanos = nanos;
        log = new ContactLog(budget);
    }

    /** Whether the event before came over the same connection, a moment ago. */
    boolean isSameConnection(char initiatorPort, long nanos) {
        boolean isSame = initiatorPort == eventPort && Math.abs(nanos - eventNanos) < 60_000_000_000L;
        eventPort = initiatorPort;
        eventNanos = nanos;
        return isSame;
    }

    int failed() {
        return refused + unanswered;
    }

    /** @param begins whether it is a connection's first part */
    void lasts(long seconds, boolean begins) {
        nowSeconds = begins ? seconds : nowSeconds + seconds;
        longestSeconds = Math.max(longestSeconds, nowSeconds);
    }

    long longestSeconds() {
        return longestSeconds;
    }

    /** Made anew when a fifth more contacts have come. */
    BeaconScore score(int windowStart, int windowEnd) {
        BeaconScore known = score;
        if (known == null || attempts - scoredAttempts > scoredAttempts / 5) {
            known = log.score(windowStart, windowEnd);
            score = known;
            scoredAttempts = attempts;
        }
        return known;
    }

    /** What is said of it, with when it was seen and examples. */
    Sign sign(BehaviourKind kind, double weight, List<Evidence> evidence) {
        return new Sign(kind, weight, firstNanos, lastNanos, evidence, examples.list());
    }
}
