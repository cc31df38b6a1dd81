package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import levee.model.Amounts;
import levee.model.CommandServer;
import levee.model.CommandServer.Role;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.FindingId;
import levee.model.InfectedHost.ServerContact;
import levee.model.IpAddress;
import levee.model.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * Infers who commands hosts that are thought infected: servers to which they come back and healthy hosts do not. Several infected
 * hosts with the same rare server are strong evidence; a single one with a rare server is some.
 */
final class CommandServers {
    private static final double LEAST = 6;
    private static final double EVEN = 14;
    private static final double SHARED = 8;
    private static final int MOST_OF_HOST = 5;
    private static final int MOST = 256;

    private final Consumer<FindingEvent> listener;
    private final Map<Endpoint, CommandServer> told = new LinkedHashMap<>();
    private final Botnets botnets;
    private boolean tellsAll;
    private Map<Host, List<ServerContact>> byHost = new HashMap<>();

    CommandServers(Consumer<FindingEvent> listener) {
        this.listener = listener;
        botnets = new Botnets(listener);
    }

    /** One endpoint and what speaks for it. */
    private static final class Candidate {
        private final Endpoint endpoint;
        private final Map<Host, Double> hosts = new LinkedHashMap<>();
        private final List<Pair> pairs = new ArrayList<>();
        private Optional<String> name = Optional.empty();
        private boolean isLoader;

        /** What speaks for the server by the name. */
        private double ofName;

        Candidate(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        double score() {
            double sum = hosts.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            return sum + Decibans.doubling(hosts.size(), SHARED);
        }

        double confidence() {
            return 1 / (1 + Math.pow(10, (EVEN - score()) / 10));
        }
    }

    /** Who commands a host, the likeliest first. */
    List<ServerContact> of(Host host) {
        return byHost.getOrDefault(host, List.of());
    }

    /** Tells of all as they stand, though little changed. */
    void lookAtLast(Collection<Host> infected) {
        tellsAll = true;
        look(infected);
        tellsAll = false;
    }

    void look(Collection<Host> infected) {
        Map<Endpoint, Candidate> candidates = new HashMap<>();
        for (Host host : infected) {
            collect(host, candidates);
        }
        List<Candidate> ranked = candidates.values().stream()
                .filter(candidate -> candidate.score() >= LEAST)
                .sorted(Comparator.comparingDouble(Candidate::score)
                        .reversed()
                        .thenComparing(candidate -> candidate.endpoint))
                .limit(MOST)
                .toList();
        tell(ranked);
        noteByHost(ranked);
        botnets.look(infected, told.values());
    }

    private static void collect(Host host, Map<Endpoint, Candidate> candidates) {
        ServerState state = host.servers;
        if (state != null) {
            Set<IpAddress> victims = victims(host);
            state.pairs.stream()
                    .filter(pair -> !victims.contains(pair.remote.address()))
                    .map(pair -> new Interest(pair, ServerInterest.of(host, pair)))
                    .filter(interest -> interest.decibans() > 0)
                    .sorted(Comparator.comparingDouble(Interest::decibans).reversed())
                    .limit(MOST_OF_HOST)
                    .forEach(interest -> add(candidates, host, interest));
        }
        LoadState loading = host.loading;
        if (loading != null && loading.decibans > LoadWatch.MOST_INSIDE) {
            Endpoint endpoint = Examples.endpoint(loading.high, loading.low, loading.port, Protocols.TCP);
            Candidate candidate = candidates.computeIfAbsent(endpoint, Candidate::new);
            candidate.isLoader = true;
            candidate.hosts.merge(host, EVEN, Math::max);
        }
    }

    /** A server and what speaks for it. */
    private record Interest(Pair pair, double decibans) {}

    private static void add(Map<Endpoint, Candidate> candidates, Host host, Interest interest) {
        Pair pair = interest.pair();
        Candidate candidate = candidates.computeIfAbsent(pair.remote.endpoint(), Candidate::new);
        candidate.hosts.merge(host, interest.decibans(), Math::max);
        candidate.pairs.add(pair);
        // A proxy is asked for many names, of which one is the command server's.
        if (pair.remote.name != null && interest.decibans() > candidate.ofName) {
            candidate.ofName = interest.decibans();
            candidate.name = Optional.of(pair.remote.name);
        }
    }

    /** Whom a host attacks it talks to very much, but does not obey. */
    private static Set<IpAddress> victims(Host host) {
        Set<IpAddress> victims = new HashSet<>();
        if (host.flood != null) {
            for (FloodState.Target target : host.flood.targets) {
                if (target != null && target.floods > 0) {
                    victims.add(new IpAddress(target.high, target.low));
                }
            }
        }
        if (host.portSweep != null) {
            for (PortSweepState.Target target : host.portSweep.targets) {
                if (target != null && target.failedPorts > 10) {
                    victims.add(new IpAddress(target.high, target.low));
                }
            }
        }
        return victims;
    }

