package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.CommandServer.Role;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.FindingId;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that act alike: those that share a command server, and those that look for the same service with the same tool (the idea
 * of BotMiner: alike in whom they talk to, or alike in what they do).
 */
final class Botnets {
    private static final int FEWEST = 2;
    private static final int FEWEST_ALIKE = 3;
    private static final int MOST = 64;
    private static final double SURE = 0.5;

    private final Consumer<FindingEvent> listener;

    /** What was told, by what holds the group together. */
    private final Map<String, Botnet> told = new LinkedHashMap<>();

    Botnets(Consumer<FindingEvent> listener) {
        this.listener = listener;
    }

    /** Hosts and what holds them together. */
    private record Group(List<Host> hosts, List<Endpoint> servers, double confidence, Evidence reason) {}

    void look(Iterable<Host> infected, Iterable<CommandServer> servers) {
        Map<IpAddress, Host> byAddress = new LinkedHashMap<>();
        infected.forEach(host -> byAddress.put(host.address(), host));
        Map<String, Group> groups = new LinkedHashMap<>();
        Set<Host> grouped = new HashSet<>();
        for (CommandServer server : servers) {
            List<Host> hosts = server.hosts().stream()
                    .map(byAddress::get)
                    .filter(host -> host != null && !grouped.contains(host))
                    .map(Host.class::cast)
                    .toList();
            if (server.role() == Role.COMMAND && server.confidence() >= SURE && hosts.size() >= FEWEST) {
                grouped.addAll(hosts);
                groups.put(
                        server.server().toString(),
                        new Group(
                                hosts,
                                List.of(server.server()),
                                server.confidence(),
                                new Evidence(
                                        hosts.size() + " suspected hosts come to " + server.server(),
                                        hosts.size(),
                                        FEWEST,
                                        "hosts with the same command server")));
            }
        }
        alike(byAddress.values(), grouped, groups);
        tell(groups);
    }

    private static void alike(Iterable<Host> infected, Set<Host> grouped, Map<String, Group> groups) {
        Map<String, List<Host>> byHabit = new LinkedHashMap<>();
        for (Host host : infected) {
            String habit = habit(host);
            if (!habit.isEmpty() && !grouped.contains(host)) {
                byHabit.computeIfAbsent(habit, any -> new ArrayList<>()).add(host);
            }
        }
        byHabit.forEach((habit, hosts) -> {
            if (hosts.size() >= FEWEST_ALIKE) {
                groups.put(
                        habit,
                        new Group(
                                hosts,
                                List.of(),
                                Math.min(0.9, 0.5 + 0.05 * hosts.size()),
                                new Evidence(
                                        hosts.size() + " suspected hosts act alike: " + habit,
                                        hosts.size(),
                                        FEWEST_ALIKE,
                                        "hosts that look for the same service in the same way")));
            }
        });
    }

    /** What a host does so that others who do it, too, are likely to belong together; empty where that is nothing special. */
    private static String habit(Host host) {
        SweepState sweeps = host.sweeps;
        if (sweeps == null || !host.signs().containsKey(BehaviourKind.SCANNING)) {
            return "";
        }
        SweepState.Service most = null;
        for (SweepState.Service service : sweeps.services) {
            if (service != null && (most == null || service.failed + service.unknown > most.failed + most.unknown)) {
                most = service;
            }
        }
        ToolMarks marks = host.marks;
        String tool = marks == null || !host.signs().containsKey(BehaviourKind.SCAN_TOOL_FINGERPRINT)
                ? ""
                : marks.mirai >= marks.zmap + marks.masscan ? " like Mirai" : " with a scanning tool";
        return most == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "scanning for %s%s",
                        Protocols.service(most.protocol, most.protocol == 1 ? 0 : most.port),
                        tool);
    }

    private void tell(Map<String, Group> groups) {
        Set<String> present = new HashSet<>();
        groups.forEach((key, group) -> {
            if (present.size() == MOST) {
                return;
            }
            present.add(key);
            Botnet before = told.get(key);
            Botnet now = finding(key, group, before);
            if (before == null || !before.hosts().equals(now.hosts())) {
                told.put(key, now);
                listener.accept(new FindingEvent(before == null ? Change.OPENED : Change.CHANGED, now));
            }
        });
        told.entrySet().removeIf(entry -> {
            boolean isGone = !present.contains(entry.getKey());
            if (isGone) {
                listener.accept(new FindingEvent(Change.ABSORBED, entry.getValue()));
            }
            return isGone;
        });
    }

    private static Botnet finding(String key, Group group, @Nullable Botnet before) {
        Map<BehaviourKind, Integer> shared = new EnumMap<>(BehaviourKind.class);
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Host host : group.hosts()) {
            for (Sign sign : host.signs().values()) {
                shared.merge(sign.kind(), 1, Integer::sum);
                Instant start = Instant.ofEpochSecond(0, sign.firstNanos());
                Instant end = Instant.ofEpochSecond(0, sign.lastNanos());
                first = start.isBefore(first) ? start : first;
                last = end.isAfter(last) ? end : last;
            }
        }
        List<BehaviourKind> behaviours = shared.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() >= group.hosts().size())
                .map(Map.Entry::getKey)
                .toList();
        Instant start = before == null ? first : before.start();
        return new Botnet(
                before == null ? FindingId.of(Botnet.KIND, key, start) : before.id(),
                State.OPEN,
                group.hosts().stream().map(Host::address).toList(),
                group.servers(),
                behaviours,
                group.confidence(),
                start,
                last,
                List.of(group.reason()));
    }

    void finish() {
        told.clear();
    }
}
