package levee.logs;

/** Reads numbers from bytes in place. Nothing is thrown for bad text: the answer is {@link #UNREADABLE}. */
final class Numbers {
    /** Smaller than every readable number, so that the minimum of several results tells whether one was unreadable. */
    static final long UNREADABLE = Long.MIN_VALUE;

    /** No connection has more packets or bytes (a petabyte); sums of counts stay far from overflow. */
    static final long MAXIMUM_COUNT = 1L << 50;

    private static final int MAXIMUM_PORT = 0xffff;
    private static final int MAXIMUM_EXPONENT = 999;
    private static final long LAST_THAT_TAKES_A_DIGIT = (Long.MAX_VALUE - 9) / 10;
    private static final long[] POWERS_OF_TEN = powersOfTen();

    private Numbers() {}

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /**
     * A decimal number with optional sign, fraction and exponent, times 10 to the power of {@code scale}; what is left
     * behind the point is cut off. No floating point is involved, so nanoseconds are exact.
     */
    static long decimal(byte[] bytes, int start, int end, int scale) {
        int i = start;
        boolean negative = i < end && bytes[i] == '-';
        if (negative) {
            i++;
        }
        long mantissa = 0;
        int exponent = scale;
        boolean digits = false;
        boolean fraction = false;
        for (; i < end; i++) {
            byte b = bytes[i];
            if (b >= '0' && b <= '9') {
                digits = true;
                if (mantissa <= LAST_THAT_TAKES_A_DIGIT) {
                    mantissa = mantissa * 10 + (b - '0');
                    exponent -= fraction ? 1 : 0;
                } else {
                    exponent += fraction ? 0 : 1;
                }
            } else if (b == '.' && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (!digits) {
            return UNREADABLE;
        }
        if (i < end) {
            long power = exponent(bytes, i, end);
            if (power == UNREADABLE) {
                return UNREADABLE;
            }
            exponent += (int) power;
        }
        long value = scale(mantissa, exponent);
        return negative && value != UNREADABLE ? -value : value;
    }

    /** Reads {@code e-07}. */
    private static long exponent(byte[] bytes, int start, int end) {
        if (bytes[start] != 'e' && bytes[start] != 'E') {
            return UNREADABLE;
        }
        int i = start + 1;
        boolean negative = i < end && bytes[i] == '-';
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        long power = digits(bytes, i, end, MAXIMUM_EXPONENT);
        return negative && power != UNREADABLE ? -power : power;
    }

    private static long scale(long mantissa, int exponent) {
        if (mantissa == 0) {
            return 0;
        }
        if (exponent < 0) {
            return -exponent < POWERS_OF_TEN.length ? mantissa / POWERS_OF_TEN[-exponent] : 0;
        }
        if (exponent >= POWERS_OF_TEN.length || mantissa > Long.MAX_VALUE / POWERS_OF_TEN[exponent]) {
            return UNREADABLE;
        }
        return mantissa * POWERS_OF_TEN[exponent];
    }

    /** A number of packets or bytes: 0 to {@link #MAXIMUM_COUNT}. */
    static long count(byte[] bytes, int start, int end) {
        long value = decimal(bytes, start, end, 0);
        return value >= 0 && value <= MAXIMUM_COUNT ? value : UNREADABLE;
    }

    /** A port in decimal, or in hexadecimal with {@code 0x}: 0 to 65535. */
    static long port(byte[] bytes, int start, int end) {
        if (end - start > 2 && bytes[start] == '0' && (bytes[start + 1] | 0x20) == 'x') {
            return hexadecimal(bytes, start + 2, end);
        }
        return digits(bytes, start, end, MAXIMUM_PORT);
    }

    /** Hexadecimal digits up to 65535; 0 where there are none. */
    static long hexadecimal(byte[] bytes, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = hexDigit(bytes[i]);
            if (digit < 0 || value > MAXIMUM_PORT >> 4) {
                return UNREADABLE;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Nothing but digits, at least one, from 0 to {@code maximum}. */
    static long digits(byte[] bytes, int start, int end, int maximum) {
        if (start >= end) {
            return UNREADABLE;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b < '0' || b > '9') {
                return UNREADABLE;
            }
            value = value * 10 + (b - '0');
            if (value > maximum) {
                return UNREADABLE;
            }
        }
        return value;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