    private void tell(List<Candidate> ranked) {
        Set<Endpoint> present = new HashSet<>();
        for (int i = 0; i < ranked.size(); i++) {
            Candidate candidate = ranked.get(i);
            present.add(candidate.endpoint);
            CommandServer before = told.get(candidate.endpoint);
            CommandServer now = finding(candidate, i + 1, before);
            told.put(candidate.endpoint, now);
            if (before == null) {
                listener.accept(new FindingEvent(Change.OPENED, now));
            } else if (tellsAll || isMuchElse(before, now)) {
                listener.accept(new FindingEvent(Change.CHANGED, now));
            } else {
                told.put(candidate.endpoint, before);
            }
        }
        told.entrySet().removeIf(entry -> {
            boolean isGone = !present.contains(entry.getKey());
            if (isGone) {
                listener.accept(new FindingEvent(Change.ABSORBED, entry.getValue()));
            }
            return isGone;
        });
    }

    private static boolean isMuchElse(CommandServer before, CommandServer now) {
        return before.rank() != now.rank()
                || before.role() != now.role()
                || !before.hosts().equals(now.hosts())
                || Math.abs(before.confidence() - now.confidence()) > 0.1;
    }

    private static CommandServer finding(Candidate candidate, int rank, @Nullable CommandServer before) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Pair pair : candidate.pairs) {
            first = Math.min(first, pair.firstNanos);
            last = Math.max(last, pair.lastNanos);
        }
        for (Host host : candidate.hosts.keySet()) {
            LoadState loading = host.loading;
            if (candidate.isLoader && loading != null) {
                first = Math.min(first, loading.firstNanos);
                last = Math.max(last, loading.lastNanos);
            }
        }
        Instant start = before == null ? Instant.ofEpochSecond(0, first) : before.start();
        List<IpAddress> hosts = candidate.hosts.entrySet().stream()
                .sorted(Map.Entry.<Host, Double>comparingByValue().reversed())
                .map(entry -> entry.getKey().address())
                .toList();
        return new CommandServer(
                before == null ? FindingId.of(CommandServer.KIND, candidate.endpoint.toString(), start) : before.id(),
                State.OPEN,
                candidate.endpoint,
                candidate.isLoader ? Role.LOADER : Role.COMMAND,
                candidate.name,
                rank,
                candidate.confidence(),
                hosts,
                start,
                Instant.ofEpochSecond(0, last),
                evidence(candidate));
    }

    private static List<Evidence> evidence(Candidate candidate) {
        List<Evidence> evidence = new ArrayList<>();
        int others = 0;
        for (Pair pair : candidate.pairs) {
            others = Math.max(others, pair.remote.hostCount());
        }
        int healthy = Math.max(0, others - candidate.hosts.size());
        evidence.add(new Evidence(
                String.format(
                        Locale.ROOT,
                        "%d suspected %s to it, and %d %s",
                        candidate.hosts.size(),
                        candidate.hosts.size() == 1 ? "host comes" : "hosts come",
                        healthy,
                        healthy == 1 ? "other" : "others"),
                candidate.hosts.size(),
                1,
                "distinct hosts"));
        candidate.pairs.stream()
                .max(Comparator.comparingInt(pair -> pair.attempts))
                .ifPresent(pair -> evidence.add(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "%s came %s, of which %,d were answered, and stayed %,d s at the longest",
                                pair.host.address(),
                                Amounts.count(pair.attempts, "time"),
                                pair.answered,
                                pair.longestSeconds()),
                        pair.attempts,
                        1,
                        "connections")));
        if (candidate.isLoader) {
            evidence.add(new Evidence("programs were fetched from it", 1, 1, "HTTP requests"));
        }
        return evidence;
    }

    private void noteByHost(List<Candidate> ranked) {
        Map<Host, List<ServerContact>> contacts = new HashMap<>();
        for (Candidate candidate : ranked) {
            for (Host host : candidate.hosts.keySet()) {
                List<ServerContact> list = contacts.computeIfAbsent(host, any -> new ArrayList<>());
                if (!candidate.isLoader && list.size() < MOST_OF_HOST) {
                    list.add(new ServerContact(candidate.endpoint, candidate.name, candidate.confidence()));
                }
            }
        }
        byHost = contacts;
    }

    void finish() {
        told.clear();
        byHost = new HashMap<>();
        botnets.finish();
    }
}
