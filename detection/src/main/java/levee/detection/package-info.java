/** What every detector stands on: rates in sliding windows, samples, distinct counts, baselines. */
@NullMarked
package levee.detection;

import org.jspecify.annotations.NullMarked;
