package levee.cli;

import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;

/**
 * What an operator says of the search for infected hosts and other abuse.
 *
 * @param enabled whether it is looked for at all
 * @param allowed hosts that nothing is said of, and servers and names that mean nothing
 * @param indicators known bad addresses and names
 */
record BotSettings(boolean enabled, AllowTable allowed, IndicatorTable indicators) {
    static final BotSettings USUAL = new BotSettings(true, AllowTable.NOTHING, IndicatorTable.EMPTY);
}
