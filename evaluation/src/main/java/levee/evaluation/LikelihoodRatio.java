package levee.evaluation;

/**
 * How much likelier infected hosts are to show something than benign ones are, in decibans: ten times the decimal logarithm.
 *
 * <p>Where no benign host shows it, nothing tells how much likelier at most: the most that any counts give is then a matter of how
 * many hosts there are. Likewise nothing tells how much likelier at least where no infected host does.
 *
 * @param low the lower end of the interval of 95 %; infinite where there is none
 * @param high the upper end; infinite where there is none
 */
public record LikelihoodRatio(double decibans, double low, double high) {
    private static final double QUANTILE_95 = 1.959964;
    private static final double DECIBANS_PER_UNIT = 10 / Math.log(10);

    static LikelihoodRatio of(Share infected, Share benign) {
        double ratio = decibans(infected.rate() / benign.rate());
        double reach = QUANTILE_95 * DECIBANS_PER_UNIT * Math.sqrt(infected.logVariance() + benign.logVariance());
        return new LikelihoodRatio(
                ratio,
                infected.shown() == 0 ? Double.NEGATIVE_INFINITY : ratio - reach,
                benign.shown() == 0 ? Double.POSITIVE_INFINITY : ratio + reach);
    }

    static double decibans(double ratio) {
        return DECIBANS_PER_UNIT * Math.log(ratio);
    }
}
