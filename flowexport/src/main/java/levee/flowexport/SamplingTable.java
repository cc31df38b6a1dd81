package levee.flowexport;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sampling rates that the options data of a domain told. Changed under the exporter's lock, read without one. */
final class SamplingTable {
    private final int capacity;
    private final Map<Long, Integer> told = new LinkedHashMap<>();
    private volatile SamplingRates rates = SamplingRates.NONE;
    private boolean changed;

    SamplingTable(int capacity) {
        this.capacity = capacity;
    }

    SamplingRates rates() {
        return rates;
    }

    /**
     * @param key as {@link SamplingRates#key}
     * @param rate at least 1
     * @return false if there is no room
     */
    boolean put(long key, int rate) {
        Integer before = told.get(key);
        if (before != null && before == rate) {
            return true;
        }
        if (before == null && told.size() >= capacity) {
            return false;
        }
        told.put(key, rate);
        changed = true;
        return true;
    }

    /** Lets readers see what was put. */
    void publish() {
        if (changed) {
            changed = false;
            rates = new SamplingRates(told);
        }
    }

    /** What was told, by {@link SamplingRates#key}. */
    Map<Long, Integer> told() {
        return told;
    }
}
