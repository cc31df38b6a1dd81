/** Incidents, evidence and mitigation as immutable values. */
@NullMarked
package levee.model;

import org.jspecify.annotations.NullMarked;
