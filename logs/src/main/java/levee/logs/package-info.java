/** Readers of connection logs: Zeek's {@code conn.log} and Argus records. */
@NullMarked
package levee.logs;

import org.jspecify.annotations.NullMarked;
