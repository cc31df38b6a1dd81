package levee.botnet;

import java.util.Arrays;

/**
 * How regular the contacts of one host with one server are: the four components that RITA published (Active Countermeasures,
 * RITA v5), and how many of the gaps are about the same.
 *
 * @param time how alike the gaps between contacts are, 0 to 1
 * @param size how alike the bytes sent are, 0 to 1
 * @param histogram how evenly contacts are spread over the window, 0 to 1
 * @param duration how much of the window they cover, 0 to 1
 * @param concentration the share of gaps within 30 % of the median, or a second
 * @param medianGapSeconds of the gaps that are not zero
 * @param contacts at different seconds
 */
record BeaconScore(
        double time,
        double size,
        double histogram,
        double duration,
        double concentration,
        double medianGapSeconds,
        int contacts) {

    private static final int BINS = 24;
    private static final int FEWEST_GAPS = 3;
    private static final int FEWEST_BINS = 6;
    private static final int FEWEST_BINS_OF_TWO = 11;
    private static final int LONGEST_RUN = 12;
    private static final double SMALLEST_SPREAD = 10;

    /** The mean of the four. */
    double score() {
        return (time + size + histogram + duration) / 4;
    }

    /**
     * @param seconds of contacts, in any order; sorted by this
     * @param sizes bytes sent by the host in each; sorted by this
     * @param count of both that are used
     * @param windowStart the beginning of what was watched, in the same seconds
     * @param windowEnd its end
     */
    static BeaconScore of(int[] seconds, int[] sizes, int count, int windowStart, int windowEnd) {
        Arrays.sort(seconds, 0, count);
        Arrays.sort(sizes, 0, count);
        int[] gaps = new int[Math.max(0, count - 1)];
        int gapCount = 0;
        int distinct = count == 0 ? 0 : 1;
        for (int i = 1; i < count; i++) {
            int gap = seconds[i] - seconds[i - 1];
            if (gap > 0) {
                gaps[gapCount++] = gap;
                distinct++;
            }
        }
        Arrays.sort(gaps, 0, gapCount);
        double median = gapCount == 0 ? 0 : median(gaps, 0, gapCount);
        int near = 0;
        for (int i = 0; i < gapCount; i++) {
            near += Math.abs(gaps[i] - median) <= Math.max(1, 0.3 * median) ? 1 : 0;
        }
        int[] bins = bins(seconds, count, windowStart, windowEnd);
        return new BeaconScore(
                gapCount < FEWEST_GAPS ? 0 : regularity(gaps, gapCount, 1),
                count < FEWEST_GAPS ? 0 : regularity(sizes, count, 0),
                histogram(bins),
                duration(bins, seconds, count, windowStart, windowEnd),
                gapCount == 0 ? 0 : (double) near / gapCount,
                median,
                distinct);
    }

    /**
     * The mean of one less Bowley's skewness and one less the relative median absolute deviation.
     *
     * @param deviationOfSmall what the second is where the median is below one
     */
    private static double regularity(int[] sorted, int count, double deviationOfSmall) {
        double middle = median(sorted, 0, count);
        int half = count / 2;
        double lower = half == 0 ? middle : median(sorted, 0, half);
        double upper = half == 0 ? middle : median(sorted, count - half, count);
        double spread = upper - lower;
        double skewness = spread < SMALLEST_SPREAD || middle == lower || middle == upper
                ? 0
                : (upper + lower - 2 * middle) / spread;
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            deviations[i] = Math.abs(sorted[i] - middle);
        }
        Arrays.sort(deviations);
        double deviation = (deviations[(count - 1) / 2] + deviations[count / 2]) / 2;
        double concentrated = middle < 1 ? deviationOfSmall : Math.max(0, (middle - deviation) / middle);
        return (1 - Math.abs(skewness) + concentrated) / 2;
    }

    private static double median(int[] sorted, int from, int to) {
        int length = to - from;
        int middle = from + length / 2;
        return (length & 1) == 1 ? sorted[middle] : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static int[] bins(int[] seconds, int count, int start, int end) {
        int[] bins = new int[BINS];
        double width = Math.max(1, (double) end - start) / BINS;
        for (int i = 0; i < count; i++) {
            bins[Math.clamp((long) ((seconds[i] - start) / width), 0, BINS - 1)]++;
        }
        return bins;
    }

    private static double histogram(int[] bins) {
        double sum = 0;
        int most = 0;
        int used = 0;
        for (int bin : bins) {
            sum += bin;
            most = Math.max(most, bin);
            used += bin > 0 ? 1 : 0;
        }
        if (used == 0) {
            return 0;
        }
        double mean = sum / BINS;
        double squares = 0;
        for (int bin : bins) {
            squares += (bin - mean) * (bin - mean);
        }
        double even = Math.max(0, 1 - Math.sqrt(squares / BINS) / mean);
        return used < FEWEST_BINS_OF_TWO ? even : Math.max(even, twoHeights(bins, most, used));
    }

    /** How many of the bins have one of the two heights that are most common: a beacon that rests in turns. */
    private static double twoHeights(int[] bins, int most, int used) {
        int width = (int) Math.ceil(0.05 * most);
        int[] heights = new int[most / width + 1];
        for (int bin : bins) {
            if (bin > 0) {
                heights[bin / width]++;
            }
        }
        Arrays.sort(heights);
        int both = heights[heights.length - 1] + (heights.length > 1 ? heights[heights.length - 2] : 0);
        return Math.min(1, (double) both / Math.max(1, used - 1));
    }

    private static double duration(int[] bins, int[] sorted, int count, int start, int end) {
        int used = 0;
        int run = 0;
        int longest = 0;
        // Twice around, since a run may go over midnight.
        for (int i = 0; i < 2 * BINS; i++) {
            boolean isUsed = bins[i % BINS] > 0;
            used += isUsed && i < BINS ? 1 : 0;
            run = isUsed ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        if (used < FEWEST_BINS) {
            return 0;
        }
        double covered = ((double) sorted[count - 1] - sorted[0]) / Math.max(1, end - start);
        return Math.min(1, Math.max(covered, (double) Math.min(longest, BINS) / LONGEST_RUN));
    }
}
