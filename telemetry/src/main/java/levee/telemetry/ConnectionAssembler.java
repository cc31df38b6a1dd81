package levee.telemetry;

import java.util.List;
import java.util.function.Consumer;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch.Outcome;

/**
 * Puts rows together to the connections that own hosts begin. Flow records cut a connection into pieces, of which each would
 * look like a connection of its own: a session of a day, exported every minute, like a beacon.
 *
 * <p>A connection is told of when it is over, when it was not answered in time, and every {@value #PART_SECONDS} s while it
 * goes on. Records of logs hold whole connections and pass through. Of sampled packets nobody can say what became of a
 * connection unless an answer was among them: each is told of as it comes, with the outcome unknown else.
 *
 * <p>Bounded: a bucket of eight that is full gives up the entry of which most is known already, and tells of it early.
 */
public final class ConnectionAssembler {
    private static final int WAY_BITS = 3;
    private static final int WAYS = 1 << WAY_BITS;

    /** So that a small network costs little. */
    private static final int FIRST_CAPACITY = 1 << 12;
    /** Connections that are told of at once, at the most. */
    public static final int MOST_AT_ONCE = 256;

    private static final int SWEEP = 64;
    private static final long SECOND = 1_000_000_000L;

    static final int PART_SECONDS = 300;
    private static final long PART = PART_SECONDS * SECOND;
    private static final long UNHEARD_PART = 60 * SECOND;
    private static final long UNANSWERED = 30 * SECOND;
    private static final long STREAM = 10 * SECOND;
    private static final long CLOSED = 5 * SECOND;
    private static final long ANSWERED = 180 * SECOND;
    private static final long ESTABLISHED = 900 * SECOND;

    /** What was answered has told most of what it had to tell, and may go first. */
    private static final int SETTLED = 1_800;

    // Words of a bucket, one for each of its entries: the lower half of the key, which is odd, or zero where it is
    // free.
    private static final int TAG = 0;

    /**
     * Twice the second since {@link #baseSeconds} when it is over, and one more where it was answered. What decides is in the entry, far
     * away.
     */
    private static final int DEADLINE_SECONDS = WAYS;

    private static final int BUCKET = 2 * WAYS;

    // Words of an entry that each row changes; they take a line of the processor's cache.
    private static final int COUNTED = 8;
    private static final int FIRST = 0;
    private static final int LAST = 1;
    private static final int DEADLINE = 2;

    /** The upper half of the key, {@link #STARTED} and its like, and flags of both sides. */
    private static final int STATE = 3;

    private static final int SENT_PACKETS = 4;
    private static final int SENT_BYTES = 5;
    private static final int RECEIVED_PACKETS = 6;
    private static final int RECEIVED_BYTES = 7;

    // Words of an entry that stay as they are until it is told of.
    private static final int NAMED = 7;
    private static final int INITIATOR_HIGH = 0;
    private static final int INITIATOR_LOW = 1;
    private static final int RESPONDER_HIGH = 2;
    private static final int RESPONDER_LOW = 3;
    private static final int PORTS = 4;
    private static final int INITIATOR_HASH = 5;
    private static final int RESPONDER_HASH = 6;

    private static final int NOBODY = -1;
    private static final long KEY_MASK = -1L << 32;
    private static final int RECEIVED_SHIFT = 8;
    private static final long STARTED = 1L << 16;
    private static final long SPOKEN = 1L << 17;
    private static final long TOLD = 1L << 18;

    private int[] buckets;
    private long[] counted;
    private long[] named;

    /** By row of a batch, where {@link #fetch} expects its connection. */
    private int[] found = {};

    private final int capacity;
    private int bucketMask;
    private final ConnectionBatch told = new ConnectionBatch(MOST_AT_ONCE);
    private final Consumer<ConnectionBatch> reader;
    private OwnAddresses own;

    /** Nobody needs it, but that it is written keeps the compiler from leaving out what is read for it. */
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    private long nowNanos;
    private long baseSeconds;
    private int sweptBucket;
    private long evicted;

    /** Of the batch that is being taken, the row after the last record; and rows that were taken of all. */
    private int takenRow;

