package levee.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.evaluation.FoundHost;
import levee.evaluation.FoundServer;
import levee.model.CommandServer;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InfectedHost;

/** What a detector said of infected hosts and their command servers so far, to be scored. */
final class FoundAbuse {
    private final Map<String, FoundHost> hosts = new LinkedHashMap<>();
    private final Map<String, FoundServer> servers = new LinkedHashMap<>();

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

    List<FoundHost> hosts() {
        return List.copyOf(hosts.values());
    }

    List<FoundServer> servers() {
        return List.copyOf(servers.values());
    }
}
