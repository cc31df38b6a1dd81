/** Incidents written as text, JSON and HTML. */
@NullMarked
package levee.report;

import org.jspecify.annotations.NullMarked;
