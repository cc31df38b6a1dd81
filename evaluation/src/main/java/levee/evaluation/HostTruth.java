package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Truth;
import levee.model.Truth.Behaviour;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;

/**
 * Which own hosts are infected in some traffic, and which are not.
 *
 * @param name what the traffic is
 * @param start of the first flow or packet
 * @param end of the last one
 * @param hosts those that are known by their addresses, in their order
 * @param otherHosts how many more own hosts there are, all of them benign, and there from start to end
 * @param othersAreBenign whether own hosts that are not among {@code hosts} are known to be benign
 * @param benignHostHours the hours of all benign hosts, summed
 */
public record HostTruth(
        String name,
        Instant start,
        Instant end,
        List<KnownHost> hosts,
        long otherHosts,
        boolean othersAreBenign,
        double benignHostHours,
        Set<Endpoint> commandServers,
        List<LookAlike> lookAlikes) {

    public HostTruth {
        hosts = hosts.stream().sorted(Comparator.comparing(KnownHost::host)).toList();
        commandServers = Set.copyOf(commandServers);
        lookAlikes = List.copyOf(lookAlikes);
    }

    /** What a document tells of hosts. All own hosts that it does not name as infected are benign. */
    public static HostTruth of(Truth truth) {
        Map<IpAddress, List<Behaviour>> behaviours = new HashMap<>();
        Map<IpAddress, Optional<String>> families = new HashMap<>();
        for (InfectedHost infected : truth.infectedHosts()) {
            families.merge(infected.host(), infected.family(), (first, other) -> first.or(() -> other));
            behaviours
                    .computeIfAbsent(infected.host(), host -> new ArrayList<>())
                    .addAll(infected.behaviours());
        }
        List<KnownHost> hosts = behaviours.entrySet().stream()
                .map(entry -> infected(
                        entry.getKey(),
                        families.getOrDefault(entry.getKey(), Optional.empty()),
                        entry.getValue(),
                        truth))
                .toList();
        long others = Math.max(0, truth.hosts() - hosts.size());
        double hours = Duration.between(truth.start(), truth.end()).toMillis() / 3_600_000.0;
        return new HostTruth(
                truth.name(),
                truth.start(),
                truth.end(),
                hosts,
                others,
                true,
                others * hours,
                Set.copyOf(truth.commandServers()),
                truth.lookAlikes());
    }

    private static KnownHost infected(
            IpAddress host, Optional<String> family, List<Behaviour> behaviours, Truth truth) {
        Set<Long> frames = new HashSet<>();
        behaviours.forEach(behaviour -> frames.addAll(Frames.between(behaviour.start(), behaviour.end())));
        Instant since = behaviours.stream()
                .map(Behaviour::start)
                .min(Comparator.naturalOrder())
                .orElse(truth.start());
        return new KnownHost(
                host,
                Condition.INFECTED,
                Optional.of(since),
                OptionalLong.empty(),
                0,
                frames,
                behaviours.stream().map(Behaviour::name).collect(Collectors.toSet()),
                family);
    }

    Optional<KnownHost> host(IpAddress address) {
        return hosts.stream().filter(known -> known.host().equals(address)).findFirst();
    }

    /** What is known of any address. */
    Condition condition(IpAddress address) {
        return host(address).map(KnownHost::condition).orElse(othersAreBenign ? Condition.BENIGN : Condition.UNKNOWN);
    }
}
