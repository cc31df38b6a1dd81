/** Finds denial-of-service attacks in batches of traffic. */
@NullMarked
package levee.attack;

import org.jspecify.annotations.NullMarked;
