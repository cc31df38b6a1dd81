/** Keeps the rows of flows for some days in compact files, and finds some of them again. */
@NullMarked
package levee.archive;

import org.jspecify.annotations.NullMarked;
