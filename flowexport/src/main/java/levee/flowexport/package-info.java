/** Reads and writes what exporters of flows send: NetFlow v5 and v9, IPFIX and sFlow v5. */
@NullMarked
package levee.flowexport;

import org.jspecify.annotations.NullMarked;
