package levee.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import levee.model.Amounts;

/** Numbers as people read them, with decimal prefixes. */
public final class Units {
    static final List<String> PREFIXES = List.of("", "k", "M", "G", "T", "P", "E");

    private Units() {}

    /** Packets per second, such as {@code 12.3 kpps}. */
    public static String packetRate(double packetsPerSecond) {
        return prefixed(packetsPerSecond, "pps");
    }

    /** Bits per second, such as {@code 359 Mbit/s}. */
    public static String bitRate(double bitsPerSecond) {
        return prefixed(bitsPerSecond, "bit/s");
    }

    /** Bytes, such as {@code 4.2 MB}. */
    public static String bytes(long bytes) {
        return prefixed((double) bytes, "B");
    }

    private static String prefixed(double value, String unit) {
        double scaled = Double.isFinite(value) ? Math.max(0, value) : 0;
        int prefix = 0;
        // What would be rounded to 1000 belongs to the next prefix.
        while (scaled >= 999.5 && prefix < PREFIXES.size() - 1) {
            scaled /= 1000;
            prefix++;
        }
        return oneDecimalBelow100(scaled) + " " + PREFIXES.get(prefix) + unit;
    }

    private static String oneDecimalBelow100(double value) {
        return value < 99.95 ? upToOneDecimal(value) : String.valueOf(Math.round(value));
    }

    private static String upToOneDecimal(double value) {
        return plain(BigDecimal.valueOf(Math.round(value * 10), 1));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    /** A measured number, with four significant digits or all digits before the point. */
    public static String number(double value) {
        if (Math.abs(value) >= 1000) {
            return Amounts.count(Math.round(value));
        }
        return plain(BigDecimal.valueOf(value).round(new MathContext(4, RoundingMode.HALF_UP)));
    }

    /** A duration, cut off after its second unit, such as {@code 23.5 ms} or {@code 4 min 12 s}. */
    public static String duration(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            return "0 s";
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() == 0 ? "<1 ms" : tenths(duration.toNanos() / 100_000) + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return tenths(duration.toMillis() / 100) + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return twoParts(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return duration.compareTo(Duration.ofDays(1)) < 0
                ? twoParts(duration.toHours(), "h", duration.toMinutesPart(), "min")
                : twoParts(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    /** Cuts off rather than rounds, so that 999.9 ms does not become 1000 ms. */
    private static String tenths(long tenths) {
        return tenths < 1000 ? plain(BigDecimal.valueOf(tenths, 1)) : String.valueOf(tenths / 10);
    }

    private static String twoParts(long major, String majorUnit, int minor, String minorUnit) {
        String text = Amounts.count(major) + " " + majorUnit;
        return minor == 0 ? text : text + " " + minor + " " + minorUnit;
    }
}
