/** Which autonomous system announces an address: tables from others, and the compact one that they become. */
@NullMarked
package levee.origin;

import org.jspecify.annotations.NullMarked;
