package levee.evaluation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import levee.model.IpAddress;

/**
 * An own host of which something is known.
 *
 * @param infectedSince the time of the first thing that it did as an infected host; only where it is one
 * @param maliciousFlows how many flows it began that are labelled malicious; empty where nobody counted
 * @param activeHours the hours of the clock in which it began any flow
 * @param frames the numbers of the {@link Frames} in which it began a flow; a malicious one, if it is infected
 * @param behaviours what it did as an infected host, in the words of {@code docs/truth.schema.json}
 * @param family what it is infected with, where somebody says
 */
public record KnownHost(
        IpAddress host,
        Condition condition,
        Optional<Instant> infectedSince,
        OptionalLong maliciousFlows,
        long activeHours,
        Set<Long> frames,
        Set<String> behaviours,
        Optional<String> family) {

    /** So few malicious flows that they may show nothing. */
    static final long FEW_FLOWS = 10;

    public KnownHost {
        frames = Set.copyOf(frames);
        behaviours = Set.copyOf(behaviours);
    }

    /** How a host is. */
    public enum Condition {
        INFECTED,
        BENIGN,
        /** Nobody knows: background. */
        UNKNOWN
    }

    boolean isInfected() {
        return condition == Condition.INFECTED;
    }

    /** Whether it began {@value #FEW_FLOWS} malicious flows at the most. */
    boolean isHardlySeen() {
        return maliciousFlows.isPresent() && maliciousFlows.getAsLong() <= FEW_FLOWS;
    }
}
