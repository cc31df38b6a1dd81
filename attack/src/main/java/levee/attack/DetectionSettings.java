package levee.attack;

import java.util.Map;
import java.util.Set;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.origin.OriginTable;

/**
 * What an operator says of the own network. May be changed while detection goes on ({@link AttackDetector#apply}).
 *
 * @param networks the own networks
 * @param groups of them
 * @param thresholds from which rate on somebody is alarmed
 * @param allowed traffic that is expected
 * @param edges by the address of an exporter, the SNMP indexes of the interfaces where traffic enters from outside
 * @param origins which autonomous systems sources belong to
 */
public record DetectionSettings(
        OwnNetworks networks,
        Groups groups,
        Thresholds thresholds,
        AllowList allowed,
        Map<IpAddress, Set<Integer>> edges,
        OriginTable origins) {
    public DetectionSettings {
        edges = Map.copyOf(edges);
    }

    /** Nothing but the own networks is known. */
    public static DetectionSettings of(OwnNetworks networks) {
        return new DetectionSettings(
                networks, Groups.NONE, Thresholds.NONE, AllowList.NONE, Map.of(), OriginTable.EMPTY);
    }

    /** The same with another table of origins. */
    public DetectionSettings withOrigins(OriginTable table) {
        return new DetectionSettings(networks, groups, thresholds, allowed, edges, table);
    }
}
