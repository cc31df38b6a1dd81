package levee.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Truth.LookAlike;

/**
 * How right findings of infected hosts and their command servers are, over all runs. {@code docs/evaluation.md} gives the
 * rules.
 *
 * @param runs how many there were
 * @param labelled whether one of them has labels, so that hosts are what it is about
 * @param infected the infected hosts
 * @param hardlySeen those of them with so few malicious flows that they may show nothing
 * @param levels what was found, for each level
 * @param benign the hosts that are known to be benign
 * @param benignHostHours the hours in which they could have been accused
 * @param allPositive the measures of whoever calls all hosts infected
 * @param missed the infected hosts that are not held to be of the highest level
 * @param falseHosts benign hosts that were called infected
 * @param unknownHosts hosts that were called infected and of which nobody knows
 * @param families what hosts are infected with, by name, as far as truth says
 * @param lookAlikes by name; called infected where their host was
 * @param validation what weights and scores are worth, by these hosts
 */
public record HostEvaluation(
        int runs,
        boolean labelled,
        long infected,
        long hardlySeen,
        Map<Level, LevelScore> levels,
        long benign,
        double benignHostHours,
        WeightedMeasures allPositive,
        List<MissedHost> missed,
        List<FalseHost> falseHosts,
        List<FalseHost> unknownHosts,
        List<TrueServer> servers,
        List<FalseServer> falseServers,
        List<BehaviourScore> behaviours,
        List<FamilyScore> families,
        List<LookAlikeScore> lookAlikes,
        WeightValidation validation) {

    /** Of a list of servers, so many are looked at. */
    static final long FIRST_SERVERS = 3;

    public HostEvaluation {
        levels = Map.copyOf(levels);
        missed = List.copyOf(missed);
        falseHosts = List.copyOf(falseHosts);
        unknownHosts = List.copyOf(unknownHosts);
        servers = List.copyOf(servers);
        falseServers = List.copyOf(falseServers);
        behaviours = List.copyOf(behaviours);
        families = List.copyOf(families);
        lookAlikes = List.copyOf(lookAlikes);
    }

    /**
     * @param found infected hosts that are held to be of this level at least
     * @param foundHardlySeen those of them that are hardly seen
     * @param falsely benign hosts that are held to be so
     * @param minutes from the first malicious flow to the level; empty where nothing was found
     */
    public record LevelScore(
            long found, long foundHardlySeen, long falsely, Optional<Minutes> minutes, WeightedMeasures measures) {}

    public record Minutes(double median, double longest) {
        static Optional<Minutes> of(List<Double> minutes) {
            if (minutes.isEmpty()) {
                return Optional.empty();
            }
            List<Double> sorted = minutes.stream().sorted().toList();
            double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
            return Optional.of(new Minutes(median, sorted.getLast()));
        }
    }

    /**
     * @param family what it is infected with, where somebody says
     * @param isSuspected whether it is suspected at least
     * @param maliciousFlows how many malicious flows it began; empty where nobody counted
     */
    public record MissedHost(
            String run,
            IpAddress host,
            Optional<String> family,
            boolean isSuspected,
            OptionalLong maliciousFlows,
            boolean isHardlySeen,
            List<String> behaviours) {
        public MissedHost {
            behaviours = List.copyOf(behaviours);
        }
    }

    /**
     * @param behaviour the weightiest that it is said to show; empty where there is none
     * @param statement the first evidence of that
     * @param lookAlikes what truth knows it to do that looks alike
     */
    public record FalseHost(
            String run, IpAddress host, Level level, String behaviour, String statement, List<String> lookAlikes) {
        public FalseHost {
            lookAlikes = List.copyOf(lookAlikes);
        }
    }

    /**
     * @param rank among all servers that are named; empty where it is none
     * @param placeAtHost the best place among the servers of an infected host; empty where it is none
     */
    public record TrueServer(String run, Endpoint server, OptionalLong rank, OptionalLong placeAtHost) {
        boolean isNamed() {
            return rank.isPresent() || placeAtHost.isPresent();
        }

        boolean isAmongFirst() {
            return rank.orElse(Long.MAX_VALUE) <= FIRST_SERVERS || placeAtHost.orElse(Long.MAX_VALUE) <= FIRST_SERVERS;
        }
    }

    public record FalseServer(String run, Endpoint server, long rank, double confidence) {}

    /**
     * @param happened infected hosts that did it
     * @param right those of them that were found to
     * @param extra infected hosts that were found to do it, of which truth does not say so
     */
    public record BehaviourScore(String name, long happened, long right, long extra) {}

    /**
     * @param happened hosts that are infected with it
     * @param suspected those of them that are suspected at least
     * @param toNotify those of them that are so sure that their owner would be told
     */
    public record FamilyScore(String name, long happened, long suspected, long toNotify) {}

    /** Scores the findings of all runs together. */
    public static HostEvaluation of(List<HostRun> runs) {
        List<HostComparison> comparisons = runs.stream().map(HostComparison::of).toList();
        List<FalseHost> falseHosts = all(comparisons, run -> run.accused(Condition.BENIGN));
        Map<Level, LevelScore> levels = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            levels.put(level, level(level, comparisons, falseHosts));
        }
        List<KnownHost> infected = all(comparisons, HostComparison::infected);
        return new HostEvaluation(
                runs.size(),
                runs.stream().anyMatch(run -> !run.truth().othersAreBenign()),
                infected.size(),
                infected.stream().filter(KnownHost::isHardlySeen).count(),
                levels,
                runs.stream().mapToLong(run -> benign(run.truth())).sum(),
                runs.stream().mapToDouble(run -> run.truth().benignHostHours()).sum(),
                sum(comparisons, HostComparison::allPositive),
                all(comparisons, HostComparison::missed),
                falseHosts,
                all(comparisons, run -> run.accused(Condition.UNKNOWN)),
                all(comparisons, HostComparison::servers),
                all(comparisons, HostComparison::falseServers),
                behaviours(comparisons),
                families(comparisons),
                lookAlikes(comparisons),
                WeightValidation.of(comparisons));
    }

    private static LevelScore level(Level level, List<HostComparison> comparisons, List<FalseHost> falseHosts) {
        return new LevelScore(
                comparisons.stream()
                        .mapToLong(run -> run.found(level, host -> true))
                        .sum(),
                comparisons.stream()
                        .mapToLong(run -> run.found(level, KnownHost::isHardlySeen))
                        .sum(),
                falseHosts.stream()
                        .filter(host -> host.level().compareTo(level) >= 0)
                        .count(),
                Minutes.of(all(comparisons, run -> run.minutes(level))),
                sum(comparisons, run -> run.measures(level)));
    }

    private static long benign(HostTruth truth) {
        return truth.otherHosts()
                + truth.hosts().stream()
                        .filter(host -> host.condition() == Condition.BENIGN)
                        .count();
    }

    private static <T> List<T> all(List<HostComparison> runs, Function<HostComparison, List<T>> part) {
        return runs.stream().flatMap(run -> part.apply(run).stream()).toList();
    }

    private static WeightedMeasures sum(List<HostComparison> runs, Function<HostComparison, WeightedMeasures> part) {
        return runs.stream().map(part).reduce(WeightedMeasures.NONE, WeightedMeasures::plus);
    }

    private static List<BehaviourScore> behaviours(List<HostComparison> runs) {
        Map<String, BehaviourScore> byName = new TreeMap<>();
        for (HostComparison run : runs) {
            for (KnownHost host : run.infected()) {
                for (String name : host.behaviours()) {
                    add(byName, new BehaviourScore(name, 1, run.isShown(host, name) ? 1 : 0, 0));
                }
            }
            run.extraBehaviours().forEach(name -> add(byName, new BehaviourScore(name, 0, 0, 1)));
        }
        return List.copyOf(byName.values());
    }

    private static void add(Map<String, BehaviourScore> byName, BehaviourScore score) {
        byName.merge(
                score.name(),
                score,
                (a, b) -> new BehaviourScore(
                        a.name(), a.happened() + b.happened(), a.right() + b.right(), a.extra() + b.extra()));
    }

    private static List<FamilyScore> families(List<HostComparison> runs) {
        Map<String, FamilyScore> byName = new TreeMap<>();
        for (HostComparison run : runs) {
            for (KnownHost host : run.infected()) {
                host.family()
                        .ifPresent(name -> byName.merge(
                                name,
                                new FamilyScore(
                                        name,
                                        1,
                                        run.found(Level.SUSPECTED, host::equals),
                                        run.found(Level.NOTIFY, host::equals)),
                                (a, b) -> new FamilyScore(
                                        name,
                                        a.happened() + b.happened(),
                                        a.suspected() + b.suspected(),
                                        a.toNotify() + b.toNotify())));
            }
        }
        return List.copyOf(byName.values());
    }

    private static List<LookAlikeScore> lookAlikes(List<HostComparison> runs) {
        Map<String, List<Boolean>> byName = new TreeMap<>();
        for (HostComparison run : runs) {
            for (LookAlike lookAlike : run.run().truth().lookAlikes()) {
                byName.computeIfAbsent(lookAlike.name(), name -> new ArrayList<>())
                        .add(run.isAccused(lookAlike));
            }
        }
        return byName.entrySet().stream()
                .map(entry ->
                        new LookAlikeScore(entry.getKey(), entry.getValue().size(), (int) entry.getValue().stream()
                                .filter(called -> called)
                                .count()))
                .toList();
    }

    /** Whether there is nothing to tell: neither was anything known nor found of single hosts. */
    boolean isEmpty() {
        return !labelled
                && infected == 0
                && falseHosts.isEmpty()
                && unknownHosts.isEmpty()
                && servers.isEmpty()
                && falseServers.isEmpty();
    }

    LevelScore level(Level level) {
        return Optional.ofNullable(levels.get(level)).orElseThrow();
    }

    /** How many of the true command servers are so. */
    long servers(Predicate<TrueServer> are) {
        return servers.stream().filter(are).count();
    }
}
