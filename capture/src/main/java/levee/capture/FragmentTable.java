package levee.capture;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.Hashing;

/**
 * Remembers the ports of first fragments, so that the fragments that follow get them. Bounded: a new entry overwrites
 * what stood in its place.
 */
final class FragmentTable {
    private static final int ENTRIES = 1 << 13;

    /** How long a receiver waits for the rest (RFC 791 section 3.2 and RFC 8200 section 4.5 say 15 to 60 s). */
    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long seed = new SecureRandom().nextLong();
    private final long[] keys = new long[ENTRIES];
    private final long[] nanos = new long[ENTRIES];
    private final int[] ports = new int[ENTRIES];
    private final byte[] hints = new byte[ENTRIES];

    /** Stores the ports of a first fragment. */
    void remember(FlowBatch batch, int row, int identification) {
        long key = key(batch, row, identification);
        int entry = (int) key & ENTRIES - 1;
        keys[entry] = key;
        nanos[entry] = batch.firstNanos[row];
        ports[entry] = batch.sourcePort[row] << 16 | batch.destinationPort[row];
        hints[entry] = batch.payloadHint[row];
    }

    /** Gives a later fragment the ports of its first one, if that was seen. */
    void join(FlowBatch batch, int row, int identification) {
        long key = key(batch, row, identification);
        int entry = (int) key & ENTRIES - 1;
        long age = batch.firstNanos[row] - nanos[entry];
        if (keys[entry] != key || age > LIFETIME_NANOS || age < -LIFETIME_NANOS) {
            return;
        }
        batch.sourcePort[row] = (char) (ports[entry] >>> 16);
        batch.destinationPort[row] = (char) ports[entry];
        batch.payloadHint[row] = hints[entry];
        batch.fragment[row] |= Fragment.JOINED;
    }

    private long key(FlowBatch batch, int row, int identification) {
        return Hashing.hash(
                seed,
                batch.sourceHigh[row],
                batch.sourceLow[row],
                batch.destinationHigh[row],
                batch.destinationLow[row],
                (long) batch.protocol[row] << 32 | identification & 0xffff_ffffL);
    }
}
