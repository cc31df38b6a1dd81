package levee.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How often rates of which size were seen: eight classes for each doubling, so that quantiles are right to a twentieth, and
 * the largest exactly. Of constant size. Not for several threads.
 */
final class RateHistogram {
    private static final int CLASSES_OF_DOUBLING = 8;
    private static final int DOUBLINGS = 56;

    /** The first is for rates below 1. */
    private static final int CLASSES = 1 + CLASSES_OF_DOUBLING * DOUBLINGS;

    private final int[] counts = new int[CLASSES];
    private long count;
    private double maximum;

    /** @param rate what is less than nothing counts as nothing */
    void add(double rate) {
        counts[classOf(rate)]++;
        count++;
        maximum = Math.max(maximum, rate);
    }

    private static int classOf(double rate) {
        return rate < 1 ? 0 : Math.min(CLASSES - 1, 1 + (int) (CLASSES_OF_DOUBLING * Math.log(rate) / Math.log(2)));
    }

    void add(RateHistogram other) {
        for (int i = 0; i < CLASSES; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        maximum = Math.max(maximum, other.maximum);
    }

    long count() {
        return count;
    }

    double maximum() {
        return maximum;
    }

    /** The rate that such a share of all does not exceed, 0 to 1. */
    double quantile(double share) {
        long needed = Math.max(1, (long) Math.ceil(share * count));
        long sum = 0;
        for (int i = 0; i < CLASSES; i++) {
            sum += counts[i];
            if (sum >= needed) {
                return i == 0 ? 0 : Math.min(maximum, Math.pow(2, (i - 0.5) / CLASSES_OF_DOUBLING));
            }
        }
        return maximum;
    }

    void write(DataOutputStream out) throws IOException {
        int used = 0;
        for (int inClass : counts) {
            used += inClass == 0 ? 0 : 1;
        }
        out.writeDouble(maximum);
        out.writeShort(used);
        for (int i = 0; i < CLASSES; i++) {
            if (counts[i] != 0) {
                out.writeShort(i);
                out.writeInt(counts[i]);
            }
        }
    }

    static RateHistogram read(DataInputStream in) throws IOException {
        RateHistogram histogram = new RateHistogram();
        histogram.maximum = in.readDouble();
        int used = in.readUnsignedShort();
        for (int i = 0; i < used; i++) {
            int inClass = in.readUnsignedShort();
            int times = in.readInt();
            if (inClass >= CLASSES || times <= 0 || histogram.counts[inClass] != 0) {
                throw new IOException("a class of rates in it is not possible");
            }
            histogram.counts[inClass] = times;
            histogram.count += times;
        }
        if (!(histogram.maximum >= 0) || Double.isInfinite(histogram.maximum)) {
            throw new IOException("a largest rate in it is not possible");
        }
        return histogram;
    }
}
