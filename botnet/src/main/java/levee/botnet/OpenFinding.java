package levee.botnet;

import levee.detection.HeavyTable;

/** A finding about a key of a table; it outlives the entry of the key, which may have to make way. */
abstract class OpenFinding extends Subject {
    final HeavyTable table;
    final long hash;
    final long high;
    final long low;
    final long tag;
    private final int counter;

    /** @param counter of the entry that says which finding is open about its key */
    OpenFinding(HeavyTable table, int entry, int counter) {
        this.table = table;
        hash = table.hash(entry);
        high = table.high(entry);
        low = table.low(entry);
        tag = table.tag(entry);
        this.counter = counter;
    }

    /** The entry of the key, or {@link HeavyTable#NONE}. */
    final int entry() {
        return table.find(hash);
    }

    /** Lets the entry, if it is there, know its finding; only {@link HeavyTable#count} says where to write. */
    final void attach(int number) {
        if (entry() != HeavyTable.NONE) {
            table.set(table.count(hash, high, low, tag, 1) + counter, number);
        }
    }

    @Override
    void release() {
        attach(0);
    }
}
