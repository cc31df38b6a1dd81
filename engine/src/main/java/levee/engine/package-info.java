/** Runs the detectors on this machine: opens inputs, moves batches between threads, collects findings. */
@NullMarked
package levee.engine;

import org.jspecify.annotations.NullMarked;
