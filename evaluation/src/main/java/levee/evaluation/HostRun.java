package levee.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * What was found of infected hosts in some traffic, and which really are.
 *
 * @param capture what the traffic is a part or a form of: runs of the same hosts at the same time have it in common
 * @param judged what was thought of each own host; empty where only findings tell of it
 */
public record HostRun(
        String capture,
        HostTruth truth,
        List<FoundHost> hosts,
        List<FoundServer> servers,
        Optional<List<JudgedHost>> judged) {
    /** Of traffic that is like no other, by findings only. */
    public HostRun(HostTruth truth, List<FoundHost> hosts, List<FoundServer> servers) {
        this(truth.name(), truth, hosts, servers, Optional.empty());
    }

    public HostRun {
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
        judged = judged.map(List::copyOf);
    }
}
