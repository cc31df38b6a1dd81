package levee.attack;

import levee.model.Groups;
import levee.model.OwnNetworks;

/**
 * What an operator says of the own network. May be changed while detection goes on ({@link AttackDetector#apply}).
 *
 * @param networks the own networks
 * @param groups of them
 * @param thresholds from which rate on somebody is alarmed
 * @param allowed traffic that is expected
 */
public record DetectionSettings(OwnNetworks networks, Groups groups, Thresholds thresholds, AllowList allowed) {

    /** Nothing but the own networks is known. */
    public static DetectionSettings of(OwnNetworks networks) {
        return new DetectionSettings(networks, Groups.NONE, Thresholds.NONE, AllowList.NONE);
    }
}
