/** Finds infected hosts, who commands them, and what else of the own network can be abused. */
@NullMarked
package levee.botnet;

import org.jspecify.annotations.NullMarked;
