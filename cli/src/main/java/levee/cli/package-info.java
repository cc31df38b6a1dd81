/** The command line. */
@NullMarked
package levee.cli;

import org.jspecify.annotations.NullMarked;
