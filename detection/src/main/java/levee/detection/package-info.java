/** Counts traffic and finds deviations from normal. */
@NullMarked
package levee.detection;

import org.jspecify.annotations.NullMarked;
