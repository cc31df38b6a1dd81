package levee.evaluation;

import java.util.List;
import levee.model.Prefix;

/**
 * What was found in some traffic.
 *
 * @param networks the own networks; empty where nothing says
 */
public record Findings(
        List<Prefix> networks, List<FoundAttack> attacks, List<FoundHost> hosts, List<FoundServer> servers) {
    public Findings {
        networks = List.copyOf(networks);
        attacks = List.copyOf(attacks);
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
    }
}
