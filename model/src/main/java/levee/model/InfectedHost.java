package levee.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An own host that acts as infected ones do.
 *
 * @param start when the first of its behaviours was first seen
 * @param end when one was last seen
 * @param level how much is dared to be said
 * @param levelSince when the evidence for this level sufficed, in the time of the traffic
 * @param score the logarithm of how much likelier all that was seen is of an infected host than of a healthy one, in
 *     decibans (ten times the decimal logarithm), with what is usual before anything is seen
 * @param probability that the host is infected; absent where nobody measured it
 * @param behaviours what it does, the weightiest first
 * @param against what speaks against it
 * @param commandServers who may command it, the likeliest first
 * @param identities who had the address meanwhile, as far as the traffic tells
 * @param visibility how much of its traffic was seen
 * @param group the group of own networks that it belongs to
 */
public record InfectedHost(
        String id,
        State state,
        IpAddress host,
        Instant start,
        Instant end,
        Level level,
        Instant levelSince,
        double score,
        Optional<Probability> probability,
        List<Behaviour> behaviours,
        List<Evidence> against,
        List<ServerContact> commandServers,
        List<Identity> identities,
        Attack.Visibility visibility,
        Optional<Group> group)
        implements Abuse {

    public static final String KIND = "infected-host";

    public InfectedHost {
        behaviours = List.copyOf(behaviours);
        against = List.copyOf(against);
        commandServers = List.copyOf(commandServers);
        identities = List.copyOf(identities);
    }

    /**
     * The score in decibans of a host of which nothing was seen: one in a hundred customers of a provider is infected (M3AAWG Bot Metrics
     * Report; van Eeten et al. 2010 say more).
     */
    public static final double PRIOR_DECIBANS = -20;

    /** How much is dared to be said of a host. */
    public enum Level {
        /** As likely as not, which is worth an operator's look. */
        SUSPECTED(0),
        /** So sure that its owner would be written to: ten to one for, since a letter that was not needed costs something. */
        NOTIFY(10);

        private final double leastDecibans;

        Level(double leastDecibans) {
            this.leastDecibans = leastDecibans;
        }

        /** The score from which on a host is of this level. */
        public double leastDecibans() {
            return leastDecibans;
        }

        /** The name in reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What infected hosts do. */
    public enum BehaviourKind {
        SCANNING("scanning"),
        BRUTE_FORCE("brute-force"),
        FLOODING("flooding"),
        BEACONING("beaconing"),
        DEAD_COMMAND_SERVER("dead-command-server"),
        LONG_CONNECTION("long-connection"),
        DGA("dga"),
        DNS_TUNNEL("dns-tunnel"),
        SPAM("spam"),
        PEER_TO_PEER("peer-to-peer"),
        KNOWN_INDICATOR("known-indicator"),
        SCAN_TOOL_FINGERPRINT("scan-tool-fingerprint"),
        /** Chat servers' commands on connections that bots keep open. */
        IRC("irc"),
        /** Loads a program from where others of its kind load it, or from a bare address. */
        LOADING("loading");

        private final String label;

        BehaviourKind(String label) {
            this.label = label;
        }

        /** The name in reports. */
        public String label() {
            return label;
        }
    }

    /**
     * One thing that the host does.
     *
     * @param weight its part in the score, in decibans
     * @param evidence what was measured
     * @param examples a few connections, the earliest first, by which whoever gave out the address finds its user
     */
    public record Behaviour(
            BehaviourKind kind,
            Instant firstSeen,
            Instant lastSeen,
            double weight,
            List<Evidence> evidence,
            List<Example> examples) {
        public Behaviour {
            evidence = List.copyOf(evidence);
            examples = List.copyOf(examples);
        }
    }

    /**
     * A connection of the host. Behind an address that many share (RFC 6302) only time and source port together tell who it
     * was.
     *
     * @param sourcePort of the host; 0 where there is none or it is not known
     */
    public record Example(Instant time, int sourcePort, Endpoint destination) {}

    /** How probable, the interval that holds it with 95 %, and of how many hosts it was measured. */
    public record Probability(double value, double low, double high, int sampleSize) {}

    /**
     * A server that may command the host.
     *
     * @param confidence 0 to 1
     * @param name that the host asked for or named, where one is known
     */
    public record ServerContact(Endpoint server, Optional<String> name, double confidence) {}

    /**
     * Who had the host's address, by DHCP.
     *
     * @param hardwareAddress such as {@code 00:11:22:33:44:55}; may be empty
     * @param name that the device gave itself; may be empty
     */
    public record Identity(Instant from, Instant to, String hardwareAddress, String name) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return host.toString();
    }

    @Override
    public List<Evidence> evidence() {
        return behaviours.stream()
                .flatMap(behaviour -> behaviour.evidence().stream())
                .toList();
    }

    /** Its evidence is of its behaviours, all of which were seen since: the gap is nothing to them. */
    @Override
    public InfectedHost continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new InfectedHost(
                earlierId,
                state,
                host,
                Continuation.earlier(earlierStart, start),
                end,
                level,
                levelSince,
                score,
                probability,
                behaviours,
                against,
                commandServers,
                identities,
                visibility,
                group);
    }
}
