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
 * Tells for each row how it stands to its connection: who began, whether the other side answered.
 *
 * <p>A connection is one long: a fingerprint under a secret seed, the second at which it expires, and a few bits of
 * state. Eight of them are a bucket and share a cache line, so a row costs one memory access. Two live connections are
 * taken for one with a probability of 10^-10 a row.
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

    /** What an entry may have left, with rows out of order; one that seems to have more expired days ago. */
    private static final int LONGEST_LEFT = 4_096;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PORT_MULTIPLIER = 0xc2b2_ae3d_27d4_eb4fL;

    // An entry: 36 bits of fingerprint, 20 bits of expiry, 8 bits of state. Free entries are zero.
    private static final int EXPIRY_SHIFT = 8;
    private static final int EXPIRY_BITS = 20;
    private static final int EXPIRY_MASK = (1 << EXPIRY_BITS) - 1;
    private static final long FINGERPRINT_MASK = -1L << EXPIRY_SHIFT + EXPIRY_BITS;

    /** Keeps fingerprints from being zero, which marks a free entry. */
    private static final long FREE_IS_ZERO = 1L << 63;

    // The state, and the bits' positions there, in a relation and in TCP's flags.
    private static final int START_SEEN_BIT = 1;
    private static final int RESPONDER_SEEN_BIT = 2;
    private static final int COMPLETED_BIT = 3;
    private static final int CLOSED_BIT = 4;
    private static final int DATA_SENT_BIT = 5;

    /** The first row was a SYN with ACK: the answer to a SYN that was not seen, or that nobody sent. */
    private static final int SYN_ACK_FIRST_BIT = 6;

    private static final int INITIATOR_IS_LOWER = 1;
    private static final int START_SEEN = 1 << START_SEEN_BIT;
    private static final int RESPONDER_SEEN = 1 << RESPONDER_SEEN_BIT;
    private static final int COMPLETED = 1 << COMPLETED_BIT;
    private static final int CLOSED = 1 << CLOSED_BIT;
    private static final int STATE_MASK = 0xff;
    private static final int LIFETIME_STATE = RESPONDER_SEEN | COMPLETED | CLOSED;

    private static final int FROM_INITIATOR_BIT = Integer.numberOfTrailingZeros(FROM_INITIATOR);
    private static final int ANSWERED_BIT = Integer.numberOfTrailingZeros(ANSWERED);
    private static final int STARTED_BIT = Integer.numberOfTrailingZeros(STARTED);
    private static final int FIRST_ANSWER_BIT = Integer.numberOfTrailingZeros(FIRST_ANSWER);
    private static final int COMPLETES_BIT = Integer.numberOfTrailingZeros(COMPLETES);
    private static final int FIRST_DATA_BIT = Integer.numberOfTrailingZeros(FIRST_DATA);

    private static final int SYN_BIT = Integer.numberOfTrailingZeros(TcpFlags.SYN);
    private static final int RST_BIT = Integer.numberOfTrailingZeros(TcpFlags.RST);
    private static final int PSH_BIT = Integer.numberOfTrailingZeros(TcpFlags.PSH);
    private static final int ACK_BIT = Integer.numberOfTrailingZeros(TcpFlags.ACK);

    private static final short[] LIFETIMES = lifetimes();

    private final long seed;
    private final long[] entries;
    private long evicted;

    /** Keeps the touching loads from being optimised away. */
    @SuppressWarnings("unused")
    private long sink;

    /**
     * @param capacity connections held at the most; a power of two, at least 8
     * @param seed secret, so that nobody outside can choose colliding connections
     */
    public ConnectionTable(int capacity, long seed) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        this.seed = seed;
        entries = new long[capacity];
    }

    /** Live connections that had to make way for others. */
    public long evicted() {
        return evicted;
    }

    /**
     * Fills in the hashes of all rows. Uses nothing that {@link #annotate} changes, so it may run on another thread ahead
     * of that.
     */
    public void hash(FlowBatch batch) {
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            batch.sourceHash[row] = addressHash(seed, batch.sourceHigh[row], batch.sourceLow[row]);
            batch.destinationHash[row] = addressHash(seed, batch.destinationHigh[row], batch.destinationLow[row]);
            batch.connectionHash[row] = key(batch, row);
        }
    }

    /** The hash of an address in rows that a table of this seed has hashed, for who looks for it later. */
    public static long addressHash(long seed, long high, long low) {
        return Hashing.hash(seed, low, high);
    }

    /** Fills in {@link FlowBatch#relation} of all rows unless the source did; {@link #hash} must have been called. */
    public void annotate(FlowBatch batch) {
        if (batch.rows == FlowBatch.Rows.CONNECTIONS) {
            return;
        }
        int size = batch.size;
        // First a touch of each entry: the processor fetches those from memory side by side, whereas the loop below
        // would wait for one after the other.
        long touched = 0;
        for (int row = 0; row < size; row++) {
            touched += entries[entry(batch.connectionHash[row])];
        }
        sink = touched;
        boolean areFlows = batch.rows == FlowBatch.Rows.FLOWS;
        for (int row = 0; row < size; row++) {
            long key = batch.connectionHash[row];
            int relation;
            if (batch.samplingRate[row] > 1) {
                relation = relateSample(batch, row, key);
            } else if (areFlows && holdsHandshake(batch, row)) {
                relation = relateHandshake(batch, row, key);
            } else {
                relation = relate(batch, row, key);
            }
            batch.relation[row] = (byte) relation;
        }
    }

    /**
     * That nothing was seen of the other side means nothing where few packets are seen; that something was, does. A
     * refusal is no answer, whichever side seems to be the first.
     */
    private int relateSample(FlowBatch batch, int row, long key) {
        boolean refuses = batch.protocol[row] == Protocols.TCP && (batch.tcpFlags[row] & TcpFlags.RST) != 0;
        return refuses ? 0 : relate(batch, row, key) & ANSWERED;
    }

    /** Flow records add up the flags of their packets: both ends of a connection that was taken up show these. */
    private static boolean holdsHandshake(FlowBatch batch, int row) {
        return batch.protocol[row] == Protocols.TCP
                && batch.packets[row] > batch.samplingRate[row]
                && (batch.tcpFlags[row] & (TcpFlags.SYN | TcpFlags.ACK)) == (TcpFlags.SYN | TcpFlags.ACK);
    }

    /** Which end a record is of, is told by the one before it; else by the ports, since services have the lower ones. */
    private int relateHandshake(FlowBatch batch, int row, long key) {
        long fingerprint = key & FINGERPRINT_MASK | FREE_IS_ZERO;
        int fromLower = (int) key & 1;
        int now = (int) (batch.lastNanos[row] / NANOS_PER_SECOND) & EXPIRY_MASK;
        int at = find(fingerprint, key, now);
        long entry = entries[at];
        boolean isKnown = (entry & FINGERPRINT_MASK) == fingerprint && secondsLeft(entry, now) >= 0;
        int guess = batch.sourcePort[row] >= batch.destinationPort[row] ? fromLower : fromLower ^ 1;
        int before = isKnown ? (int) entry & STATE_MASK : guess;
        boolean fromInitiator = (before & INITIATOR_IS_LOWER) == fromLower;
        int relation = KNOWN | STARTED | ANSWERED;
        if (!fromInitiator) {
            relation |= (before & RESPONDER_SEEN) == 0 ? FIRST_ANSWER : 0;
            // The other side was not seen: perhaps it never is.
            relation |= isKnown ? 0 : OPENS;
        } else if ((before & COMPLETED) == 0) {
            relation |= FROM_INITIATOR | COMPLETES | (isKnown ? 0 : OPENS);
        } else {
            relation |= FROM_INITIATOR;
        }
        int state = before & INITIATOR_IS_LOWER
                | START_SEEN
                | before & (RESPONDER_SEEN | COMPLETED)
                | (fromInitiator ? COMPLETED : RESPONDER_SEEN);
        long expiry = (long) now + ESTABLISHED_TCP_SECONDS & EXPIRY_MASK;
        entries[at] = fingerprint | expiry << EXPIRY_SHIFT | state;
        return relation;
    }

    /** The same for both directions but for the lowest bit, which tells them apart. */
    private static long key(FlowBatch batch, int row) {
        int protocol = batch.protocol[row];
        // The ports of ICMP are type and code, which differ between a request and its answer.
        int ports = protocol == Protocols.ICMP || protocol == Protocols.ICMPV6 ? 0 : 0xffff;
        long source = endpoint(batch.sourceHash[row], batch.sourcePort[row] & ports);
        long destination = endpoint(batch.destinationHash[row], batch.destinationPort[row] & ports);
        long both = (source + destination + protocol) * PORT_MULTIPLIER;
        both ^= both >>> 32;
        return both & ~1L | (source < destination ? 1 : 0);
    }

    private static long endpoint(long addressHash, int port) {
        long hash = (addressHash + port) * PORT_MULTIPLIER;
        return hash ^ hash >>> 29;
    }

    private int relate(FlowBatch batch, int row, long key) {
        long fingerprint = key & FINGERPRINT_MASK | FREE_IS_ZERO;
        int fromLower = (int) key & 1;
        int now = (int) (batch.lastNanos[row] / NANOS_PER_SECOND) & EXPIRY_MASK;
        int tcp = batch.protocol[row] == Protocols.TCP ? 1 : 0;
        int flags = -tcp & batch.tcpFlags[row];
        int at = find(fingerprint, key, now);
        long entry = entries[at];
        int state = (int) entry & STATE_MASK;
        int relation;
        if ((entry & FINGERPRINT_MASK) == fingerprint
                && secondsLeft(entry, now) >= 0
                && !isReopened(state, flags, fromLower)) {
            relation = advance(state, tcp, flags, fromLower);
            // A repeated SYN, perhaps after a refusal, begins the same connection once more.
            state &= ~((flags >>> SYN_BIT & ~(flags >>> ACK_BIT) & 1) << CLOSED_BIT);
            state |= (relation >>> FIRST_ANSWER_BIT & 1) << RESPONDER_SEEN_BIT
                    | (relation >>> COMPLETES_BIT & 1) << COMPLETED_BIT
                    | (relation >>> FIRST_DATA_BIT & 1) << DATA_SENT_BIT;
        } else {
            int startSeen = ~tcp & 1 | flags >>> SYN_BIT & ~(flags >>> ACK_BIT) & 1;
            int synAckFirst = flags >>> SYN_BIT & flags >>> ACK_BIT & 1;
            state = fromLower | startSeen << START_SEEN_BIT | synAckFirst << SYN_ACK_FIRST_BIT;
            relation = KNOWN | FROM_INITIATOR | OPENS | startSeen << STARTED_BIT;
        }
        state |= ((flags | flags >>> RST_BIT) & 1) << CLOSED_BIT;
        long expiry = (long) now + LIFETIMES[state & LIFETIME_STATE | tcp] & EXPIRY_MASK;
        entries[at] = fingerprint | expiry << EXPIRY_SHIFT | state;
        return relation;
    }

    /** Seconds until an entry expires; negative if it did. The clock wraps after twelve days, less an hour. */
    private static int secondsLeft(long entry, int now) {
        int left = (int) (entry >>> EXPIRY_SHIFT) - now & EXPIRY_MASK;
        return left <= LONGEST_LEFT ? left : left - EXPIRY_MASK - 1;
    }

    /** Where a connection is if nothing pushed it aside. */
    private int entry(long key) {
        return (int) (key >>> 1) & entries.length - 1;
    }

    /** The connection's entry, or the one that it may take. Most connections are where their key says first. */
    private int find(long fingerprint, long key, int now) {
        int preferred = entry(key);
        int first = preferred & -WAYS;
        for (int i = 0; i < WAYS; i++) {
            int way = first | preferred + i & WAYS - 1;
            long entry = entries[way];
            if ((entry & FINGERPRINT_MASK) == fingerprint || entry == 0) {
                return way;
            }
        }
        int victim = first;
        for (int way = first + 1; way < first + WAYS; way++) {
            if (secondsLeft(entries[way], now) < secondsLeft(entries[victim], now)) {
                victim = way;
            }
        }
        if (secondsLeft(entries[victim], now) >= 0) {
            evicted++;
        }
        return victim;
    }

    /**
     * A SYN on a connection that was answered and is closed, or is established, or from the other side, is a new
     * connection. After a mere refusal it is another try of the same.
     */
    private static boolean isReopened(int state, int flags, int fromLower) {
        if ((flags & (TcpFlags.SYN | TcpFlags.ACK)) != TcpFlags.SYN) {
            return false;
        }
        boolean fromInitiator = (state & INITIATOR_IS_LOWER) == fromLower;
        boolean closed = (state & (CLOSED | RESPONDER_SEEN)) == (CLOSED | RESPONDER_SEEN);
        return !fromInitiator || closed || (state & COMPLETED) != 0 || (state & START_SEEN) == 0;
    }

    /**
     * The relation of a row of a known connection. Which way a row goes cannot be foreseen, so this is arithmetic: a
     * branch that the processor guesses wrong costs more than all of it.
     */
    private static int advance(int state, int tcp, int flags, int fromLower) {
        int fromInitiator = ~(state ^ fromLower) & 1;
        int fromResponder = fromInitiator ^ 1;
        int startSeen = state >>> START_SEEN_BIT & 1;
        int responderSeen = state >>> RESPONDER_SEEN_BIT & 1;
        int refused = flags >>> RST_BIT;
        int answered = fromResponder | responderSeen;
        int firstAnswer = fromResponder & ~responderSeen & ~refused & 1;
        // Where only one direction of TCP is seen, a segment after the SYN is all that can be asked for.
        int synAckFirst = state >>> SYN_ACK_FIRST_BIT & 1;
        int segment = tcp & flags >>> ACK_BIT & ~(flags >>> SYN_BIT) & ~refused;
        int goesOn = segment & (startSeen | synAckFirst) | ~tcp & responderSeen;
        int completes = fromInitiator & goesOn & ~(state >>> COMPLETED_BIT) & 1;
        // Behind a SYN-ACK that others follow the connection counts as started.
        int started = startSeen | synAckFirst & state >>> COMPLETED_BIT & 1;
        int firstData = fromInitiator & flags >>> PSH_BIT & ~(state >>> DATA_SENT_BIT) & 1;
        return KNOWN
                | fromInitiator << FROM_INITIATOR_BIT
                | answered << ANSWERED_BIT
                | started << STARTED_BIT
                | firstAnswer << FIRST_ANSWER_BIT
                | completes << COMPLETES_BIT
                | firstData << FIRST_DATA_BIT;
    }

    /** Seconds that a connection lives on after a row, by the bits {@link #LIFETIME_STATE} of its state and TCP. */
    private static short[] lifetimes() {
        short[] lifetimes = new short[LIFETIME_STATE + 2];
        for (int state = 0; state < lifetimes.length; state++) {
            boolean tcp = (state & 1) != 0;
            if ((state & CLOSED) != 0) {
                lifetimes[state] = CLOSED_SECONDS;
            } else if ((state & (RESPONDER_SEEN | COMPLETED)) == 0) {
                lifetimes[state] = UNANSWERED_SECONDS;
            } else {
                lifetimes[state] = (short) (tcp ? ESTABLISHED_TCP_SECONDS : ANSWERED_SECONDS);
            }
        }
        return lifetimes;
    }
}
