package levee.logs;

/**
 * Reads times and durations to the nanosecond: seconds since 1970 (or milliseconds, where seconds would be far in the
 * future), RFC 3339, and {@code 2011/08/18 15:40:53.826372}. A time without a zone is taken for UTC.
 */
final class Times {
    private static final int NANOS = 9;
    private static final int NANOS_OF_MILLIS = 6;
    private static final int FIRST_YEAR = 1970;

    /** Nanoseconds since 1970 overflow in 2262. */
    private static final int LAST_YEAR = 2261;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;

    /** Length of {@code 2011/08/18 15:40:53}. */
    private static final int LENGTH_TO_SECONDS = 19;

    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private Times() {}

    /** Nanoseconds since 1970-01-01T00:00Z, not negative; or {@link Numbers#UNREADABLE}. */
    static long instant(byte[] bytes, int start, int end) {
        long nanos = isCivil(bytes, start, end) ? civil(bytes, start, end) : epoch(bytes, start, end);
        return nanos >= 0 ? nanos : Numbers.UNREADABLE;
    }

    /** Nanoseconds; a negative duration is none. */
    static long duration(byte[] bytes, int start, int end) {
        long nanos = Numbers.decimal(bytes, start, end, NANOS);
        return nanos == Numbers.UNREADABLE ? nanos : Math.max(nanos, 0);
    }

    private static long epoch(byte[] bytes, int start, int end) {
        long nanos = Numbers.decimal(bytes, start, end, NANOS);
        return nanos != Numbers.UNREADABLE ? nanos : Numbers.decimal(bytes, start, end, NANOS_OF_MILLIS);
    }

    private static boolean isCivil(byte[] bytes, int start, int end) {
        return end - start > 4 && (bytes[start + 4] == '/' || bytes[start + 4] == '-');
    }

    private static long civil(byte[] bytes, int start, int end) {
        if (end - start < LENGTH_TO_SECONDS) {
            return Numbers.UNREADABLE;
        }
        long year = Numbers.digits(bytes, start, start + 4, LAST_YEAR);
        long month = Numbers.digits(bytes, start + 5, start + 7, 12);
        long day = Numbers.digits(bytes, start + 8, start + 10, 31);
        long seconds = clock(bytes, start + 11);
        byte dateSeparator = bytes[start + 4];
        byte timeSeparator = bytes[start + 10];
        if (year < FIRST_YEAR
                || month < 1
                || day < 1
                || seconds < 0
                || bytes[start + 7] != dateSeparator
                || timeSeparator != ' ' && (timeSeparator | 0x20) != 't') {
            return Numbers.UNREADABLE;
        }
        int i = start + LENGTH_TO_SECONDS;
        long fraction = 0;
        if (i < end && bytes[i] == '.') {
            int fractionStart = i;
            do {
                i++;
            } while (i < end && bytes[i] >= '0' && bytes[i] <= '9');
            fraction = Numbers.decimal(bytes, fractionStart, i, NANOS);
        }
        long zone = zoneSeconds(bytes, i, end);
        if (fraction == Numbers.UNREADABLE || zone == Numbers.UNREADABLE) {
            return Numbers.UNREADABLE;
        }
        long days = daysSince1970((int) year, (int) month, (int) day);
        return (days * SECONDS_PER_DAY + seconds - zone) * NANOS_PER_SECOND + fraction;
    }

    /** Seconds of the day of {@code hh:mm:ss}; a leap second is the second after. */
    private static long clock(byte[] bytes, int start) {
        long hours = Numbers.digits(bytes, start, start + 2, 23);
        long minutes = Numbers.digits(bytes, start + 3, start + 5, 59);
        long seconds = Numbers.digits(bytes, start + 6, start + 8, 60);
        if (hours < 0 || minutes < 0 || seconds < 0 || bytes[start + 2] != ':' || bytes[start + 5] != ':') {
            return Numbers.UNREADABLE;
        }
        return hours * 3600 + minutes * 60 + seconds;
    }

    /** Seconds east of Greenwich: nothing, {@code Z}, {@code +hh:mm} or {@code +hhmm}. */
    private static long zoneSeconds(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0 || length == 1 && (bytes[start] | 0x20) == 'z') {
            return 0;
        }
        boolean parted = length == 6 && bytes[start + 3] == ':';
        if (!parted && length != 5 || bytes[start] != '+' && bytes[start] != '-') {
            return Numbers.UNREADABLE;
        }
        long hours = Numbers.digits(bytes, start + 1, start + 3, 23);
        long minutes = Numbers.digits(bytes, end - 2, end, 59);
        if (hours < 0 || minutes < 0) {
            return Numbers.UNREADABLE;
        }
        long seconds = hours * 3600 + minutes * 60;
        return bytes[start] == '-' ? -seconds : seconds;
    }

    private static long daysSince1970(int year, int month, int day) {
        int leapDaysBefore = leapDaysUntil(year - 1) - leapDaysUntil(FIRST_YEAR - 1);
        boolean leapDayPassed = month > 2 && leapDaysUntil(year) > leapDaysUntil(year - 1);
        return (year - FIRST_YEAR) * 365L
                + leapDaysBefore
                + DAYS_BEFORE_MONTH[month - 1]
                + (leapDayPassed ? 1 : 0)
                + (day - 1);
    }

    private static int leapDaysUntil(int year) {
        return year / 4 - year / 100 + year / 400;
    }
}
