/** Runs inputs, detection and attack recognition together. */
@NullMarked
package levee.engine;

import org.jspecify.annotations.NullMarked;
