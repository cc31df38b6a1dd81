package levee.telemetry;

import static levee.telemetry.Relation.ANSWERED;
import static levee.telemetry.Relation.COMPLETES;
import static levee.telemetry.Relation.FIRST_ANSWER;
import static levee.telemetry.Relation.FIRST_DATA;
import static levee.telemetry.Relation.FROM_INITIATOR;
import static levee.telemetry.Relation.KNOWN;
import static levee.telemetry.Relation.OPENS;
import static levee.telemetry.Relation.STARTED;

import levee.model.Protocols;

/**
 * Tells for each row how it stands to its connection: who began, whether the other side answered. A connection is held
 * as a 64-bit fingerprint under a secret seed and a few bits, so that a million of them fit into the processor's
 * cache; two live connections share a fingerprint once in 10^13.
 *
 * <p>Bounded: where a bucket is full, the entry that would expire first makes way. Unanswered connections expire soon,
 * so that a flood of forged ones displaces itself and not the conversations of others.
 */
public final class ConnectionTable {
    private static final int WAYS = 8;

    /** Seconds after the last row at which a connection is over. */
    private static final int UNANSWERED_SECONDS = 30;

    private static final int ANSWERED_SECONDS = 180;
    private static final int ESTABLISHED_TCP_SECONDS = 900;
    private static final int CLOSED_SECONDS = 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PORT_MULTIPLIER = 0xc2b2_ae3d_27d4_eb4fL;

    // Bits of an entry's state.
    private static final int INITIATOR_IS_LOWER = 1;
    private static final int START_SEEN = 1 << 1;
    private static final int RESPONDER_SEEN = 1 << 2;
    private static final int COMPLETED = 1 << 3;
    private static final int CLOSED = 1 << 4;
    private static final int DATA_SENT = 1 << 5;

    private final long seed;
    private final int bucketMask;
    private final long[] fingerprints;
    private final int[] expirySeconds;
    private final byte[] states;
    private long evicted;

