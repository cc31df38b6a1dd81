package levee.flowexport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of the sFlow agents of an exporter. Threads meet here seldom: counters come every some seconds. */
final class SflowState {
    /** Interfaces and data sources of the largest routers are some thousands. */
    private static final int LARGEST = 8_192;

    private final Map<Integer, InterfaceCounters> interfaces = new HashMap<>();
    private final Map<Long, Integer> drops = new HashMap<>();

    synchronized void put(InterfaceCounters counters) {
        if (interfaces.size() < LARGEST || interfaces.containsKey(counters.index())) {
            interfaces.put(counters.index(), counters);
        }
    }

    synchronized List<InterfaceCounters> interfaces() {
        return List.copyOf(interfaces.values());
    }

    /**
     * @param source that a sampler counts drops for
     * @param count since the agent started, modulo 2^32
     * @return how many more there are than when it was last told
     */
    synchronized long newDrops(long source, int count) {
        if (drops.size() >= LARGEST && !drops.containsKey(source)) {
            return 0;
        }
        Integer before = drops.put(source, count);
        int more = before == null ? 0 : count - before;
        return Math.max(0, more);
    }
}
