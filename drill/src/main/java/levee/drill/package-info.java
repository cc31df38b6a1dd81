/** Labelled traffic made from a seed: attacks, innocent look-alikes and the background they stand out from. */
@NullMarked
package levee.drill;

import org.jspecify.annotations.NullMarked;
