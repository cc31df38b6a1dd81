package levee.attack;

import levee.model.Groups;
import levee.model.OwnNetworks;

/**
 * What an operator says of the own network. May be changed while detection goes on ({@link AttackDetector#apply}).
 *
 * @param networks the own networks
 * @param groups of them
 * @param thresholds from which rate on somebody is alarmed
 */
public record DetectionSettings(OwnNetworks networks, Groups groups, Thresholds thresholds) {

    /** Nothing but the own networks is known. */
    public static DetectionSettings of(OwnNetworks networks) {
        return new DetectionSettings(networks, Groups.NONE, Thresholds.NONE);
    }
}
