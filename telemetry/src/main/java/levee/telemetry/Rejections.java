package levee.telemetry;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was rejected, by reason. Not safe for several threads: every reader has its own. */
public final class Rejections {
    private final long[] counts = new long[RejectionReason.values().length];

    public void count(RejectionReason reason) {
        counts[reason.ordinal()]++;
    }

    /** How often anything was counted, of all reasons. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Forgets all counts. */
    public void clear() {
        Arrays.fill(counts, 0);
    }

    public void count(RejectionReason reason, long times) {
        counts[reason.ordinal()] += times;
    }

    /** How often {@code reason} was counted. */
    public long of(RejectionReason reason) {
        return counts[reason.ordinal()];
    }

    /** The counts that are not zero, by label. */
    public Map<String, Long> asMap() {
        Map<String, Long> map = new TreeMap<>();
        for (RejectionReason reason : RejectionReason.values()) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason.label(), counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
