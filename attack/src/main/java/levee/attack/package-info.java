/** Recognises kinds of attack in what the detection counts. */
@NullMarked
package levee.attack;

import org.jspecify.annotations.NullMarked;
