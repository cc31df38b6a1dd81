package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import levee.evaluation.FoundHost.FoundBehaviour;
import levee.evaluation.HostEvaluation.FalseHost;
import levee.evaluation.HostEvaluation.FalseServer;
import levee.evaluation.HostEvaluation.MissedHost;
import levee.evaluation.HostEvaluation.TrueServer;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Truth.LookAlike;

/**
 * The infected hosts that were found in one run, beside those that there are.
 *
 * @param found each infected host that was found at all, with what was said of it
 * @param accused the other hosts that were called infected, with what was said of each
 */
record HostComparison(HostRun run, Map<KnownHost, List<FoundHost>> found, Map<IpAddress, List<FoundHost>> accused) {

    /** Which of the behaviours that findings tell make right what truth calls so; itself where it is none of these. */
    private static final Map<String, Set<String>> SHOWN_AS = Map.of(
            "command-and-control",
            Set.of(
                    "beaconing",
                    "dead-command-server",
                    "long-connection",
                    "irc",
                    "dns-tunnel",
                    "peer-to-peer",
                    "known-indicator"),
            "scanning",
            Set.of("scanning", "scan-tool-fingerprint", "brute-force"));

    static HostComparison of(HostRun run) {
        Map<IpAddress, List<FoundHost>> byHost = run.hosts().stream()
                .collect(Collectors.groupingBy(FoundHost::host, LinkedHashMap::new, Collectors.toList()));
        Map<KnownHost, List<FoundHost>> found = new LinkedHashMap<>();
        for (KnownHost host : run.truth().hosts()) {
            List<FoundHost> findings = byHost.getOrDefault(host.host(), List.of()).stream()
                    .filter(finding -> !isBefore(finding, host))
                    .toList();
            if (host.isInfected() && !findings.isEmpty()) {
                found.put(host, findings);
            }
        }
        Map<IpAddress, List<FoundHost>> accused = new LinkedHashMap<>();
        byHost.forEach((host, findings) -> {
            if (run.truth().condition(host) != Condition.INFECTED) {
                accused.put(host, findings);
            }
        });
        return new HostComparison(run, found, accused);
    }

    /** Whether a finding was over before the host did anything. */
    private static boolean isBefore(FoundHost finding, KnownHost host) {
        return host.infectedSince().isPresent()
                && finding.end().isBefore(host.infectedSince().get());
    }

    List<KnownHost> infected() {
        return run.truth().hosts().stream().filter(KnownHost::isInfected).toList();
    }

    /** When a host was held to be of a level first; empty where it never was. */
    private static Optional<Instant> since(List<FoundHost> findings, Level level) {
        return findings.stream()
                .flatMap(finding -> finding.since(level).stream())
                .min(Comparator.naturalOrder());
    }

    /** How many of some infected hosts are held to be of a level at least. */
    long found(Level level, Predicate<KnownHost> some) {
        return found.entrySet().stream()
                .filter(entry -> some.test(entry.getKey()))
                .filter(entry -> since(entry.getValue(), level).isPresent())
                .count();
    }

    /** Minutes from the first thing that each infected host did until it was found; 0 where that was earlier. */
    List<Double> minutes(Level level) {
        List<Double> minutes = new ArrayList<>();
        found.forEach((host, findings) -> {
            Optional<Instant> since = since(findings, level);
            if (since.isPresent() && host.infectedSince().isPresent()) {
                Duration delay = Duration.between(host.infectedSince().get(), since.get());
                minutes.add(Math.max(0, delay.toMillis() / 60_000.0));
            }
        });
        return minutes;
    }

    /** The infected hosts that are not held to be of the highest level. */
    List<MissedHost> missed() {
        return infected().stream()
                .filter(host ->
                        since(found.getOrDefault(host, List.of()), Level.NOTIFY).isEmpty())
                .map(host -> new MissedHost(
                        run.truth().name(),
                        host.host(),
                        host.family(),
                        found.containsKey(host),
                        host.maliciousFlows(),
                        host.isHardlySeen(),
                        host.behaviours().stream().sorted().toList()))
                .toList();
    }

    /** Hosts of which truth says this, and that were called infected. */
    List<FalseHost> accused(Condition condition) {
        return accused.entrySet().stream()
                .filter(entry -> run.truth().condition(entry.getKey()) == condition)
                .map(entry -> falseHost(entry.getKey(), entry.getValue()))
                .toList();
    }

