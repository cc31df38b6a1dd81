package levee.evaluation;

/**
 * How much likelier infected hosts are to show something than benign ones are, in decibans: ten times the decimal logarithm.
 *
 * @param low the lower end of the interval of 95 %
 */
public record LikelihoodRatio(double decibans, double low, double high) {
    private static final double QUANTILE_95 = 1.959964;
    private static final double DECIBANS_PER_UNIT = 10 / Math.log(10);

    static LikelihoodRatio of(Share infected, Share benign) {
        double ratio = decibans(infected.rate() / benign.rate());
        double reach =
                QUANTILE_95 * DECIBANS_PER_UNIT * Math.sqrt(infected.logVariance() + benign.logVariance());
        return new LikelihoodRatio(ratio, ratio - reach, ratio + reach);
    }

    static double decibans(double ratio) {
        return DECIBANS_PER_UNIT * Math.log(ratio);
    }
}
