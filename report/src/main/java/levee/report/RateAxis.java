package levee.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The rates from zero to the highest, with marks at round ones.
 *
 * @param top the highest rate, more than zero
 */
record RateAxis(double top) {
    private static final int MOST_STEPS = 5;

    /**
     * @param rate where the mark is
     * @param label the rate in the axis's unit
     */
    record Tick(double rate, String label) {}

    static RateAxis upTo(double highest) {
        return new RateAxis(highest > 0 && Double.isFinite(highest) ? highest : 1);
    }

    /** The marks from zero on, six at most. */
    List<Tick> ticks() {
        BigDecimal step = step();
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(3 * prefix());
        List<Tick> ticks = new ArrayList<>();
        for (BigDecimal rate = BigDecimal.ZERO; rate.doubleValue() <= top; rate = rate.add(step)) {
            ticks.add(new Tick(
                    rate.doubleValue(), rate.divide(unit).stripTrailingZeros().toPlainString()));
        }
        return ticks;
    }

    /** The unit of the labels, such as {@code Mbit/s}. */
    String unit(String base) {
        return Units.PREFIXES.get(prefix()) + base;
    }

    private int prefix() {
        int prefix = 0;
        for (double scaled = top; scaled >= 1000 && prefix < Units.PREFIXES.size() - 1; scaled /= 1000) {
            prefix++;
        }
        return prefix;
    }

    /** 1, 2 or 5 times a power of ten. */
    private BigDecimal step() {
        int power = (int) Math.floor(Math.log10(top / MOST_STEPS));
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
                if (top <= MOST_STEPS * step.doubleValue()) {
                    return step;
                }
            }
            power++;
        }
    }
}