    private long takenRows;

    /**
     * @param capacity connections held at the most; a power of two of at least 8; each takes 128 bytes, and room is made as it is needed
     * @param networks the own ones
     * @param reader is shown connections, each once or in parts; the batch is used again when it returns
     */
    public ConnectionAssembler(int capacity, List<Prefix> networks, Consumer<ConnectionBatch> reader) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two of at least " + WAYS);
        }
        this.capacity = capacity;
        int first = Math.min(capacity, FIRST_CAPACITY);
        buckets = new int[first / WAYS * BUCKET];
        counted = new long[first * COUNTED];
        named = new long[first * NAMED];
        bucketMask = first / WAYS - 1;
        this.reader = reader;
        own = new OwnAddresses(networks);
    }

    /** Takes over other own networks. */
    public void apply(List<Prefix> networks) {
        own = new OwnAddresses(networks);
    }

    /** Connections that were told of before it was known what became of them, because a bucket was full. */
    public long evicted() {
        return evicted;
    }

    /** Takes the rows of a batch, whose hashes and relations must be filled in. */
    public void process(FlowBatch batch) {
        fetch(batch);
        process(batch, 0, batch.size);
    }

    /** Takes some rows of a batch, after those before them. It is faster after {@link #fetch}. */
    public void process(FlowBatch batch, int from, int to) {
        if (batch.rows == FlowBatch.Rows.CONNECTIONS) {
            int row = Math.max(from, takenRow);
            while (row < to) {
                row = takeRecord(batch, row);
            }
            // The second row of a record may be taken already.
            takenRow = row < batch.size ? row : 0;
        } else {
            for (int row = from; row < to; row++) {
                take(batch, row);
                if (++takenRows % SWEEP == 0) {
                    sweep(SWEEP);
                }
            }
        }
        drain();
    }

    /**
     * Looks at where the connections of all rows of a batch are, so that the processor fetches them from memory side by side and not
     * one after the other when each is taken.
     */
    public void fetch(FlowBatch batch) {
        if (batch.rows == FlowBatch.Rows.CONNECTIONS) {
            return;
        }
        int size = batch.size;
        if (found.length < size) {
            found = new int[batch.capacity];
        }
        // Each loop does so little that the processor waits for many rows at once.
        long fetched = 0;
        for (int row = 0; row < size; row++) {
            int first = bucket(batch.connectionHash[row]) * BUCKET;
            fetched += buckets[first] + buckets[first + BUCKET - 1];
        }
        for (int row = 0; row < size; row++) {
            found[row] = seemsHeld(key(batch, row));
        }
        for (int row = 0; row < size; row++) {
            if (found[row] == NOBODY) {
                found[row] = 0;
                if (mayBegin(batch, row)) {
                    int at = place(bucket(key(batch, row)));
                    found[row] = at;
                    fetched += named[at * NAMED] + named[at * NAMED + NAMED - 1];
                }
            }
        }
        for (int row = 0; row < size; row++) {
            int word = found[row] * COUNTED;
            fetched += counted[word] + counted[word + COUNTED - 1];
        }
        this.fetched = fetched;
    }

    /**
     * Where an entry is that has the lower half of a key, or {@link #NOBODY}. Which of a bucket it is cannot be foreseen, so this is
     * arithmetic: a branch that the processor guesses wrong costs more than all of it.
     */
    private int seemsHeld(long key) {
        int bucket = bucket(key);
        int tags = bucket * BUCKET + TAG;
        int others = 0;
        for (int way = 0; way < WAYS; way++) {
            int differs = buckets[tags + way] ^ (int) key;
            others |= (differs | -differs) >>> 31 << way;
        }
        int way = Integer.numberOfTrailingZeros(~others);
        return way < WAYS ? bucket * WAYS + way : NOBODY;
    }

    private static long key(FlowBatch batch, int row) {
        return batch.connectionHash[row] | 1;
    }

    /** Where the connection's entry is, or {@link #NOBODY}. */
    private int held(long key) {
        int bucket = bucket(key);
        int tags = bucket * BUCKET + TAG;
        for (int way = 0; way < WAYS; way++) {
            if (buckets[tags + way] == (int) key && isOf(key, bucket * WAYS + way)) {
                return bucket * WAYS + way;
            }
        }
        return NOBODY;
    }

    /** Whether an entry that has the key's lower half has the upper one, too. */
    private boolean isOf(long key, int at) {
        return ((counted[at * COUNTED + STATE] ^ key) & KEY_MASK) == 0;
    }

    /** Where the connection's entry is: mostly where it was when the batch was fetched. */
    private int held(long key, int row) {
        if (row < found.length) {
            int at = found[row];
            if (at < entries() && buckets[tag(at)] == (int) key && isOf(key, at)) {
                return at;
            }
        }
        return held(key);
    }

    private int entries() {
        return (bucketMask + 1) * WAYS;
    }

    /** Where in {@link #buckets} the tag of an entry is. */
    private static int tag(int at) {
        return (at >> WAY_BITS) * BUCKET + TAG + (at & WAYS - 1);
    }

    private boolean isFree(int at) {
        return buckets[tag(at)] == 0;
    }

    /** Lets time go on though no rows come. */
    public void tick(long time) {
        if (time > nowNanos) {
            nowNanos = time;
            sweep(SWEEP * WAYS);
            drain();
        }
    }

    /** Tells of everything that is held: the input is at its end, or its clock jumped. */
    public void finish() {
        for (int bucket = 0; bucket <= bucketMask; bucket++) {
            finish(bucket);
        }
        drain();
        nowNanos = 0;
    }

    private void finish(int bucket) {
        for (int at = bucket * WAYS; at < (bucket + 1) * WAYS; at++) {
            if (!isFree(at)) {
                // No more time will pass: what has not been answered will not be.
                tell(at, true);
                buckets[tag(at)] = 0;
            }
        }
    }

    /** A record of a log: one row of each side that sent, the initiator's first. Returns the row after it. */
    private int takeRecord(FlowBatch batch, int row) {
        boolean fromInitiator = Relation.has(batch.relation[row], Relation.FROM_INITIATOR);
        int next = row + 1;
        boolean hasAnswer = fromInitiator && next < batch.size && answers(batch, next, row);
        if (!isOwnInitiator(batch, row, fromInitiator)) {
            return hasAnswer ? next + 1 : next;
        }
        int to = room();
        copyEnds(batch, row, fromInitiator, to);
        int sent = fromInitiator ? row : -1;
        int received = fromInitiator ? (hasAnswer ? next : -1) : row;
        told.firstNanos[to] = batch.firstNanos[row];
        told.lastNanos[to] = batch.lastNanos[row];
        told.sentPackets[to] = sent < 0 ? 0 : batch.packets[sent];
        told.sentBytes[to] = sent < 0 ? 0 : batch.bytes[sent];
        told.sentFlags[to] = sent < 0 ? 0 : batch.tcpFlags[sent];
        told.receivedPackets[to] = received < 0 ? 0 : batch.packets[received];
        told.receivedBytes[to] = received < 0 ? 0 : batch.bytes[received];
        told.receivedFlags[to] = received < 0 ? 0 : batch.tcpFlags[received];
        boolean speaks = received >= 0
                && (fromInitiator
                        ? Relation.has(batch.relation[row], Relation.ANSWERED)
                        : Relation.has(batch.relation[row], Relation.FIRST_ANSWER));
        boolean started = Relation.has(batch.relation[row], Relation.STARTED);
        told.setOutcome(to, outcome(batch.protocol[row], told.sentFlags[to], received >= 0, speaks, started, true));
        told.begins[to] = true;
        return hasAnswer ? next + 1 : next;
    }

    /** Whether a row is the other side of the record before it. Ports of ICMP are types, of which an answer has another. */
    private static boolean answers(FlowBatch batch, int row, int before) {
        boolean arePortsSame = isIcmp(batch.protocol[row])
                || batch.sourcePort[row] == batch.destinationPort[before]
                        && batch.destinationPort[row] == batch.sourcePort[before];
        return !Relation.has(batch.relation[row], Relation.FROM_INITIATOR)
                && arePortsSame
                && batch.protocol[row] == batch.protocol[before]
                && batch.sourceLow[row] == batch.destinationLow[before]
                && batch.sourceHigh[row] == batch.destinationHigh[before]
                && batch.destinationLow[row] == batch.sourceLow[before]
                && batch.destinationHigh[row] == batch.sourceHigh[before]
                && batch.firstNanos[row] == batch.firstNanos[before];
    }

    private void take(FlowBatch batch, int row) {
        if (nowNanos == 0) {
            baseSeconds = batch.lastNanos[row] / SECOND;
        }
        nowNanos = Math.max(nowNanos, batch.lastNanos[row]);
        if (batch.samplingRate[row] > 1) {
            takeSample(batch, row);
            return;
        }
        boolean fromInitiator = isFromInitiator(batch, row);
        long key = key(batch, row);
        int at = held(key, row);
        if (at == NOBODY) {
            if (!isOwnInitiator(batch, row, fromInitiator)) {
                return;
            }
            at = makeRoom(key);
            begin(batch, row, fromInitiator, key, at);
        } else if (counted[at * COUNTED + DEADLINE] <= nowNanos || opensAgain(batch, row, at)) {
            tell(at, true);
            begin(batch, row, fromInitiator, key, at);
        } else if (nowNanos - counted[at * COUNTED + FIRST]
                > part(batch.protocol[row], counted[at * COUNTED + STATE])) {
            tell(at, false);
            beginPart(batch, row, at);
        }
        add(batch, row, fromInitiator, at);
    }

    /** A free entry for a connection, for which another one may have to make way. */
    private int makeRoom(long key) {
        int at = place(bucket(key));
        while (!isFree(at) && counted[at * COUNTED + DEADLINE] > nowNanos && entries() < capacity) {
            grow();
            at = place(bucket(key));
        }
        if (!isFree(at)) {
            boolean isOver = counted[at * COUNTED + DEADLINE] <= nowNanos;
            if (!isOver && (counted[at * COUNTED + STATE] & SPOKEN) == 0) {
                evicted++;
            }
            tell(at, isOver);
        }
        return at;
    }

    /** A new SYN on ports that were used before. */
    private boolean opensAgain(FlowBatch batch, int row, int at) {
        boolean opens = Relation.has(batch.relation[row], Relation.OPENS);
        return opens
                && batch.protocol[row] == Protocols.TCP
                && (counted[at * COUNTED + STATE] & SPOKEN) != 0
                && batch.firstNanos[row] > counted[at * COUNTED + LAST];
    }

    /** After how long something is told of what goes on. What is told of tries to begin is whether they failed. */
    private static long part(byte protocol, long state) {
        if (isEstablished(state)) {
            return PART;
        }
        return protocol != Protocols.TCP || (state & TcpFlags.ACK) != 0 ? UNHEARD_PART : Long.MAX_VALUE;
    }

    private static boolean isEstablished(long state) {
        return (state & SPOKEN) != 0;
    }

    /**
     * Exporters send the records of both directions in any order, so that the first one seen may be the answer: what the
     * flags do not tell the ports do, where exactly one is that of a service.
     */
    private static boolean isFromInitiator(FlowBatch batch, int row) {
        boolean related = Relation.has(batch.relation[row], Relation.FROM_INITIATOR);
        if (batch.rows.arePackets() || isIcmp(batch.protocol[row])) {
            return related;
        }
        int flags = batch.tcpFlags[row];
        if (batch.protocol[row] == Protocols.TCP && (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN) {
            return true;
        }
        boolean fromService = isService(batch.sourcePort[row]);
        boolean toService = isService(batch.destinationPort[row]);
        return fromService == toService ? related : toService;
    }

    private static boolean isService(int port) {
        return port < 1_024;
    }

    private static boolean isIcmp(byte protocol) {
        return protocol == Protocols.ICMP || protocol == Protocols.ICMPV6;
    }

    /** Whether a row of no connection that is held may begin one. */
    private boolean mayBegin(FlowBatch batch, int row) {
        return isOwnInitiator(batch, row, isFromInitiator(batch, row));
    }

    private boolean isOwnInitiator(FlowBatch batch, int row, boolean fromInitiator) {
        return fromInitiator
                ? own.contains(batch.sourceHigh[row], batch.sourceLow[row])
                : own.contains(batch.destinationHigh[row], batch.destinationLow[row]);
    }

    private void takeSample(FlowBatch batch, int row) {
        // Answers are not contacts.
        boolean isAnswer = batch.protocol[row] == Protocols.TCP || batch.protocol[row] == Protocols.UDP
                ? batch.sourcePort[row] < batch.destinationPort[row]
                : batch.relation[row] != 0 && !Relation.has(batch.relation[row], Relation.FROM_INITIATOR);
        if (isAnswer || !isOwnInitiator(batch, row, true)) {
            return;
        }
        int to = room();
        copyEnds(batch, row, true, to);
        told.firstNanos[to] = batch.firstNanos[row];
        told.lastNanos[to] = batch.lastNanos[row];
        told.sentPackets[to] = batch.packets[row];
        told.sentBytes[to] = batch.bytes[row];
        told.sentFlags[to] = batch.tcpFlags[row];
        told.receivedPackets[to] = 0;
        told.receivedBytes[to] = 0;
        told.receivedFlags[to] = 0;
        told.setOutcome(to, Relation.has(batch.relation[row], Relation.ANSWERED) ? Outcome.ANSWERED : Outcome.UNKNOWN);
        told.begins[to] = true;
    }

    private void copyEnds(FlowBatch batch, int row, boolean fromInitiator, int to) {
        if (fromInitiator) {
            told.initiatorHigh[to] = batch.sourceHigh[row];
            told.initiatorLow[to] = batch.sourceLow[row];
            told.initiatorHash[to] = batch.sourceHash[row];
            told.responderHigh[to] = batch.destinationHigh[row];
            told.responderLow[to] = batch.destinationLow[row];
            told.responderHash[to] = batch.destinationHash[row];
            told.initiatorPort[to] = batch.sourcePort[row];
            told.responderPort[to] = batch.destinationPort[row];
        } else {
            told.initiatorHigh[to] = batch.destinationHigh[row];
            told.initiatorLow[to] = batch.destinationLow[row];
            told.initiatorHash[to] = batch.destinationHash[row];
            told.responderHigh[to] = batch.sourceHigh[row];
            told.responderLow[to] = batch.sourceLow[row];
            told.responderHash[to] = batch.sourceHash[row];
            told.initiatorPort[to] = batch.destinationPort[row];
            told.responderPort[to] = batch.sourcePort[row];
        }
        told.protocol[to] = batch.protocol[row];
        told.samplingRate[to] = batch.samplingRate[row];
    }

    /** A free entry of a bucket, else the one that may go. */
    private int place(int bucket) {
        int chosen = 0;
        long best = Long.MAX_VALUE;
        for (int way = 0; way < WAYS; way++) {
            int deadline = buckets[bucket * BUCKET + DEADLINE_SECONDS + way];
            boolean isFree = buckets[bucket * BUCKET + TAG + way] == 0;
            long rank = isFree ? Long.MIN_VALUE : (deadline >> 1) - (deadline & 1L) * SETTLED;
            if (rank < best) {
                best = rank;
                chosen = way;
            }
        }
        return bucket * WAYS + chosen;
    }

    /** Each bucket becomes two, which share what it held. */
    private void grow() {
        int[] oldBuckets = buckets;
        long[] oldCounted = counted;
        long[] oldNamed = named;
        int old = entries();
        buckets = new int[2 * oldBuckets.length];
        counted = new long[2 * oldCounted.length];
        named = new long[2 * oldNamed.length];
        bucketMask = 2 * bucketMask + 1;
        for (int from = 0; from < old; from++) {
            int tag = oldBuckets[tag(from)];
            if (tag != 0) {
                int to = bucket(oldCounted[from * COUNTED + STATE]) * WAYS;
                while (!isFree(to)) {
                    to++;
                }
                buckets[tag(to)] = tag;
                buckets[tag(to) + DEADLINE_SECONDS] = oldBuckets[tag(from) + DEADLINE_SECONDS];
                System.arraycopy(oldCounted, from * COUNTED, counted, to * COUNTED, COUNTED);
                System.arraycopy(oldNamed, from * NAMED, named, to * NAMED, NAMED);
            }
        }
    }

    /** @param key of which the upper half suffices */
    private int bucket(long key) {
        return (int) (key >>> 32) & bucketMask;
    }

    private void begin(FlowBatch batch, int row, boolean fromInitiator, long key, int at) {
        int name = at * NAMED;
        long source = batch.sourcePort[row];
        long destination = batch.destinationPort[row];
        long ports = fromInitiator ? source << 16 | destination : destination << 16 | source;
        named[name + INITIATOR_HIGH] = fromInitiator ? batch.sourceHigh[row] : batch.destinationHigh[row];
        named[name + INITIATOR_LOW] = fromInitiator ? batch.sourceLow[row] : batch.destinationLow[row];
        named[name + RESPONDER_HIGH] = fromInitiator ? batch.destinationHigh[row] : batch.sourceHigh[row];
        named[name + RESPONDER_LOW] = fromInitiator ? batch.destinationLow[row] : batch.sourceLow[row];
        named[name + INITIATOR_HASH] = fromInitiator ? batch.sourceHash[row] : batch.destinationHash[row];
        named[name + RESPONDER_HASH] = fromInitiator ? batch.destinationHash[row] : batch.sourceHash[row];
        named[name + PORTS] = ports | (batch.protocol[row] & 0xffL) << 32;
        buckets[tag(at)] = (int) key;
        boolean isStarted = Relation.has(batch.relation[row], Relation.STARTED);
        counted[at * COUNTED + STATE] = key & KEY_MASK | (isStarted ? STARTED : 0);
        beginCounting(batch, row, at * COUNTED);
    }

    private void beginPart(FlowBatch batch, int row, int at) {
        counted[at * COUNTED + STATE] |= TOLD;
        beginCounting(batch, row, at * COUNTED);
    }

    private void beginCounting(FlowBatch batch, int row, int word) {
        counted[word + FIRST] = batch.firstNanos[row];
        counted[word + LAST] = batch.lastNanos[row];
        counted[word + SENT_PACKETS] = 0;
        counted[word + SENT_BYTES] = 0;
        counted[word + RECEIVED_PACKETS] = 0;
        counted[word + RECEIVED_BYTES] = 0;
    }

    private void add(FlowBatch batch, int row, boolean fromInitiator, int at) {
        int word = at * COUNTED;
        int side = fromInitiator ? 0 : RECEIVED_PACKETS - SENT_PACKETS;
        counted[word + SENT_PACKETS + side] += batch.packets[row];
        counted[word + SENT_BYTES + side] += batch.bytes[row];
        counted[word + FIRST] = Math.min(counted[word + FIRST], batch.firstNanos[row]);
        counted[word + LAST] = Math.max(counted[word + LAST], batch.lastNanos[row]);
        boolean tcp = batch.protocol[row] == Protocols.TCP;
        int flags = tcp ? batch.tcpFlags[row] & 0xff : 0;
        boolean refuses = (flags & TcpFlags.RST) != 0 && (flags & ~(TcpFlags.RST | TcpFlags.ACK)) == 0;
        long state = counted[word + STATE] | (long) flags << (fromInitiator ? 0 : RECEIVED_SHIFT);
        state |= !fromInitiator && !refuses ? SPOKEN : 0;
        state |= Relation.has(batch.relation[row], Relation.STARTED) ? STARTED : 0;
        counted[word + STATE] = state;
        long deadline = counted[word + LAST] + patience(state, tcp, counted[word + LAST] - counted[word + FIRST]);
        counted[word + DEADLINE] = deadline;
        buckets[tag(at) + DEADLINE_SECONDS] =
                (int) (deadline / SECOND - baseSeconds) << 1 | (isEstablished(state) ? 1 : 0);
    }

    /** @param lasts for how long there were rows */
    private static long patience(long state, boolean tcp, long lasts) {
        int either = (int) (state | state >>> RECEIVED_SHIFT);
        if (tcp && (either & (TcpFlags.FIN | TcpFlags.RST)) != 0) {
            return CLOSED;
        }
        if (isEstablished(state)) {
            return tcp ? ESTABLISHED : ANSWERED;
        }
        if (tcp && (state & TcpFlags.SYN) != 0) {
            // SYNs are repeated after twice as long each time (RFC 6298 section 5.5).
            return (state & TcpFlags.ACK) != 0 ? ESTABLISHED : Math.max(UNANSWERED, lasts + CLOSED);
        }
        // One who goes on though nobody answers, such as a sender of measurements, is exported once a minute.
        return lasts >= STREAM ? ANSWERED : UNANSWERED;
    }

    /** Looks at some buckets in turn for what is over; all are looked at while as many rows come as there is room. */
    private void sweep(int entries) {
        int count = Math.min((entries + WAYS - 1) / WAYS, bucketMask + 1);
        int nowSeconds = (int) (nowNanos / SECOND - baseSeconds);
        for (int i = 0; i < count; i++) {
            int first = sweptBucket * BUCKET;
            for (int way = 0; way < WAYS; way++) {
                int at = sweptBucket * WAYS + way;
                if (buckets[first + TAG + way] != 0
                        && buckets[first + DEADLINE_SECONDS + way] >> 1 <= nowSeconds
                        && counted[at * COUNTED + DEADLINE] <= nowNanos) {
                    tell(at, true);
                    buckets[first + TAG + way] = 0;
                }
            }
            sweptBucket = sweptBucket + 1 & bucketMask;
        }
    }

    private void drain() {
        if (told.size > 0) {
            reader.accept(told);
            told.size = 0;
        }
    }

    private int room() {
        if (told.size == told.capacity) {
            drain();
        }
        return told.size++;
    }

    private void tell(int at, boolean isOver) {
        int word = at * COUNTED;
        int name = at * NAMED;
        int to = room();
        long state = counted[word + STATE];
        long ports = named[name + PORTS];
        byte protocol = (byte) (ports >>> 32);
        told.firstNanos[to] = counted[word + FIRST];
        told.lastNanos[to] = counted[word + LAST];
        told.initiatorHigh[to] = named[name + INITIATOR_HIGH];
        told.initiatorLow[to] = named[name + INITIATOR_LOW];
        told.initiatorHash[to] = named[name + INITIATOR_HASH];
        told.responderHigh[to] = named[name + RESPONDER_HIGH];
        told.responderLow[to] = named[name + RESPONDER_LOW];
        told.responderHash[to] = named[name + RESPONDER_HASH];
        told.initiatorPort[to] = (char) (ports >>> 16);
        told.responderPort[to] = (char) ports;
        told.protocol[to] = protocol;
        told.sentPackets[to] = counted[word + SENT_PACKETS];
        told.sentBytes[to] = counted[word + SENT_BYTES];
        told.sentFlags[to] = (byte) state;
        told.receivedPackets[to] = counted[word + RECEIVED_PACKETS];
        told.receivedBytes[to] = counted[word + RECEIVED_BYTES];
        told.receivedFlags[to] = (byte) (state >>> RECEIVED_SHIFT);
        told.samplingRate[to] = 1;
        boolean refused = (state >>> RECEIVED_SHIFT & TcpFlags.RST) != 0;
        told.setOutcome(
                to, outcome(protocol, (byte) state, refused, isEstablished(state), (state & STARTED) != 0, isOver));
        told.begins[to] = (state & TOLD) == 0;
    }

    private static Outcome outcome(
            byte protocol, byte sentFlags, boolean heard, boolean speaks, boolean started, boolean isOver) {
        if (speaks) {
            return Outcome.ANSWERED;
        }
        if (heard && protocol == Protocols.TCP) {
            return Outcome.REFUSED;
        }
        if (protocol == Protocols.TCP && (sentFlags & TcpFlags.ACK) != 0) {
            // Who acknowledges was answered, where nobody saw it.
            return Outcome.UNKNOWN;
        }
        return started && isOver ? Outcome.UNANSWERED : Outcome.UNKNOWN;
    }
}
