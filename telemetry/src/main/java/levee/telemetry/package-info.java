/** The packet and flow records that every input is read into. */
@NullMarked
package levee.telemetry;

import org.jspecify.annotations.NullMarked;
