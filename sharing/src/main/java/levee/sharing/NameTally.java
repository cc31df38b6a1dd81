package levee.sharing;

import java.util.HashMap;
import java.util.Map;

/** Counts how often each name occurs, without an object for each occurrence. */
final class NameTally {
    private static final int MOST_NAMES = 4_096;

    private final EntryBudget budget;
    private final Tally hashes = new Tally(MOST_NAMES);
    private final Map<Long, String> names = new HashMap<>();

    /** @param budget of names, which are larger than numbers; further ones count to the total only */
    NameTally(EntryBudget budget) {
        this.budget = budget;
    }

    void add(CharSequence name, long count) {
        long hash = hash(name);
        if (!hashes.has(hash) && !budget.take()) {
            hashes.addOther(count);
        } else if (hashes.add(hash, count)) {
            names.put(hash, name.toString());
        }
    }

    /** FNV-1a with 64 bits; two names that share a hash are counted as one. */
    private static long hash(CharSequence name) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100_0000_01b3L;
        }
        return hash;
    }

    Tally tally() {
        return hashes;
    }

    /** The name of a value of {@link #tally}. */
    String name(long value) {
        return names.getOrDefault(value, "");
    }
}
