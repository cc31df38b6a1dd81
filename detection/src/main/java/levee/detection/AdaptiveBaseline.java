package levee.detection;

/**
 * A slowly moving estimate of a target's normal peak rate, that an attack cannot pull up: it is not fed while an attack
 * is open, a single step changes it little whatever the value, and its rise is limited.
 *
 * <p>It tracks a high quantile of log2(rate) by stochastic approximation (Robbins and Monro 1951): each observation
 * above moves it up by {@code step * quantile}, each below moves it down by {@code step * (1 - quantile)}.
 */
public final class AdaptiveBaseline {
    private static final double QUANTILE = 0.95;
    private static final double STEP = 0.05;
    private static final double FIRST_STEP = 1.0;

    /** Of more packets than can be counted. */
    public static final double LARGEST_LOGARITHM = 64;

    private double logarithm;
    private long observations;

    /** @param packetsPerSecond the highest second of one observation interval without attack */
    public void observe(double packetsPerSecond) {
        double value = log2(1 + Math.max(0, packetsPerSecond));
        observations++;
        if (observations == 1) {
            logarithm = value;
            return;
        }
        // Large steps at first, to arrive; small ones later, to stay.
        double step = Math.max(STEP, FIRST_STEP / observations);
        if (value > logarithm) {
            logarithm += Math.min(step * QUANTILE, value - logarithm);
        } else {
            logarithm -= Math.min(step * (1 - QUANTILE), logarithm - value);
        }
    }

    /**
     * Goes on from what another one had learned.
     *
     * @param learned its {@link #logarithm}, 0 to 64
     * @param seen its {@link #observations}, at least 1
     */
    public void restore(double learned, long seen) {
        if (!(learned >= 0 && learned <= LARGEST_LOGARITHM) || seen < 1) {
            throw new IllegalArgumentException("no baseline has " + learned + " after " + seen + " observations");
        }
        logarithm = learned;
        observations = seen;
    }

    /** The binary logarithm of one more than {@link #packetsPerSecond}. */
    public double logarithm() {
        return logarithm;
    }

    /** Packets per second that are normal at the most. */
    public double packetsPerSecond() {
        return Math.pow(2, logarithm) - 1;
    }

    /** How many intervals it has seen. */
    public long observations() {
        return observations;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
