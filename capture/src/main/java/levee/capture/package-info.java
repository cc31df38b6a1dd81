/** Readers of packet captures and flow exports. */
@NullMarked
package levee.capture;

import org.jspecify.annotations.NullMarked;
