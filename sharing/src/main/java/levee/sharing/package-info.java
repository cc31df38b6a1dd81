/** Fingerprints of attacks: writes them for others, and finds in traffic what others wrote. */
@NullMarked
package levee.sharing;

import org.jspecify.annotations.NullMarked;
