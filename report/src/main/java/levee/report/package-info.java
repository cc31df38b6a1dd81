/** Incidents written as text and JSON. */
@NullMarked
package levee.report;

import org.jspecify.annotations.NullMarked;
