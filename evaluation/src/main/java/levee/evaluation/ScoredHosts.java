package levee.evaluation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import levee.evaluation.KnownHost.Condition;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;

/**
 * The hosts of known truth in one capture, by what was said of them. Several runs may be of one capture, in other formats; then a
 * host is one all the same, and has the highest of its scores.
 *
 * @param capture its name
 * @param hosts those of which something was said or thought; hosts of which nobody knows are not among them
 * @param infected all infected hosts, also those of which nothing was said
 * @param benign all benign hosts, likewise
 */
record ScoredHosts(String capture, List<Host> hosts, long infected, long benign) {
    ScoredHosts {
        hosts = List.copyOf(hosts);
    }

    /**
     * @param level the highest that it was held to be of; empty if nobody was told of it
     * @param score the highest, in decibans
     * @param weights the greatest weight that was judged of each behaviour, in decibans, by its name
     */
    record Host(boolean isInfected, Optional<Level> level, double score, Map<String, Double> weights) {
        Host {
            weights = Map.copyOf(weights);
        }

        private static Host of(boolean isInfected, List<FoundHost> findings) {
            Map<String, Double> weights = new HashMap<>();
            findings.forEach(
                    finding -> finding.weights().forEach((name, weight) -> weights.merge(name, weight, Math::max)));
            OptionalDouble score =
                    findings.stream().mapToDouble(FoundHost::highestScore).max();
            boolean isSure =
                    findings.stream().anyMatch(finding -> finding.notifySince().isPresent());
            return new Host(
                    isInfected, Optional.of(isSure ? Level.NOTIFY : Level.SUSPECTED), score.orElseThrow(), weights);
        }

        private Host and(Host other) {
            return new Host(
                    isInfected || other.isInfected,
                    Stream.of(level, other.level).flatMap(Optional::stream).max(Comparator.naturalOrder()),
                    Math.max(score, other.score),
                    JudgedHost.greatest(weights, other.weights));
        }

        boolean isOf(Level least) {
            return level.isPresent() && level.get().compareTo(least) >= 0;
        }

        boolean shows(String behaviour) {
            return weights.containsKey(behaviour);
        }
    }

    /** What is gathered of a capture. */
    private static final class Gathered {
        private final Map<IpAddress, Condition> conditions = new HashMap<>();
        private final Map<IpAddress, Host> hosts = new LinkedHashMap<>();
        private long unnamedBenign;

        private void add(HostComparison run) {
            HostTruth truth = run.run().truth();
            truth.hosts().forEach(host -> conditions.merge(host.host(), host.condition(), Gathered::surer));
            unnamedBenign = Math.max(unnamedBenign, Math.max(truth.otherHosts(), accusedOfOthers(run)));
            run.run().judged().orElse(List.of()).forEach(host -> add(host, truth.condition(host.host())));
            run.found().forEach((host, findings) -> add(host.host(), Host.of(true, findings)));
            run.accused().forEach((host, findings) -> {
                if (truth.condition(host) == Condition.BENIGN) {
                    add(host, Host.of(false, findings));
                }
            });
        }

        /** Of the unnamed, all of them benign: there cannot be fewer of these, whatever truth counts. */
        private static long accusedOfOthers(HostComparison run) {
            HostTruth truth = run.run().truth();
            return truth.othersAreBenign()
                    ? run.accused().keySet().stream()
                            .filter(host -> truth.host(host).isEmpty())
                            .count()
                    : 0;
        }

        private static Condition surer(Condition a, Condition b) {
            return a.compareTo(b) < 0 ? a : b;
        }

        private void add(IpAddress address, Host host) {
            hosts.merge(address, host, Host::and);
        }

        private void add(JudgedHost host, Condition condition) {
            if (condition != Condition.UNKNOWN) {
                add(
                        host.host(),
                        new Host(
                                condition == Condition.INFECTED,
                                Optional.empty(),
                                host.highestScore(),
                                host.weights()));
            }
        }

        private long count(Condition condition) {
            return conditions.values().stream().filter(condition::equals).count();
        }

        private ScoredHosts of(String capture) {
            return new ScoredHosts(
                    capture,
                    List.copyOf(hosts.values()),
                    count(Condition.INFECTED),
                    unnamedBenign + count(Condition.BENIGN));
        }
    }

    /** By capture, in the order in which they come first. */
    static List<ScoredHosts> of(List<HostComparison> runs) {
        Map<String, Gathered> captures = new LinkedHashMap<>();
        for (HostComparison run : runs) {
            captures.computeIfAbsent(run.run().capture(), name -> new Gathered())
                    .add(run);
        }
        return captures.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey()))
                .toList();
    }

    /** How many infected hosts are so. */
    Share.Part infected(Predicate<Host> are) {
        return new Share.Part(count(Host::isInfected, are), infected);
    }

    Share.Part benign(Predicate<Host> are) {
        return new Share.Part(count(host -> !host.isInfected(), are), benign);
    }

    private long count(Predicate<Host> kind, Predicate<Host> are) {
        return hosts.stream().filter(kind.and(are)).count();
    }
}
