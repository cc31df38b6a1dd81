package levee.drill;

import java.time.Duration;

/** How the rate of an attack goes over time. */
public sealed interface Shape {
    /** The same rate from the first to the last second. */
    record Constant() implements Shape {}

    /** A pulse wave: the full rate, then nothing, over and over again. */
    record Pulses(Duration on, Duration off) implements Shape {}

    /** Grows steadily from nothing to the full rate, which it reaches at the end. */
    record Ramp() implements Shape {}

    /**
     * The share of the full rate, 0 to 1.
     *
     * @param nanos since the attack began
     * @param length of the attack in nanoseconds
     */
    default double share(long nanos, long length) {
        return switch (this) {
            case Constant constant -> 1;
            case Pulses pulses -> isOn(pulses, nanos) ? 1 : 0;
            case Ramp ramp -> (double) nanos / length;
        };
    }

    /** When a pause is over, or the same time where there is none. */
    default long afterPause(long nanos) {
        return switch (this) {
            case Constant constant -> nanos;
            case Ramp ramp -> nanos;
            case Pulses pulses -> {
                long period = pulses.on().plus(pulses.off()).toNanos();
                yield isOn(pulses, nanos) ? nanos : (nanos / period + 1) * period;
            }
        };
    }

    private static boolean isOn(Pulses pulses, long nanos) {
        long period = pulses.on().plus(pulses.off()).toNanos();
        return nanos % period < pulses.on().toNanos();
    }
}
