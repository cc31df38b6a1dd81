package levee.capture;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Keeps the beginnings of what takes more than one TCP segment, such as hellos with post-quantum keys, until the rest comes.
 * Only segments in order are put together. Bounded: a new beginning takes the place of the oldest of the few that it may
 * stand in.
 */
final class BeginningTable {
    private static final int ENTRIES = 1 << 10;
    private static final int WAYS = 4;
    private static final int NOBODY = -1;

    /** The rest follows within a round trip or two, or after a retransmission (RFC 6298 section 2). */
    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Bytes kept: what a hello of {@link TlsHello#LONGEST} bytes takes with the headers of a few records. */
    static final int LONGEST = TlsHello.LONGEST + 4 * TlsRecords.HEADER;

    private final long seed = new SecureRandom().nextLong();
    private final long[] keys = new long[ENTRIES];
    private final long[] nanos = new long[ENTRIES];
    private final int[] nextSequence = new int[ENTRIES];

    /** Bytes that there are; zero where nobody waits. */
    private final int[] lengths = new int[ENTRIES];

    /** Made when they are needed first, and kept. */
    private final byte[][] streams = new byte[ENTRIES][];

    /** How many wait for a sequence number that ends in these bits: spares most segments the look into the table. */
    private final char[] waiting = new char[1 << 12];

    private long lost;

    /** Whether a segment with this sequence number may be one that is waited for. */
    boolean mayContinue(int sequence) {
        return waiting[sequence & waiting.length - 1] != 0;
    }

    /** Keeps a first segment. */
    void begin(FlowBatch batch, int row, byte[] bytes, int length) {
        long key = key(batch, row);
        int first = (int) key & ENTRIES - WAYS;
        int entry = first;
        for (int i = first; i < first + WAYS; i++) {
            if (lengths[i] > 0 && keys[i] == key) {
                entry = i;
                break;
            }
            if (lengths[entry] > 0 && (lengths[i] == 0 || nanos[i] < nanos[entry])) {
                entry = i;
            }
        }
        if (lengths[entry] > 0) {
            // The same segment again is no loss.
            lost += keys[entry] == key ? 0 : 1;
            forget(entry);
        }
        keys[entry] = key;
        append(entry, batch, row, bytes, length);
    }

    /** The entry that waits for this segment, or a negative number. */
    int find(FlowBatch batch, int row) {
        long key = key(batch, row);
        int first = (int) key & ENTRIES - WAYS;
        for (int entry = first; entry < first + WAYS; entry++) {
            if (lengths[entry] > 0 && keys[entry] == key && nextSequence[entry] == batch.tcpSequence[row]) {
                long age = batch.firstNanos[row] - nanos[entry];
                if (age <= LIFETIME_NANOS && age >= -LIFETIME_NANOS) {
                    return entry;
                }
            }
        }
        return NOBODY;
    }

    /** Appends a segment to what an entry has, as far as there is room. */
    void append(int entry, FlowBatch batch, int row, byte[] bytes, int length) {
        int had = lengths[entry];
        if (had > 0) {
            forget(entry);
        }
        byte[] stream = streams[entry];
        if (stream == null) {
            stream = new byte[LONGEST];
            streams[entry] = stream;
        }
        int count = Math.min(length, LONGEST - had);
        System.arraycopy(bytes, 0, stream, had, count);
        lengths[entry] = had + count;
        nanos[entry] = batch.firstNanos[row];
        nextSequence[entry] = batch.tcpSequence[row] + length;
        waiting[nextSequence[entry] & waiting.length - 1]++;
    }

    byte[] stream(int entry) {
        return streams[entry];
    }

    /** Bytes of an entry, {@link #LONGEST} at the most. */
    int length(int entry) {
        return lengths[entry];
    }

    /** Ends the waiting of an entry, which waits. */
    void forget(int entry) {
        waiting[nextSequence[entry] & waiting.length - 1]--;
        lengths[entry] = 0;
    }

    /** Beginnings whose place was taken by others. */
    long lost() {
        return lost;
    }

    private long key(FlowBatch batch, int row) {
        return Hashing.hash(
                seed,
                batch.sourceHigh[row],
                batch.sourceLow[row],
                batch.destinationHigh[row],
                batch.destinationLow[row],
                batch.sourcePort[row] << 16 | batch.destinationPort[row]);
    }
}
