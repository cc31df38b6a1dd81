package levee.engine;

import java.util.SplittableRandom;
import levee.telemetry.FlowBatch;

/**
 * What is done when more comes than can be looked at: of the rows one in so many is kept, by chance, and stands for the
 * others, as samples do. Rates and amounts stay right, and the detector knows that it does not see all.
 */
final class Shedding {
    private static final double BEGIN = 0.5;
    private static final double END = 0.1;
    private static final int MOST = 64;

    private final SplittableRandom random;
    private int keptOneIn = 1;
    private long shed;

    Shedding(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Adapts to the load: twice as much is given up for each half of the rest of the room that is taken.
     *
     * @param load the part of the waiting room that is taken, 0 to 1
     */
    void adapt(double load) {
        if (load < END) {
            keptOneIn = 1;
        } else if (load >= BEGIN) {
            int needed = 2;
            for (double left = (1 - BEGIN) / 2; 1 - load < left && needed < MOST; left /= 2) {
                needed *= 2;
            }
            keptOneIn = Math.max(keptOneIn, needed);
        }
    }

    /** One in how many rows is kept; 1 if all are. */
    int keptOneIn() {
        return keptOneIn;
    }

    /** Rows that were given up so far. */
    long shed() {
        return shed;
    }

    /** Gives up rows of a batch, from one on. */
    void thin(FlowBatch batch, int from) {
        if (keptOneIn == 1) {
            return;
        }
        int kept = from;
        for (int row = from; row < batch.size; row++) {
            if (random.nextInt(keptOneIn) == 0) {
                batch.copyRow(row, kept);
                batch.packets[kept] = times(batch.packets[kept], Long.MAX_VALUE);
                batch.bytes[kept] = times(batch.bytes[kept], Long.MAX_VALUE);
                batch.samplingRate[kept] = (int) times(batch.samplingRate[kept], Integer.MAX_VALUE);
                kept++;
            }
        }
        shed += batch.size - kept;
        batch.size = kept;
    }

    /** What exporters say may be anything. */
    private long times(long value, long most) {
        return value > most / keptOneIn ? most : value * keptOneIn;
    }
}
