/** The check that every Java file of the build is formatted. */
@NullMarked
package levee.format;

import org.jspecify.annotations.NullMarked;