    private FalseHost falseHost(IpAddress host, List<FoundHost> findings) {
        Optional<FoundBehaviour> weightiest = findings.stream()
                .flatMap(finding -> finding.behaviours().stream())
                .max(Comparator.comparing(FoundBehaviour::weight));
        return new FalseHost(
                run.truth().name(),
                host,
                since(findings, Level.NOTIFY).isPresent() ? Level.NOTIFY : Level.SUSPECTED,
                weightiest.map(FoundBehaviour::name).orElse(""),
                weightiest.map(FoundBehaviour::statement).orElse(""),
                lookAlikes(host).map(LookAlike::name).distinct().sorted().toList());
    }

    private Stream<LookAlike> lookAlikes(IpAddress host) {
        return run.truth().lookAlikes().stream()
                .filter(lookAlike -> lookAlike.target().equals(host));
    }

    /** Whether the host of a look-alike was called infected. */
    boolean isAccused(LookAlike lookAlike) {
        return accused.containsKey(lookAlike.target());
    }

    List<TrueServer> servers() {
        return run.truth().commandServers().stream()
                .sorted()
                .map(server -> new TrueServer(run.truth().name(), server, rank(server), placeAtHost(server)))
                .toList();
    }

    private OptionalLong rank(Endpoint server) {
        return run.servers().stream()
                .filter(named -> named.server().equals(server))
                .mapToLong(FoundServer::rank)
                .min();
    }

    /** The best place that it has among the command servers of a host. */
    private OptionalLong placeAtHost(Endpoint server) {
        return found.values().stream()
                .flatMap(List::stream)
                .flatMapToLong(finding -> {
                    int place = finding.commandServers().indexOf(server);
                    return place < 0 ? LongStream.empty() : LongStream.of(place + 1);
                })
                .min();
    }

    /** Those that are said to command hosts that are known, and do not. Another port of a true one is not so wrong. */
    List<FalseServer> falseServers() {
        Set<IpAddress> addresses =
                run.truth().commandServers().stream().map(Endpoint::address).collect(Collectors.toSet());
        return run.servers().stream()
                .filter(FoundServer::commands)
                .filter(named -> !addresses.contains(named.server().address()))
                .filter(named -> named.hosts().isEmpty()
                        || named.hosts().stream().anyMatch(host -> run.truth().condition(host) != Condition.UNKNOWN))
                .map(named -> new FalseServer(run.truth().name(), named.server(), named.rank(), named.confidence()))
                .toList();
    }

    /** Whether an infected host was found to do what truth calls so. */
    boolean isShown(KnownHost host, String behaviour) {
        return isShown(host, SHOWN_AS.getOrDefault(behaviour, Set.of(behaviour))::contains);
    }

    private boolean isShown(KnownHost host, Predicate<String> names) {
        return found.getOrDefault(host, List.of()).stream()
                .flatMap(finding -> finding.behaviours().stream())
                .anyMatch(shown -> names.test(shown.name()));
    }

    /** Behaviours of infected hosts that were found though truth does not tell of them. */
    Stream<String> extraBehaviours() {
        return found.entrySet().stream().flatMap(entry -> {
            Set<String> expected = entry.getKey().behaviours().stream()
                    .flatMap(name -> SHOWN_AS.getOrDefault(name, Set.of(name)).stream())
                    .collect(Collectors.toSet());
            return entry.getValue().stream()
                    .flatMap(finding -> finding.behaviours().stream())
                    .map(FoundBehaviour::name)
                    .distinct()
                    .filter(name -> !expected.contains(name));
        });
    }

    WeightedMeasures measures(Level level) {
        Map<IpAddress, List<FoundHost>> byHost = run.hosts().stream().collect(Collectors.groupingBy(FoundHost::host));
        List<List<FoundHost>> others = accused.entrySet().stream()
                .filter(entry -> run.truth().host(entry.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
        return WeightedMeasures.of(
                run.truth(),
                (host, frame) -> holds(byHost.getOrDefault(host, List.of()), level, frame),
                frame -> others.stream()
                        .filter(findings -> holds(findings, level, frame))
                        .count());
    }

    /** Whether a host is held to be of a level at some time in a frame. */
    private static boolean holds(List<FoundHost> findings, Level level, long frame) {
        return findings.stream()
                .anyMatch(finding -> finding.since(level)
                        .filter(since -> Frames.of(since) <= frame)
                        .filter(since -> finding.isOpen() || frame <= Frames.of(finding.end()))
                        .isPresent());
    }

    /** Of whoever calls all hosts infected, all the time. */
    WeightedMeasures allPositive() {
        return WeightedMeasures.of(run.truth(), (host, frame) -> true, frame -> Long.MAX_VALUE);
    }
}
