package levee.flowexport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The sets of one exporter that wait for their templates. Used under the exporter's lock. */
final class WaitingData {
    /** What a set costs beyond its bytes, roughly. */
    private static final int OVERHEAD = 120;

    private final ExporterLimits limits;

    private final ByteBudget budget;

    private final Deque<WaitingSet> sets = new ArrayDeque<>();
    private long bytes;

    WaitingData(ExporterLimits limits, ByteBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    private static int cost(int length) {
        return length + OVERHEAD;
    }

    /** Whether a set of {@code length} bytes finds room; if so it must be {@link #add added}. */
    boolean reserve(int length) {
        int cost = cost(length);
        if (bytes + cost > limits.waitingBytesPerExporter() || !budget.take(cost)) {
            return false;
        }
        bytes += cost;
        return true;
    }

    void add(WaitingSet set) {
        sets.addLast(set);
    }

    /** Moves what waits for a template to {@code target}, the oldest first. */
    void take(ObservationDomain domain, int templateId, Deque<WaitingSet> target) {
        if (sets.isEmpty()) {
            return;
        }
        for (Iterator<WaitingSet> all = sets.iterator(); all.hasNext(); ) {
            WaitingSet set = all.next();
            if (set.domain() == domain && set.templateId() == templateId) {
                all.remove();
                release(set);
                target.addLast(set);
            }
        }
    }

    /** Drops what has waited too long, and says how many sets. */
    int expire(long nowNanos) {
        int expired = 0;
        while (!sets.isEmpty() && nowNanos - sets.getFirst().datagram().receivedNanos > limits.waitingNanos()) {
            release(sets.removeFirst());
            expired++;
        }
        return expired;
    }

    /** Drops everything. */
    void clear() {
        budget.giveBack(bytes);
        bytes = 0;
        sets.clear();
    }

    private void release(WaitingSet set) {
        int cost = cost(set.bytes().length);
        bytes -= cost;
        budget.giveBack(cost);
    }

    /** Memory in use, in bytes. */
    long bytes() {
        return bytes;
    }
}
