/**
 * Readers of logs: connections and what applications said, as Zeek and Suricata write them, and the records of Argus and
 * nfdump.
 */
@NullMarked
package levee.logs;

import org.jspecify.annotations.NullMarked;
