package levee.evaluation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;

/**
 * Makes truth about hosts of flows with labels. A host is infected where a flow that it began is malicious, and benign where
 * one is normal and none malicious; of the others nobody knows. Who is not in the own networks may attack them, but is
 * nobody's infected host here.
 */
public final class LabelledHosts {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_HOUR = 3600;

    /** More own hosts than a capture has; their frames would not fit into the memory. */
    static final int MOST_HOSTS = 1_000_000;

    private final String name;
    private final OwnNetworks networks;
    private final Map<IpAddress, Host> hosts = new HashMap<>();
    private final Set<Endpoint> commandServers = new HashSet<>();
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /** What the flows of a host said so far. */
    private static final class Host {
        private final Set<Long> hours = new HashSet<>();
        private final Set<Long> frames = new HashSet<>();
        private final Set<Long> maliciousFrames = new HashSet<>();
        private final Set<String> behaviours = new HashSet<>();
        private boolean isNormal;
        private long maliciousFlows;
        private long firstMaliciousNanos = Long.MAX_VALUE;
    }

    /**
     * @param name what the traffic is
     * @param networks the own ones
     */
    public LabelledHosts(String name, List<Prefix> networks) {
        this.name = name;
        this.networks = OwnNetworks.of(networks);
    }

    /**
     * Takes a flow into account.
     *
     * @param startNanos when it began, since 1970-01-01T00:00Z
     * @param verdict what it makes of who began it
     * @param behaviour what that was about, if it is malicious
     * @param commandServer who was to give the commands, if it is that
     */
    public void flow(
            long startNanos,
            IpAddress initiator,
            Condition verdict,
            Optional<String> behaviour,
            Optional<Endpoint> commandServer) {
        firstNanos = Math.min(firstNanos, startNanos);
        lastNanos = Math.max(lastNanos, startNanos);
        if (!networks.contains(initiator.high(), initiator.low())) {
            return;
        }
        if (hosts.size() > MOST_HOSTS) {
            return;
        }
        Host host = hosts.computeIfAbsent(initiator, address -> new Host());
        long frame = Frames.of(instant(startNanos));
        host.hours.add(Math.floorDiv(startNanos, SECONDS_PER_HOUR * NANOS_PER_SECOND));
        host.frames.add(frame);
        switch (verdict) {
            case INFECTED -> {
                host.maliciousFlows++;
                host.firstMaliciousNanos = Math.min(host.firstMaliciousNanos, startNanos);
                host.maliciousFrames.add(frame);
                behaviour.ifPresent(host.behaviours::add);
                commandServer.ifPresent(commandServers::add);
            }
            case BENIGN -> host.isNormal = true;
            case UNKNOWN -> {}
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    /**
     * What is known after all flows.
     *
     * @throws InvalidDocumentException if there are too many hosts to compare
     */
    public HostTruth truth() throws InvalidDocumentException {
        if (hosts.size() > MOST_HOSTS) {
            throw new InvalidDocumentException(
                    "there are more than " + MOST_HOSTS + " own hosts; give levee analyze the own networks");
        }
        List<KnownHost> known = hosts.entrySet().stream()
                .map(entry -> known(entry.getKey(), entry.getValue()))
                .toList();
        boolean isEmpty = firstNanos > lastNanos;
        return new HostTruth(
                name,
                isEmpty ? Instant.EPOCH : instant(firstNanos),
                isEmpty ? Instant.EPOCH : instant(lastNanos),
                known,
                0,
                false,
                known.stream()
                        .filter(host -> host.condition() == Condition.BENIGN)
                        .mapToLong(KnownHost::activeHours)
                        .sum(),
                commandServers,
                List.of());
    }

    private static KnownHost known(IpAddress address, Host host) {
        boolean isInfected = host.maliciousFlows > 0;
        return new KnownHost(
                address,
                isInfected ? Condition.INFECTED : host.isNormal ? Condition.BENIGN : Condition.UNKNOWN,
                isInfected ? Optional.of(instant(host.firstMaliciousNanos)) : Optional.empty(),
                OptionalLong.of(host.maliciousFlows),
                host.hours.size(),
                isInfected ? host.maliciousFrames : host.frames,
                host.behaviours,
                Optional.empty());
    }
}
