package levee.drill;

import java.util.Optional;
import levee.model.Protocols;
import levee.model.Truth.FlowCounts;
import levee.telemetry.Hashing;

/**
 * Counts flows: packets of one protocol between the same two addresses and ports, without a pause of more than a minute.
 * Fragments are of the flow of their datagram; where its ports are never sent, and where a protocol has none, they are
 * taken to be 0. Memory holds those that may go on, as hashes of 64 bits: of a million flows at once, one is taken for
 * another with a chance of one in thirty million.
 */
final class FlowCounter {
    static final long PAUSE_SECONDS = 60;

    private static final long PAUSE_NANOS = PAUSE_SECONDS * 1_000_000_000L;
    private static final long NEVER_SENT = Long.MIN_VALUE / 2;
    private static final int FIRST_SLOTS = 1 << 12;
    static final int MOST_SLOTS = 1 << 21;

    private final long seed;
    private final int mostSlots;

    /** Zero where a slot is free. */
    private long[] keys = new long[FIRST_SLOTS];

    /** When the end with the lower address and port sent last, and the other one. */
    private long[] lowerNanos = new long[FIRST_SLOTS];

    private long[] upperNanos = new long[FIRST_SLOTS];
    private int used;
    private long bidirectional;
    private long unidirectional;
    private boolean tooMany;

    /** @param mostSlots a power of two; five eighths of it are the most flows that may go on at once */
    FlowCounter(long seed, int mostSlots) {
        this.seed = seed;
        this.mostSlots = mostSlots;
    }

    /** Counts a packet; their times never go back. */
    void add(Packet packet) {
        if (tooMany) {
            return;
        }
        boolean hasPorts = !packet.isOrphan && (packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP);
        int sourcePort = hasPorts ? packet.sourcePort : 0;
        int destinationPort = hasPorts ? packet.destinationPort : 0;
        boolean fromLower = isFromLower(packet, sourcePort, destinationPort);
        int slot = fromLower
                ? slot(
                        packet.sourceHigh,
                        packet.sourceLow,
                        packet.destinationHigh,
                        packet.destinationLow,
                        ends(packet.protocol, sourcePort, destinationPort))
                : slot(
                        packet.destinationHigh,
                        packet.destinationLow,
                        packet.sourceHigh,
                        packet.sourceLow,
                        ends(packet.protocol, destinationPort, sourcePort));
        long oldest = packet.nanos - PAUSE_NANOS;
        boolean isNew = Math.max(lowerNanos[slot], upperNanos[slot]) < oldest;
        long[] sent = fromLower ? lowerNanos : upperNanos;
        if (isNew) {
            bidirectional++;
        }
        if (sent[slot] < oldest) {
            unidirectional++;
        }
        sent[slot] = packet.nanos;
        if (used > keys.length / 4 * 3) {
            makeRoom(oldest);
        }
    }

    private static boolean isFromLower(Packet packet, int sourcePort, int destinationPort) {
        if (packet.sourceHigh != packet.destinationHigh) {
            return packet.sourceHigh < packet.destinationHigh;
        }
        if (packet.sourceLow != packet.destinationLow) {
            return packet.sourceLow < packet.destinationLow;
        }
        return sourcePort <= destinationPort;
    }

    private static long ends(int protocol, int lowerPort, int upperPort) {
        return (long) protocol << 32 | (long) lowerPort << 16 | upperPort;
    }

    /** Finds the flow between two ends, or makes room for it. */
    private int slot(long lowerHigh, long lowerLow, long upperHigh, long upperLow, long ends) {
        long hash = Hashing.hash(seed, lowerHigh, lowerLow, upperHigh, upperLow, ends);
        long key = hash == 0 ? 1 : hash;
        int slot = find(key);
        if (keys[slot] == 0) {
            used++;
            keys[slot] = key;
            lowerNanos[slot] = NEVER_SENT;
            upperNanos[slot] = NEVER_SENT;
        }
        return slot;
    }

    /** The slot of a key, or the free one where it belongs. */
    private int find(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Forgets what is over; grows, if that is less than half, and gives up, if it may not. */
    private void makeRoom(long oldest) {
        long[] oldKeys = keys;
        long[] oldLower = lowerNanos;
        long[] oldUpper = upperNanos;
        int alive = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            alive += oldKeys[i] != 0 && Math.max(oldLower[i], oldUpper[i]) >= oldest ? 1 : 0;
        }
        tooMany = alive > mostSlots / 8 * 5;
        boolean grows = alive > oldKeys.length / 8 * 3 && oldKeys.length < mostSlots;
        int slots = tooMany ? 0 : grows ? 2 * oldKeys.length : oldKeys.length;
        keys = new long[slots];
        lowerNanos = new long[slots];
        upperNanos = new long[slots];
        used = 0;
        for (int i = 0; i < oldKeys.length && !tooMany; i++) {
            if (oldKeys[i] != 0 && Math.max(oldLower[i], oldUpper[i]) >= oldest) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                lowerNanos[slot] = oldLower[i];
                upperNanos[slot] = oldUpper[i];
                used++;
            }
        }
    }

    /** How many there were, unless they were too many at once to be counted. */
    Optional<FlowCounts> counts() {
        return tooMany ? Optional.empty() : Optional.of(new FlowCounts(bidirectional, unidirectional, PAUSE_SECONDS));
    }
}
