package levee.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in sentences for people, the same in evidence and in reports. */
public final class Amounts {
    private Amounts() {}

    /** A whole number with separated thousands. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A whole number with the noun that it counts, which takes an "s" unless it is one. */
    public static String count(long count, String noun) {
        return count(count, noun, noun + "s");
    }

    /** A whole number with the noun that it counts. */
    public static String count(long count, String one, String more) {
        return count(count) + " " + (count == 1 ? one : more);
    }

    /** A part of 1 in whole percent. Only all is 100 % and only nothing is 0 %. */
    public static String percent(double part) {
        return percent(part, 0);
    }

    /**
     * A part of 1 in percent. Only all is 100 % and only nothing is 0 %.
     *
     * @param part what is no number counts as nothing, what is below 0 or above 1 as that
     * @param decimals how many, 0 or more
     */
    public static String percent(double part, int decimals) {
        double known = Double.isNaN(part) ? 0 : Math.clamp(part, 0.0, 1.0);
        BigDecimal hundred = BigDecimal.valueOf(100);
        BigDecimal percent = BigDecimal.valueOf(known).multiply(hundred).setScale(decimals, RoundingMode.HALF_UP);
        BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
        if (known > 0 && percent.signum() == 0) {
            return "<" + step.toPlainString() + " %";
        }
        if (known < 1 && percent.compareTo(hundred) == 0) {
            return ">" + hundred.subtract(step).toPlainString() + " %";
        }
        return percent.toPlainString() + " %";
    }
}
