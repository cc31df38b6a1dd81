/** What Levee finds: findings, their evidence, addresses and prefixes. */
@NullMarked
package levee.model;

import org.jspecify.annotations.NullMarked;
