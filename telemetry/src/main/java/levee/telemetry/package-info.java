/** The columnar batches in which traffic travels, and the table of connections. */
@NullMarked
package levee.telemetry;

import org.jspecify.annotations.NullMarked;
