package levee.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.evaluation.FoundHost;
import levee.evaluation.FoundServer;
import levee.evaluation.JudgedHost;
import levee.model.CommandServer;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;

/** What a detector said of infected hosts and their command servers so far, and what it thought of hosts, to be scored. */
final class FoundAbuse {
    private final Map<String, FoundHost> hosts = new LinkedHashMap<>();
    private final Map<String, FoundServer> servers = new LinkedHashMap<>();
    private final Map<IpAddress, JudgedHost> judged = new LinkedHashMap<>();

    void note(FindingEvent event) {
        Finding finding = event.finding();
        switch (event.change()) {
            case OPENED, CHANGED, ENDED -> {
                if (finding instanceof InfectedHost host) {
                    hosts.merge(host.id(), FoundHost.of(host), (before, now) -> now.after(before));
                } else if (finding instanceof CommandServer server) {
                    servers.put(server.id(), FoundServer.of(server));
                }
            }
            case ABSORBED -> {
                hosts.remove(finding.id());
                servers.remove(finding.id());
            }
        }
    }

    /** As a {@link levee.botnet.JudgementListener}. */
    void judged(IpAddress host, double score, Map<BehaviourKind, Double> weights) {
        Map<String, Double> named = new HashMap<>();
        weights.forEach((kind, weight) -> named.put(kind.label(), weight));
        judged.merge(host, new JudgedHost(host, score, named), JudgedHost::and);
    }

    List<JudgedHost> judged() {
        return List.copyOf(judged.values());
    }

    List<FoundHost> hosts() {
        return List.copyOf(hosts.values());
    }

    List<FoundServer> servers() {
        return List.copyOf(servers.values());
    }
}
