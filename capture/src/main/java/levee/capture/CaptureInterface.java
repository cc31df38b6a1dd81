package levee.capture;

/**
 * An interface of a pcapng section.
 *
 * @param snapLength bytes captured of each packet at the most; 0 for all
 * @param resolution the if_tsresol option: a negative power of 10, or of 2 if the highest bit is set
 * @param offsetSeconds the if_tsoffset option
 */
record CaptureInterface(LinkType link, int snapLength, int resolution, long offsetSeconds) {
    static final int MICROSECONDS = 6;

    private static final int POWER_OF_TWO = 0x80;
    private static final long NANOS = 1_000_000_000L;
    private static final long[] POWERS_OF_TEN = powersOfTen();

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** Nanoseconds since 1970 of a timestamp in this interface's unit. Nonsense overflows and is a clock leap. */
    long nanos(long time) {
        int exponent = resolution & ~POWER_OF_TWO;
        long nanos;
        if ((resolution & POWER_OF_TWO) != 0) {
            nanos = binaryNanos(time, Math.min(exponent, 63));
        } else if (exponent <= 9) {
            nanos = time * POWERS_OF_TEN[9 - exponent];
        } else {
            nanos = Long.divideUnsigned(time, POWERS_OF_TEN[Math.min(exponent, 27) - 9]);
        }
        return nanos + offsetSeconds * NANOS;
    }

    private static long binaryNanos(long time, int exponent) {
        if (exponent == 0) {
            return time * NANOS;
        }
        long seconds = time >>> exponent;
        long fraction = time << 64 - exponent;
        return seconds * NANOS + Math.unsignedMultiplyHigh(fraction, NANOS);
    }
}
