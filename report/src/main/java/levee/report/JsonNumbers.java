package levee.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Numbers as the JSON contract writes them: no more digits than mean something, and never a value that JSON lacks. A
 * fraction or rate that is not finite is written as 0.
 */
final class JsonNumbers {
    private static final int DECIMALS = 4;
    private static final int ONE = 10_000;
    private static final int SIGNIFICANT_DIGITS = 6;

    /** Above it a rate is written as a whole number. */
    private static final double WHOLE_RATES_FROM = 100;

    private JsonNumbers() {}

    /** A probability or share, 0 to 1, with four decimals. */
    static BigDecimal fraction(double value) {
        return decimal(Math.round(scaled(value)));
    }

    /**
     * Shares of one whole with four decimals each. They are rounded together, by largest remainder, so that shares
     * that add up to 1 still do so, however many they are.
     */
    static List<BigDecimal> shares(double... values) {
        double[] exact = IntStream.range(0, values.length)
                .mapToDouble(i -> scaled(values[i]))
                .toArray();
        long[] rounded =
                IntStream.range(0, exact.length).mapToLong(i -> (long) exact[i]).toArray();
        long missing = Math.round(IntStream.range(0, exact.length)
                .mapToDouble(i -> exact[i] - rounded[i])
                .sum());
        IntStream.range(0, exact.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> rounded[i] - exact[i]))
                .limit(missing)
                .toList()
                .forEach(i -> rounded[i]++);
        return IntStream.range(0, rounded.length)
                .mapToObj(i -> decimal(rounded[i]))
                .toList();
    }

    /** A rate per second, not negative. */
    static BigDecimal rate(double value) {
        double finite = Double.isFinite(value) ? Math.max(0, value) : 0;
        return finite > WHOLE_RATES_FROM
                ? BigDecimal.valueOf(finite).setScale(0, RoundingMode.HALF_UP)
                : decimal(Math.round(finite * ONE));
    }

    /** Any measured number, with six significant digits or all digits before the point; empty where not finite. */
    static Optional<BigDecimal> measure(double value) {
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int wholeDigits = exact.precision() - exact.scale();
        BigDecimal rounded = exact.round(new MathContext(Math.max(SIGNIFICANT_DIGITS, wholeDigits)))
                .stripTrailingZeros();
        return Optional.of(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    }

    /** Seconds with all digits that the duration has. */
    static BigDecimal seconds(Duration duration) {
        BigDecimal value = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static double scaled(double fraction) {
        return Double.isNaN(fraction) ? 0 : Math.clamp(fraction, 0.0, 1.0) * ONE;
    }

    /** Keeps one decimal at least, so that a reader that tells types apart always sees the same one. */
    private static BigDecimal decimal(long tenThousandths) {
        BigDecimal value = BigDecimal.valueOf(tenThousandths, DECIMALS).stripTrailingZeros();
        return value.scale() < 1 ? value.setScale(1) : value;
    }
}
