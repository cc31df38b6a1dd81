/** Reads packet captures and dissects packets into rows. */
@NullMarked
package levee.capture;

import org.jspecify.annotations.NullMarked;
