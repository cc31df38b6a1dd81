package levee.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import levee.model.Endpoint;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;

/**
 * What a finding says of an infected host, as far as it is scored.
 *
 * @param start when the first behaviour was seen
 * @param end when the last one was seen
 * @param isOpen whether it was still held when last looked at
 * @param suspectedSince when the host was suspected first, as far as the findings say; a document that shows the host only
 *     with a higher level says no more than that it was by then
 * @param notifySince when it was first held to be so sure that its owner would be told; empty where it never was
 * @param highestScore the highest that was told, in decibans
 * @param behaviours what it is said to do, the weightiest first
 * @param weights the greatest weight in decibans of each behaviour that it was ever said to show, by name
 * @param commandServers who is said to command it, the likeliest first
 */
public record FoundHost(
        String id,
        IpAddress host,
        Instant start,
        Instant end,
        boolean isOpen,
        Instant suspectedSince,
        Optional<Instant> notifySince,
        double highestScore,
        List<FoundBehaviour> behaviours,
        Map<String, Double> weights,
        List<Endpoint> commandServers) {

    public FoundHost {
        behaviours = List.copyOf(behaviours);
        weights = Map.copyOf(weights);
        commandServers = List.copyOf(commandServers);
    }

    /** @param statement the first of its evidence; empty where there is none */
    public record FoundBehaviour(String name, double weight, String statement) {
        static FoundBehaviour of(InfectedHost.Behaviour behaviour) {
            return new FoundBehaviour(
                    behaviour.kind().label(),
                    behaviour.weight(),
                    behaviour.evidence().isEmpty()
                            ? ""
                            : behaviour.evidence().getFirst().statement());
        }
    }

    /** What is said now. */
    public static FoundHost of(InfectedHost finding) {
        List<FoundBehaviour> behaviours =
                finding.behaviours().stream().map(FoundBehaviour::of).toList();
        return new FoundHost(
                finding.id(),
                finding.host(),
                finding.start(),
                finding.end(),
                finding.state() == Finding.State.OPEN,
                finding.levelSince(),
                finding.level() == Level.NOTIFY ? Optional.of(finding.levelSince()) : Optional.empty(),
                finding.score(),
                behaviours,
                weights(behaviours),
                finding.commandServers().stream()
                        .map(InfectedHost.ServerContact::server)
                        .toList());
    }

    static Map<String, Double> weights(List<FoundBehaviour> behaviours) {
        return behaviours.stream().collect(Collectors.toMap(FoundBehaviour::name, FoundBehaviour::weight, Math::max));
    }

    /** The same finding as it is now, with the times of what was said of it before, and the most that was ever said. */
    public FoundHost after(FoundHost before) {
        return new FoundHost(
                id,
                host,
                start,
                end,
                isOpen,
                earlier(before.suspectedSince, suspectedSince),
                before.notifySince
                        .map(time -> notifySince.map(now -> earlier(time, now)).orElse(time))
                        .or(() -> notifySince),
                Math.max(before.highestScore, highestScore),
                behaviours,
                JudgedHost.greatest(before.weights, weights),
                commandServers);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Since when the host is held to be at least of this level. */
    Optional<Instant> since(Level level) {
        return switch (level) {
            case SUSPECTED -> Optional.of(suspectedSince);
            case NOTIFY -> notifySince;
        };
    }
}
