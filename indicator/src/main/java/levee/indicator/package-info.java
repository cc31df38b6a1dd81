/** Known bad addresses, names and fingerprints: reads lists of them, and finds one among millions. */
@NullMarked
package levee.indicator;

import org.jspecify.annotations.NullMarked;
