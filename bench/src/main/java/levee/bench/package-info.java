/** Benchmarks and generators of test captures. */
@NullMarked
package levee.bench;

import org.jspecify.annotations.NullMarked;
