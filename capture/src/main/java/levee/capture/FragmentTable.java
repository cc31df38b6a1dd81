package levee.capture;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.Hashing;

/**
 * Remembers the ports of first fragments, so that the fragments that follow get them. Bounded: a new entry overwrites
 * the oldest of the few that it may take the place of.
 */
final class FragmentTable {
    private static final int ENTRIES = 1 << 13;
    private static final int WAYS = 4;

    /** How long a receiver waits for the rest (RFC 791 section 3.2 and RFC 8200 section 4.5 say 15 to 60 s). */
    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long seed = new SecureRandom().nextLong();
    private final long[] keys = new long[ENTRIES];
    private final long[] nanos = new long[ENTRIES];
    private final int[] ports = new int[ENTRIES];
    private final byte[] protocols = new byte[ENTRIES];
    private final byte[] hints = new byte[ENTRIES];

    /** Stores the ports of a first fragment. */
    void remember(FlowBatch batch, int row, int identification) {
        long key = key(batch, row, identification);
        int entry = oldestOrOf(key);
        keys[entry] = key;
        nanos[entry] = batch.firstNanos[row];
        ports[entry] = batch.sourcePort[row] << 16 | batch.destinationPort[row];
        protocols[entry] = batch.protocol[row];
        hints[entry] = batch.payloadHint[row];
    }

    /** Gives a later fragment the ports and protocol of its first one, if that was seen. */
    void join(FlowBatch batch, int row, int identification) {
        long key = key(batch, row, identification);
        int entry = oldestOrOf(key);
        long age = batch.firstNanos[row] - nanos[entry];
        if (keys[entry] != key || age > LIFETIME_NANOS || age < -LIFETIME_NANOS) {
            return;
        }
        batch.sourcePort[row] = (char) (ports[entry] >>> 16);
        batch.destinationPort[row] = (char) ports[entry];
        batch.protocol[row] = protocols[entry];
        batch.payloadHint[row] = hints[entry];
        batch.fragment[row] |= Fragment.JOINED;
    }

    /** The entry of a first fragment, or else the one that is overwritten for it. */
    private int oldestOrOf(long key) {
        int first = (int) key & ENTRIES - WAYS;
        int oldest = first;
        for (int entry = first; entry < first + WAYS; entry++) {
            if (keys[entry] == key) {
                return entry;
            }
            if (nanos[entry] < nanos[oldest]) {
                oldest = entry;
            }
        }
        return oldest;
    }

    /** The protocol is part of the key of IPv4 (RFC 791) but not of IPv6 (RFC 8200 section 4.5). */
    private long key(FlowBatch batch, int row, int identification) {
        boolean isIpv4 = IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row]);
        long protocol = isIpv4 ? batch.protocol[row] & 0xff : 0;
        return Hashing.hash(
                seed,
                batch.sourceHigh[row],
                batch.sourceLow[row],
                batch.destinationHigh[row],
                batch.destinationLow[row],
                protocol << 32 | identification & 0xffff_ffffL);
    }
}
