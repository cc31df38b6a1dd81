package levee.evaluation;

import java.util.List;

/**
 * What was found of infected hosts in some traffic, and which really are.
 *
 * @param capture what the traffic is a part or a form of: runs of the same hosts at the same time have it in common
 */
public record HostRun(String capture, HostTruth truth, List<FoundHost> hosts, List<FoundServer> servers) {
    /** Of traffic that is like no other. */
    public HostRun(HostTruth truth, List<FoundHost> hosts, List<FoundServer> servers) {
        this(truth.name(), truth, hosts, servers);
    }

    public HostRun {
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
    }
}
