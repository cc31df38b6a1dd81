package levee.evaluation;

import java.util.List;

/** What was found of infected hosts in some traffic, and which really are. */
public record HostRun(HostTruth truth, List<FoundHost> hosts, List<FoundServer> servers) {
    public HostRun {
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
    }
}
