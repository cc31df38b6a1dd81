package levee.detection;

/**
 * Takes all rows as long as there are not too many, and of more the heavy ones and some of the light ones (threshold
 * sampling; Duffield, Lund, Thorup 2005): a row that weighs the threshold or more is taken as it is, and of lighter ones
 * one on average within the weight of a threshold, which then stands for that weight. Thus what is taken weighs as much as
 * what came but for chance, and so does each part of it: the standard error of a part that weighs {@code w} is the square
 * root of {@code w} times the threshold at the most. A threshold of 0 takes everything.
 */
public final class ThresholdSampler {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long ADAPTING_NANOS = NANOS_PER_SECOND / 10;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    /** Below this part of what may be taken the threshold sinks. */
    private static final double LITTLE = 0.5;

    /** The threshold grows and sinks by this at the most each time. */
    private static final double MOST_CHANGE = 64;

    private static final double MOST_THRESHOLD = 1L << 50;

    private final double rowsPerSecond;
    private long random;
    private long threshold;
    private double untilNext;

    // Since the threshold was last looked at.
    private long rows;
    private long taken;
    private long lightest = Long.MAX_VALUE;
    private long sinceNanos = Long.MIN_VALUE;

    /**
     * @param rowsPerSecond to be taken, about
     * @param seed secret, so that nobody can send what is not taken
     */
    public ThresholdSampler(double rowsPerSecond, long seed) {
        this.rowsPerSecond = rowsPerSecond;
        random = seed | 1;
    }

    /** The weight below which not every row is taken. */
    public long threshold() {
        return threshold;
    }

    /**
     * What a row stands for, in multiples of itself; 0 where it is not taken.
     *
     * @param rowWeight at least 1
     */
    public double scale(long rowWeight) {
        rows++;
        lightest = Math.min(lightest, rowWeight);
        if (rowWeight >= threshold) {
            taken++;
            return 1;
        }
        untilNext -= rowWeight;
        return untilNext > 0 ? 0 : take(rowWeight);
    }

    private double take(long rowWeight) {
        taken++;
        double stands = 0;
        while (untilNext <= 0) {
            stands += threshold;
            untilNext += interval();
        }
        return stands / rowWeight;
    }

    /** Until the next row is taken; nothing of what came before says anything of it. */
    private double interval() {
        return -threshold * Math.log(uniform());
    }

    /** A part of an amount as a whole number, which is right on average. */
    public long scaled(long amount, double scale) {
        return (long) (amount * scale + uniform());
    }

    /** Above 0, up to 1 (SplitMix64). */
    private double uniform() {
        random += MULTIPLIER;
        long mixed = (random ^ random >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1.0p-53 + 0x1.0p-54;
    }

    /**
     * Lets time go on, some times a second: sets the threshold by how much came.
     *
     * @param nowNanos nanoseconds since 1970
     */
    public void tick(long nowNanos) {
        long elapsed = nowNanos - sinceNanos;
        if (sinceNanos != Long.MIN_VALUE && elapsed >= 0 && elapsed < ADAPTING_NANOS) {
            return;
        }
        if (sinceNanos != Long.MIN_VALUE && elapsed > 0 && rows > 0) {
            adapt(rowsPerSecond * elapsed / NANOS_PER_SECOND);
        } else if (rows == 0) {
            threshold = 0;
        }
        sinceNanos = nowNanos;
        rows = 0;
        taken = 0;
        lightest = Long.MAX_VALUE;
    }

    private void adapt(double most) {
        double change = taken / most;
        if (change > 1) {
            double higher = Math.max(threshold, lightest) * Math.min(change, MOST_CHANGE);
            threshold = (long) Math.ceil(Math.min(higher, MOST_THRESHOLD));
        } else if (change < LITTLE && threshold > 0) {
            threshold = (long) (threshold * Math.max(change / LITTLE, 1 / MOST_CHANGE));
        }
        if (threshold <= lightest) {
            threshold = 0;
        }
        untilNext = interval();
    }
}
