/** What tests of several modules share; ships nothing. */
@NullMarked
package levee.testing;

import org.jspecify.annotations.NullMarked;
