package levee.botnet;

import levee.model.Groups;
import levee.model.OwnNetworks;

/**
 * What an operator says of the network. May be changed while detection goes on.
 *
 * @param networks the own networks, whose hosts are watched
 * @param groups of them
 */
public record BotSettings(OwnNetworks networks, Groups groups) {

    /** Nothing but the own networks is known. */
    public static BotSettings of(OwnNetworks networks) {
        return new BotSettings(networks, Groups.NONE);
    }
}
