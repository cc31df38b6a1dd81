package levee.evaluation;

import java.util.List;

/**
 * How many hosts show something, counted by capture. Hosts of one capture are not independent: often they all run one program,
 * or one careless detector sees all of them alike. So intervals take them for fewer, as J. N. K. Rao and A. J. Scott, "A simple
 * method for the analysis of clustered binary data", Biometrics 48 (1992), do: both counts are divided by the design effect, which
 * is how much more captures differ than they would if hosts were drawn one by one.
 *
 * @param shown hosts that show it
 * @param hosts all of them
 * @param captures that have any
 * @param designEffect 1 or more; 1 where all hosts or none show it, since that tells nothing of how captures differ
 */
record Share(long shown, long hosts, long captures, double designEffect) {
    /** Some hosts, such as those of one capture. */
    record Part(long shown, long hosts) {
        static final Part NONE = new Part(0, 0);

        Part plus(Part other) {
            return new Part(shown + other.shown, hosts + other.hosts);
        }

        Part minus(Part other) {
            return new Part(shown - other.shown, hosts - other.hosts);
        }

        /** The rate with half a host added on either side (Jeffreys' prior), so that it is never 0 or 1. */
        double rate() {
            return (shown + 0.5) / (hosts + 1);
        }
    }

    static Share of(List<Part> parts) {
        Part all = parts.stream().reduce(Part.NONE, Part::plus);
        long captures = parts.stream().filter(part -> part.hosts() > 0).count();
        return new Share(all.shown(), all.hosts(), captures, designEffect(parts, all.shown(), all.hosts(), captures));
    }

    private static double designEffect(List<Part> parts, long shown, long hosts, long captures) {
        if (captures < 2 || shown == 0 || shown == hosts) {
            return 1;
        }
        double rate = (double) shown / hosts;
        double squares = 0;
        for (Part part : parts) {
            double residual = part.shown() - rate * part.hosts();
            squares += residual * residual;
        }
        double effect = squares * captures / (captures - 1) / (hosts * rate * (1 - rate));
        return Math.max(1, effect);
    }

    /** See {@link Part#rate}. */
    double rate() {
        return new Part(shown, hosts).rate();
    }

    /**
     * The variance of the natural logarithm of the rate: the part that a rate has in that of D. Katz, J. Baptista, S. P. Azen and M.
     * C. Pike, "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978).
     */
    double logVariance() {
        return 1 / (shown / designEffect + 0.5) - 1 / (hosts / designEffect + 1);
    }

    /** The lower end of Wilson's score interval. */
    double low(double normalQuantile) {
        return wilson(normalQuantile, -1);
    }

    /** Its upper end. */
    double high(double normalQuantile) {
        return wilson(normalQuantile, 1);
    }

    private double wilson(double z, int side) {
        if (hosts == 0) {
            return side < 0 ? 0 : 1;
        }
        double size = hosts / designEffect;
        double rate = (double) shown / hosts;
        double middle = rate + z * z / (2 * size);
        double reach = z * Math.sqrt(rate * (1 - rate) / size + z * z / (4 * size * size));
        return Math.clamp((middle + side * reach) / (1 + z * z / size), 0, 1);
    }
}
