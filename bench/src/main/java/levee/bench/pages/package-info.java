/** Measures what the pages cost: the server that feeds them, and the browser that shows them. */
@NullMarked
package levee.bench.pages;

import org.jspecify.annotations.NullMarked;
