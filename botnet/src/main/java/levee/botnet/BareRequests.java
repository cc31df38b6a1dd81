package levee.botnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import levee.telemetry.EventBatch;
import levee.telemetry.Hashing;

/**
 * Requests to bare addresses that are not answered yet, by connection: an answer in packets does not say what was asked. Bounded: a
 * new one takes the place of another where both fall together. Longer ago than a minute means nothing.
 */
final class BareRequests {
    private static final int ENTRIES = 1 << 12;
    private static final int LONGEST_TARGET = LoadWatch.LONGEST_TOLD;
    private static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** No request. */
    static final int NONE = -1;

    private final long seed;
    private final long[] keys = new long[ENTRIES];
    private final long[] nanos = new long[ENTRIES];
    private final boolean[] areUsed = new boolean[ENTRIES];
    private final boolean[] areByTools = new boolean[ENTRIES];
    private final byte[] targetLengths = new byte[ENTRIES];
    private final byte[] targets = new byte[ENTRIES * LONGEST_TARGET];

    /** @param seed of the hash that chooses places, secret on a live network */
    BareRequests(long seed) {
        this.seed = seed;
    }

    /**
     * Remembers a request until it is answered.
     *
     * @param target what was asked for, of which the first {@code length} bytes
     * @param isByTool whether a tool of scripts asked
     */
    void add(EventBatch batch, int event, byte[] target, int length, boolean isByTool) {
        long key = key(batch, event);
        int entry = entry(key);
        int kept = Math.min(length, LONGEST_TARGET);
        keys[entry] = key;
        nanos[entry] = batch.nanos[event];
        areUsed[entry] = true;
        areByTools[entry] = isByTool;
        targetLengths[entry] = (byte) kept;
        System.arraycopy(target, 0, targets, entry * LONGEST_TARGET, kept);
    }

    /** Takes out the request of the connection that an event is of, which is of use until the next is added; or {@link #NONE}. */
    int take(EventBatch batch, int event) {
        long key = key(batch, event);
        int entry = entry(key);
        if (!areUsed[entry] || keys[entry] != key) {
            return NONE;
        }
        areUsed[entry] = false;
        long age = batch.nanos[event] - nanos[entry];
        return age >= 0 && age <= LIFETIME_NANOS ? entry : NONE;
    }

    void clear() {
        Arrays.fill(areUsed, false);
    }

    boolean isByTool(int entry) {
        return areByTools[entry];
    }

    /** What was asked for; allocates. */
    String target(int entry) {
        return new String(targets, entry * LONGEST_TARGET, targetLengths[entry], ISO_8859_1);
    }

    private static int entry(long key) {
        return (int) key & ENTRIES - 1;
    }

    private long key(EventBatch batch, int event) {
        return Hashing.hash(
                seed,
                batch.initiatorHigh[event],
                batch.initiatorLow[event],
                batch.responderHigh[event],
                batch.responderLow[event],
                batch.initiatorPort[event] << 16 | batch.responderPort[event]);
    }
}
