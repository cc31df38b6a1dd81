/** Measures {@code levee serve} beside other collectors, as running processes. */
@NullMarked
package levee.bench.live;

import org.jspecify.annotations.NullMarked;
