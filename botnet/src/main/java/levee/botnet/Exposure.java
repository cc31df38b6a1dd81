package levee.botnet;

import levee.botnet.ServiceTraffic.Measure;
import levee.detection.DistinctCounter;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.model.Evidence;
import org.jspecify.annotations.Nullable;

/** A service of which it is told that it can be abused. */
final class Exposure extends OpenFinding {
    /** Since it was opened. */
    final DistinctCounter clients;

    /** As last judged. */
    Measure measure;

    /** By the table, which knows those before it was opened, too. */
    long clientsCounted;

    /** Of the client that was sent most. */
    @Nullable
    Evidence abuse;

    long abuseAnswers;

    Exposure(HeavyTable table, int entry, MemoryBudget budget, Measure measure) {
        super(table, entry, ServiceTraffic.OPEN);
        clients = new DistinctCounter(budget);
        this.measure = measure;
    }

    @Override
    long amount() {
        return measure.answers().packets();
    }

    @Override
    void release() {
        super.release();
        clients.clear();
    }
}
