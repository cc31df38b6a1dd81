package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import levee.detection.HeavyTable;
import org.jspecify.annotations.Nullable;

/**
 * The findings that are open about keys of tables, so many at the most. The entry of a key knows the number of its finding, from 1
 * on; a number is free again when its finding is over.
 */
final class OpenFindings<F extends OpenFinding> {
    private final int most;
    private final Evictions evictions;
    private final List<F> findings = new ArrayList<>();

    OpenFindings(int most, Evictions evictions) {
        this.most = most;
        this.evictions = evictions;
    }

    /** All, over or not, by number. */
    List<F> list() {
        return findings;
    }

    /** The finding of a number that an entry knows; null of 0. */
    @Nullable
    F get(long number) {
        return number == 0 ? null : findings.get((int) number - 1);
    }

    void clear() {
        findings.clear();
    }

    /**
     * Makes a finding about the key of an entry.
     *
     * @return null where it is there, and only had lost its entry meanwhile, or where there is no room
     */
    @Nullable
    F add(HeavyTable table, int entry, Supplier<F> maker) {
        long hash = table.hash(entry);
        int number = 0;
        for (int i = 0; i < findings.size(); i++) {
            F finding = findings.get(i);
            if (!finding.isOpen()) {
                number = i + 1;
            } else if (finding.hash == hash && finding.table == table) {
                finding.attach(i + 1);
                return null;
            }
        }
        if (number == 0 && findings.size() == most) {
            evictions.add();
            return null;
        }
        F made = maker.get();
        if (number == 0) {
            findings.add(made);
            number = findings.size();
        } else {
            findings.set(number - 1, made);
        }
        made.attach(number);
        return made;
    }

    /**
     * Empties a table but of the keys that findings are open about.
     *
     * @param weight of an entry that is kept, at least 1
     */
    void clearOthers(HeavyTable table, IntToLongFunction weight) {
        List<F> kept = new ArrayList<>();
        List<long[]> counters = new ArrayList<>();
        for (F finding : findings) {
            int entry = finding.table == table && finding.isOpen() ? finding.entry() : HeavyTable.NONE;
            if (entry != HeavyTable.NONE) {
                long[] values = new long[table.counters() + 1];
                for (int counter = 0; counter < table.counters(); counter++) {
                    values[counter] = table.value(entry, counter);
                }
                values[table.counters()] = weight.applyAsLong(entry);
                kept.add(finding);
                counters.add(values);
            }
        }
        evictions.clear(table);
        for (int i = 0; i < kept.size(); i++) {
            F finding = kept.get(i);
            long[] values = counters.get(i);
            int at = table.count(finding.hash, finding.high, finding.low, finding.tag, values[table.counters()]);
            for (int counter = 0; counter < table.counters(); counter++) {
                table.set(at + counter, values[counter]);
            }
        }
    }
}
