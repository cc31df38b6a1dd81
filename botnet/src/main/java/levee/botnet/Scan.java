package levee.botnet;

import levee.detection.DistinctCounter;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.model.Prefix;

/** A network, or a service that many look for, of which it is told that it scans. */
final class Scan extends OpenFinding {
    final boolean isService;
    final DistinctCounter pairs;
    final DistinctCounter hosts;
    long lastNanos;

    /** What the table knows; it is lost where the entry must make way. */
    Tries measure;

    Scan(boolean isService, HeavyTable table, int entry, MemoryBudget budget, Tries measure) {
        super(table, entry, NetworkTries.OPEN);
        this.isService = isService;
        this.measure = measure;
        lastNanos = table.value(entry, NetworkTries.LAST);
        pairs = new DistinctCounter(budget);
        hosts = new DistinctCounter(budget);
    }

    /** The network, or all of them. */
    Prefix source() {
        return isService ? ServiceTries.everywhere(low) : Addresses.network(high, low);
    }

    @Override
    long amount() {
        return Math.max(measure.tries(), pairs.value());
    }

    @Override
    void release() {
        super.release();
        pairs.clear();
        hosts.clear();
    }
}