    /**
     * @param capacity connections held at the most; a power of two, at least 8
     * @param seed secret, so that nobody outside can choose colliding connections
     */
    public ConnectionTable(int capacity, long seed) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        this.seed = seed;
        bucketMask = capacity / WAYS - 1;
        fingerprints = new long[capacity];
        expirySeconds = new int[capacity];
        states = new byte[capacity];
    }

    /** Live connections that had to make way for others. */
    public long evicted() {
        return evicted;
    }

    /** Fills in {@link FlowBatch#relation} of all rows, unless the source did. */
    public void annotate(FlowBatch batch) {
        if (batch.rows == FlowBatch.Rows.CONNECTIONS) {
            return;
        }
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            batch.relation[row] = (byte) relate(batch, row);
        }
    }

    private int relate(FlowBatch batch, int row) {
        int protocol = batch.protocol[row];
        boolean hasPorts = protocol != Protocols.ICMP && protocol != Protocols.ICMPV6;
        long source = endpoint(batch.sourceHigh[row], batch.sourceLow[row], hasPorts ? batch.sourcePort[row] : 0);
        long destination =
                endpoint(batch.destinationHigh[row], batch.destinationLow[row], hasPorts ? batch.destinationPort[row] : 0);
        boolean fromLower = source < destination;
        // Addition makes both directions one key; zero marks a free entry.
        long fingerprint = Hashing.hash(seed, source + destination, protocol) | 1;
        int now = (int) (batch.lastNanos[row] / NANOS_PER_SECOND);
        int entry = find(fingerprint, now);
        int flags = protocol == Protocols.TCP ? batch.tcpFlags[row] & 0xff : 0;
        if (fingerprints[entry] != fingerprint
                || expirySeconds[entry] - now < 0
                || isReopened(states[entry], flags, fromLower)) {
            return open(entry, fingerprint, protocol, flags, fromLower, now);
        }
        return advance(entry, protocol, flags, fromLower, now);
    }

    private long endpoint(long high, long low, int port) {
        return Hashing.hash(seed + port * PORT_MULTIPLIER, high, low);
    }

    /** The connection's entry, or the one that it may take. */
    private int find(long fingerprint, int now) {
        int first = ((int) (fingerprint >>> 20) & bucketMask) * WAYS;
        int victim = first;
        for (int way = first; way < first + WAYS; way++) {
            long held = fingerprints[way];
            if (held == fingerprint) {
                return way;
            }
            if (held == 0) {
                return way;
            }
            if (expirySeconds[way] - expirySeconds[victim] < 0) {
                victim = way;
            }
        }
        if (expirySeconds[victim] - now >= 0) {
            evicted++;
        }
        return victim;
    }

    /** A SYN on a connection that is closed, or established, or from the other side, is a new connection. */
    private static boolean isReopened(int state, int flags, boolean fromLower) {
        boolean opening = (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
        boolean fromInitiator = ((state & INITIATOR_IS_LOWER) != 0) == fromLower;
        return opening && (!fromInitiator || (state & (CLOSED | COMPLETED)) != 0 || (state & START_SEEN) == 0);
    }

    private int open(int entry, long fingerprint, int protocol, int flags, boolean fromLower, int now) {
        boolean startSeen = protocol != Protocols.TCP || (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
        fingerprints[entry] = fingerprint;
        states[entry] = (byte) ((fromLower ? INITIATOR_IS_LOWER : 0) | (startSeen ? START_SEEN : 0));
        expirySeconds[entry] = now + UNANSWERED_SECONDS;
        return KNOWN | FROM_INITIATOR | OPENS | (startSeen ? STARTED : 0);
    }

    private int advance(int entry, int protocol, int flags, boolean fromLower, int now) {
        int state = states[entry];
        int relation = KNOWN | ((state & START_SEEN) != 0 ? STARTED : 0);
        boolean fromInitiator = ((state & INITIATOR_IS_LOWER) != 0) == fromLower;
        boolean refusal = (flags & TcpFlags.RST) != 0;
        if (fromInitiator) {
            relation |= FROM_INITIATOR | ((state & RESPONDER_SEEN) != 0 ? ANSWERED : 0);
            if ((state & COMPLETED) == 0 && completes(state, protocol, flags)) {
                relation |= COMPLETES;
                state |= COMPLETED;
            }
            if ((state & DATA_SENT) == 0 && (flags & TcpFlags.PSH) != 0) {
                relation |= FIRST_DATA;
                state |= DATA_SENT;
            }
        } else {
            relation |= ANSWERED;
            if ((state & RESPONDER_SEEN) == 0 && !refusal) {
                relation |= FIRST_ANSWER;
                state |= RESPONDER_SEEN;
            }
        }
        if (refusal || (flags & TcpFlags.FIN) != 0) {
            state |= CLOSED;
        }
        states[entry] = (byte) state;
        expirySeconds[entry] = now + lifetime(state, protocol);
        return relation;
    }

    /**
     * Whether a row of the initiator shows that it received the answer. Where only one direction is seen, a segment
     * after the SYN is all that can be asked for.
     */
    private static boolean completes(int state, int protocol, int flags) {
        if (protocol != Protocols.TCP) {
            return (state & RESPONDER_SEEN) != 0;
        }
        return (state & START_SEEN) != 0
                && (flags & (TcpFlags.SYN | TcpFlags.RST)) == 0
                && (flags & TcpFlags.ACK) != 0;
    }

    private static int lifetime(int state, int protocol) {
        if ((state & CLOSED) != 0) {
            return CLOSED_SECONDS;
        }
        if ((state & RESPONDER_SEEN) == 0 && (state & COMPLETED) == 0) {
            return UNANSWERED_SECONDS;
        }
        return protocol == Protocols.TCP ? ESTABLISHED_TCP_SECONDS : ANSWERED_SECONDS;
    }
}
