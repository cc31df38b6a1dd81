/** Readers of server and firewall logs. */
@NullMarked
package levee.logs;

import org.jspecify.annotations.NullMarked;
