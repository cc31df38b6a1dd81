package levee.botnet;

import java.util.Arrays;
import java.util.Optional;
import levee.telemetry.ConnectionTable;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import org.jspecify.annotations.Nullable;

/** By which name own hosts found an address, as answers of the DNS and they themselves tell. Bounded; a newer name takes the place of an older one. */
final class NameCache {
    private static final int CAPACITY = 1 << 16;

    private final long seed;
    private final long[] keys = new long[CAPACITY];
    private final @Nullable String[] names = new String[CAPACITY];

    /** @param seed of the hashes in the rows */
    NameCache(long seed) {
        this.seed = seed;
    }

    long addressHash(long high, long low) {
        return ConnectionTable.addressHash(seed, high, low);
    }

    /** Notes the addresses of an answer. */
    void note(EventBatch batch, int event) {
        int addresses = batch.addresses(event);
        if (addresses == 0 || batch.textLength(event, Text.NAME) == 0) {
            return;
        }
        for (int i = 0; i < addresses; i++) {
            note(batch, event, batch.addressHigh(event, i), batch.addressLow(event, i));
        }
    }

    /** Notes that an address has the event's name, unless it has one. */
    void note(EventBatch batch, int event, long high, long low) {
        long hash = addressHash(high, low);
        int at = at(hash);
        if (keys[at] != hash) {
            keys[at] = hash;
            names[at] = batch.text(event, Text.NAME);
        }
    }

    Optional<String> name(long high, long low) {
        long hash = addressHash(high, low);
        int at = at(hash);
        return keys[at] == hash ? Optional.ofNullable(names[at]) : Optional.empty();
    }

    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(names, null);
    }

    private static int at(long hash) {
        return (int) (hash >>> 24) & CAPACITY - 1;
    }
}
