/** What operators look at in a browser: made on the server, useful without scripts, alive with them. */
@NullMarked
package levee.pages;

import org.jspecify.annotations.NullMarked;
