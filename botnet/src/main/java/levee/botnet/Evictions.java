package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.detection.HeavyTable;

/** How often something had to be forgotten because a table was full, where tables are cleared now and then. */
final class Evictions {
    private final List<HeavyTable> tables = new ArrayList<>();
    private long before;

    /** Makes a table that counts. @param capacity and counters as of {@link HeavyTable} */
    HeavyTable table(int capacity, int counters) {
        HeavyTable table = new HeavyTable(capacity, counters);
        tables.add(table);
        return table;
    }

    /** Empties a table, which forgets how often keys had to make way. */
    void clear(HeavyTable table) {
        before += table.evicted();
        table.clear();
    }

    /** For something there is no room. */
    void add() {
        before++;
    }

    long total() {
        long total = before;
        for (HeavyTable table : tables) {
            total += table.evicted();
        }
        return total;
    }
}
