package levee.botnet;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** An own host and what is kept of it. Most hosts have nothing but the first fields. */
final class Host {
    private static final Set<BehaviourKind> OF_OTHERS = Set.of(
            BehaviourKind.BEACONING,
            BehaviourKind.DEAD_COMMAND_SERVER,
            BehaviourKind.LONG_CONNECTION,
            BehaviourKind.IRC,
            BehaviourKind.LOADING,
            BehaviourKind.DNS_TUNNEL,
            BehaviourKind.KNOWN_INDICATOR);

    /** Stands where no host is known yet. */
    static final Host NOBODY = new Host(0, 0, 0, 0);

    final long high;
    final long low;
    final long hash;
    final int firstSeconds;
    int lastSeconds;

    /** All that it sent on connections that it began. */
    long sentPackets;

    /** First contacts with other hosts, and how they went. */
    int contacts;

    int answered;
    int failed;

    /** Connections to which nothing came back, as far as was seen. */
    int unheard;

    /** Of those that answered, those at ports that anybody uses. */
    int ordinary;

    /** Bit by bit, which of 64 classes of high ports it talked to first: many of them are what peers use. */
    long peerPorts;

    /** Answers names for others, or asks many servers: what it asks, others want to know. */
    boolean isResolver;

    /** Asked a name and got an answer: names are seen. */
    boolean asksNames;

    /** Others outside bring it mail. */
    boolean isMailServer;

    /** Servers of names that it asked, first contacts. */
    int nameServers;

    /** Something changed since it was judged last. */
    boolean isDirty;

    /** It waits to be judged. */
    boolean isQueued;

    /** It has made way for another: nothing must be kept of it any more. */
    boolean isForgotten;

    Remembered remembered = Remembered.NOTHING;

    /** It has been told of. */
    @Nullable
    Told told;

    // What the watches keep.
    @Nullable
    SweepState sweeps;

    @Nullable
    PortSweepState portSweep;

    @Nullable
    GuessingState guessing;

    @Nullable
    FloodState flood;

    @Nullable
    ToolMarks marks;

    @Nullable
    ServerState servers;

    @Nullable
    NameState names;

    @Nullable
    DeadNameState deadName;

    @Nullable
    MailState mail;

    @Nullable
    PeerState peers;

    @Nullable
    LoadState loading;

    @Nullable
    IndicatorState indicators;

    @Nullable
    IdentityState identity;

    /** What the watches said last. */
    private @Nullable Map<BehaviourKind, Sign> signs;

    Host(long high, long low, long hash, int seconds) {
        this.high = high;
        this.low = low;
        this.hash = hash;
        firstSeconds = seconds;
        lastSeconds = seconds;
    }

    /** Whether behaviour is told by whom a host has to do with: servers and names. */
    static boolean isOfOthers(BehaviourKind kind) {
        return OF_OTHERS.contains(kind);
    }

    IpAddress address() {
        return new IpAddress(high, low);
    }

    /** Whether it talks to so many different high ports as only peers do. */
    boolean hasPeers() {
        return Long.bitCount(peerPorts) > 20;
    }

    Map<BehaviourKind, Sign> signs() {
        return signs == null ? Map.of() : signs;
    }

    /** Forgets what was said because of servers and names, which may be allowed now: what is still true is said again. */
    void takeBack() {
        if (signs != null) {
            signs.keySet().removeAll(OF_OTHERS);
        }
    }

    /** Takes over what the watches say now. */
    void say(Map<BehaviourKind, Sign> now) {
        signs = now.isEmpty() ? null : new EnumMap<>(now);
    }
}
