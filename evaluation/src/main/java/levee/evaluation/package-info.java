/** How right findings are, by what really happened. */
@NullMarked
package levee.evaluation;

import org.jspecify.annotations.NullMarked;
