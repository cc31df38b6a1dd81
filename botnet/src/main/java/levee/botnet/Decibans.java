package levee.botnet;

/**
 * Arithmetic of evidence: ten times the decimal logarithm of a ratio of likelihoods (Good 1950). Ten decibans make a claim ten
 * times as likely as before.
 */
final class Decibans {
    private Decibans() {}

    /** Grows by {@code perDecade} for each tenfold of {@code least}, from zero there, and never over {@code most}. */
    static double growing(double value, double least, double perDecade, double most) {
        return value <= least ? 0 : Math.min(most, perDecade * Math.log10(value / least));
    }

    /** Grows by {@code perDoubling} for each doubling, from zero at one. */
    static double doubling(double value, double perDoubling) {
        return perDoubling * Math.log(value) / Math.log(2);
    }

    /** What is left of a weight after a while: half each day. */
    static double faded(double weight, long ageNanos) {
        return weight * Math.pow(2, -Math.max(0, ageNanos) / DAY_NANOS);
    }

    private static final double DAY_NANOS = 86_400e9;
}
