package levee.botnet;

import java.util.Map;
import java.util.Set;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;

/**
 * What an operator says of the network. May be changed while detection goes on.
 *
 * @param networks the own networks, whose hosts are watched
 * @param groups of them
 * @param allowed hosts that nothing is said of, and servers and names that mean nothing
 * @param indicators known bad addresses and names
 * @param edges by the address of an exporter, the SNMP indexes of the interfaces where traffic enters from outside
 */
public record AbuseSettings(
        OwnNetworks networks,
        Groups groups,
        AllowTable allowed,
        IndicatorTable indicators,
        Map<IpAddress, Set<Integer>> edges) {
    public AbuseSettings {
        edges = Map.copyOf(edges);
    }

    /** Nothing but the own networks is known. */
    public static AbuseSettings of(OwnNetworks networks) {
        return new AbuseSettings(networks, Groups.NONE, AllowTable.NOTHING, IndicatorTable.EMPTY, Map.of());
    }

    /** The same with other knowledge of what is bad, and of what is not. */
    public AbuseSettings with(AllowTable otherAllowed, IndicatorTable otherIndicators) {
        return new AbuseSettings(networks, groups, otherAllowed, otherIndicators, edges);
    }
}
