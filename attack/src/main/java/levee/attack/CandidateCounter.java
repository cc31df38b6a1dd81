package levee.attack;

import levee.detection.CandidateTable;
import levee.detection.FlightRecorder;
import levee.detection.PrefixGate;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.PrefixIndex;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;

/**
 * Counts rows, the first tier of detection: those that could belong to an attack by class for the host that they go to,
 * its prefix and the own network, those that cannot for the hosts that are looked at more closely. What is answered is
 * taken back; what adds up gets a {@link Track}. Every row comes by here, so nothing is allocated but tracks.
 */
final class CandidateCounter {
    /** So many rows within such a time call for a closer look; a busy server always has some that wait for answers. */
    private static final int REFLECTION_ROWS = 8;

    private static final long REFLECTION_WINDOW_NANOS = 10_000_000_000L;
    private static final int FLOOD_ROWS = 32;
    private static final long FLOOD_WINDOW_NANOS = 1_000_000_000L;

    /** Candidate rows of a prefix within a second that call for counting them exactly; answers are rarer. */
    private static final int PREFIX_GATE_ROWS = 200;

    private static final int PREFIX_GATE_ANSWERS = 50;

    /** Each stands for many. */
    private static final int PREFIX_GATE_SAMPLES = 16;

    /**
     * Not secret, so that prefixes share counters of the gate in the same way in each run. Anybody can fill so few counters
     * without knowing which are whose.
     */
    private static final long PREFIX_GATE_SEED = 0x1f83_d9ab_fb41_bd6bL;

    /** Of ordinary rows, where both directions are seen. */
    private static final double ANSWERS_SHARE = 0.1;

    /** The mean length of segments without data, with options and perhaps the link layer. */
    private static final long EMPTY_SEGMENT_BYTES = 80;

    /** The classes before this one are reflections by UDP. */
    private static final int FIRST_FLOOD = TrafficClass.of(AttackVector.TCP_SYNACK_REFLECTION);

    private static final int TCP_SYN_FLOOD = TrafficClass.of(AttackVector.TCP_SYN_FLOOD);
    private static final int TCP_ACK_FLOOD = TrafficClass.of(AttackVector.TCP_ACK_FLOOD);
    private static final int TCP_FIN_FLOOD = TrafficClass.of(AttackVector.TCP_FIN_FLOOD);
    private static final int TCP_SYNACK_REFLECTION = TrafficClass.of(AttackVector.TCP_SYNACK_REFLECTION);
    private static final int TCP_RST_FLOOD = TrafficClass.of(AttackVector.TCP_RST_FLOOD);
    private static final int TCP_MIDDLEBOX_REFLECTION = TrafficClass.of(AttackVector.TCP_MIDDLEBOX_REFLECTION);

    /** What a host gets, if it is innocent, that itself sends segments. */
    private static final int[] ANSWERED_BY_SEGMENTS = {
        TCP_SYN_FLOOD, TCP_ACK_FLOOD, TCP_FIN_FLOOD, TCP_RST_FLOOD, TCP_MIDDLEBOX_REFLECTION
    };

    /** What a host gets, if it is innocent, together with more segments of the same connections. */
    private static final int[] FOLLOWED_BY_SEGMENTS = {
        TCP_SYN_FLOOD, TCP_SYNACK_REFLECTION, TCP_FIN_FLOOD, TCP_RST_FLOOD
    };

    private static final int[] OUT_OF_PLACE = {TCP_ACK_FLOOD, TCP_FIN_FLOOD, TCP_SYNACK_REFLECTION};
    private static final int TCP_CONNECTION_FLOOD = TrafficClass.of(AttackVector.TCP_CONNECTION_FLOOD);

    private final CandidateTable candidates;
    private final TrackTable tracks;
    private final FlightRecorder recorder;
    private PrefixIndex networks;
    private AllowList allowed;

    /** By prefix length: a seed of its own, since no prefix may have the hash of a host. */
    private final long[] prefixSeeds = new long[TargetLevel.HOST_BITS];

    private final PrefixGate gate = new PrefixGate(PREFIX_GATE_ROWS);

    private long nowNanos;
    private long ordinaryRows;
    private long answers;
    private long packets;
    private long refused;

    /**
     * @param tracks of the candidates
     * @param recorder is given the ordinary rows
     * @param seed of the hashes of prefixes
     */
    CandidateCounter(
            CandidateTable candidates,
            TrackTable tracks,
            FlightRecorder recorder,
            DetectionSettings settings,
            long seed) {
        this.candidates = candidates;
        this.tracks = tracks;
        this.recorder = recorder;
        this.networks = new PrefixIndex(settings.networks().prefixes());
        this.allowed = settings.allowed();
        for (int bits = 0; bits < prefixSeeds.length; bits++) {
            prefixSeeds[bits] = Hashing.hash(seed, bits, PREFIX_GATE_SEED);
        }
    }

    void apply(DetectionSettings settings) {
        settings.allowed().continueFrom(allowed);
        allowed = settings.allowed();
        networks = new PrefixIndex(settings.networks().prefixes());
    }

    /** Counts a row, at a time that never goes back. */
    void count(FlowBatch batch, int row, long now) {
        nowNanos = now;
        packets += batch.packets[row];
        int relation = batch.relation[row];
        int trafficClass = VectorClassifier.classify(batch, row);
        boolean progresses = (relation & (Relation.FIRST_ANSWER | Relation.COMPLETES | Relation.FIRST_DATA)) != 0;
        boolean isSampled = batch.samplingRate[row] > 1;
        boolean matters = trafficClass != TrafficClass.ORDINARY || progresses || isSampled;
        boolean isAllowed =
                matters && !allowed.isEmpty() && allowed.spares(batch, row, now, trafficClass != TrafficClass.ORDINARY);
        // Of expected traffic nothing was counted that answers could take back.
        boolean isOfAllowed = isAllowed
                || (progresses || isSampled) && !allowed.isEmpty() && allowed.isBackToAllowed(batch, row, now);
        if (progresses && !isOfAllowed) {
            progress(batch, row, relation);
        }
        if (isAllowed) {
            received(batch, row);
        } else if (trafficClass == TrafficClass.ORDINARY) {
            answers += (relation & (Relation.KNOWN | Relation.FROM_INITIATOR | Relation.OPENS)) == Relation.KNOWN
                            || relation == Relation.ANSWERED
                    ? 1
                    : 0;
            if ((ordinaryRows++ & FlightRecorder.STEP - 1) == 0) {
                recorder.record(batch, row);
            }
            received(batch, row);
        } else {
            candidate(batch, row, trafficClass);
        }
        sent(batch, row);
        if (isSampled && !isOfAllowed) {
            counterpart(batch, row);
        }
    }

    /** Counts a sampled row for what it may answer or ask for, and for the connections of the target that go on. */
    private void counterpart(FlowBatch batch, int row) {
        if (batch.protocol[row] != Protocols.TCP) {
            int byPorts = VectorClassifier.classOfCounterpart(batch, row);
            sentBack(batch, row, byPorts);
            int byPayload = VectorClassifier.classOfAnswered(batch, row);
            if (byPayload != byPorts) {
                sentBack(batch, row, byPayload);
            }
            return;
        }
        int flags = batch.tcpFlags[row];
        if ((flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST)) == TcpFlags.SYN) {
            sentBack(batch, row, TCP_SYNACK_REFLECTION);
            sentBack(batch, row, TCP_RST_FLOOD);
        } else if ((flags & TcpFlags.ACK) != 0 && (flags & TcpFlags.RST) == 0 && !isMereSynAck(batch, row)) {
            for (int trafficClass : ANSWERED_BY_SEGMENTS) {
                sentBack(batch, row, trafficClass);
            }
            for (int trafficClass : FOLLOWED_BY_SEGMENTS) {
                counterpart(
                        batch,
                        row,
                        trafficClass,
                        batch.destinationHash[row],
                        batch.destinationHigh[row],
                        batch.destinationLow[row],
                        false);
            }
        }
    }

    private static boolean isMereSynAck(FlowBatch batch, int row) {
        return (batch.tcpFlags[row] & TcpFlags.SYN) != 0 && batch.packets[row] <= batch.samplingRate[row];
    }

    private void sentBack(FlowBatch batch, int row, int trafficClass) {
        if (trafficClass != TrafficClass.ORDINARY) {
            counterpart(
                    batch, row, trafficClass, batch.sourceHash[row], batch.sourceHigh[row], batch.sourceLow[row], true);
        }
    }

    private void counterpart(
            FlowBatch batch, int row, int trafficClass, long hash, long high, long low, boolean isBack) {
        long samples = Math.max(1, batch.packets[row] / batch.samplingRate[row]);
        counterpart(CandidateTable.pair(hash, trafficClass), samples, isBack);
        int bits = TargetLevel.prefixBits(high, low);
        counterpartInPrefix(
                high & Prefix.highMask(bits), low & Prefix.lowMask(bits), bits, trafficClass, samples, isBack);
        int network = networks.find(high, low);
        if (network >= 0 && networks.bits(network) < bits) {
            counterpartInPrefix(
                    networks.high(network),
                    networks.low(network),
                    networks.bits(network),
                    trafficClass,
                    samples,
                    isBack);
        }
    }

    private void counterpartInPrefix(long high, long low, int bits, int trafficClass, long samples, boolean isBack) {
        counterpart(CandidateTable.pair(prefixHash(high, low, bits), trafficClass), samples, isBack);
    }

    private void counterpart(long pair, long samples, boolean isBack) {
        int entry = candidates.entryOf(pair);
        if (entry == CandidateTable.NOT_TRACKED) {
            return;
        }
        int index = candidates.track(entry);
        if (index == CandidateTable.NOT_TRACKED) {
            candidates.takeBack(entry);
        } else if (isBack) {
            tracks.get(index).sentBack += samples;
        } else {
            tracks.get(index).goneOn += samples;
        }
    }

    /** Begins another second. */
    void nextSecond() {
        gate.nextSecond();
    }

    /** Forgets what it counted, but not how often it could not. */
    void clear() {
        gate.clear();
        packets = 0;
        ordinaryRows = 0;
        answers = 0;
    }

    /** The packets of all rows. */
    long packets() {
        return packets;
    }

    /** Whether both directions of conversations are seen. */
    boolean seesAnswers() {
        return answers >= ANSWERS_SHARE * ordinaryRows && answers > 0;
    }

    /** How often a row could not be counted because all places in the table were taken. */
    long refused() {
        return refused;
    }

    private void received(FlowBatch batch, int row) {
        Target host = tracks.host(batch.destinationHash[row], batch.destinationHigh[row], batch.destinationLow[row]);
        if (host != null) {
            host.received(batch, row);
        }
    }

    private void sent(FlowBatch batch, int row) {
        Target host = tracks.host(batch.sourceHash[row], batch.sourceHigh[row], batch.sourceLow[row]);
        if (host != null) {
            host.sent(batch, row);
        }
    }

    /** Counts a row that could belong to an attack for its destination, the prefix of that, and its own network. */
    private void candidate(FlowBatch batch, int row, int trafficClass) {
        long high = batch.destinationHigh[row];
        long low = batch.destinationLow[row];
        boolean tracked = count(batch, row, trafficClass, batch.destinationHash[row], high, low, TargetLevel.HOST_BITS);
        if (!tracked && trafficClass != TCP_CONNECTION_FLOOD) {
            received(batch, row);
        }
        int bits = TargetLevel.prefixBits(high, low);
        candidate(batch, row, trafficClass, high & Prefix.highMask(bits), low & Prefix.lowMask(bits), bits);
        int network = networks.find(high, low);
        if (network >= 0 && networks.bits(network) < bits) {
            candidate(batch, row, trafficClass, networks.high(network), networks.low(network), networks.bits(network));
        }
    }

    private void candidate(FlowBatch batch, int row, int trafficClass, long high, long low, int bits) {
        int threshold = batch.samplingRate[row] > 1
                ? PREFIX_GATE_SAMPLES
                : trafficClass < FIRST_FLOOD ? PREFIX_GATE_ANSWERS : PREFIX_GATE_ROWS;
        if (gate.opens(gatePair(high, low, bits, trafficClass), threshold)) {
            count(batch, row, trafficClass, prefixHash(high, low, bits), high, low, bits);
        }
    }

    private static long gatePair(long high, long low, int bits, int trafficClass) {
        return CandidateTable.pair(Hashing.hash(PREFIX_GATE_SEED + bits, low, high), trafficClass);
    }

    private long prefixHash(long high, long low, int bits) {
        return Hashing.hash(prefixSeeds[bits], low, high);
    }

    /** @return whether the row went to a track */
    private boolean count(FlowBatch batch, int row, int trafficClass, long hash, long high, long low, int bits) {
        int entry = candidates.find(CandidateTable.pair(hash, trafficClass), nowNanos);
        if (entry == CandidateTable.NOT_TRACKED) {
            refused++;
            return false;
        }
        int index = candidates.track(entry);
        if (index >= 0) {
            tracks.get(index).add(batch, row, nowNanos);
            return true;
        }
        int rate = batch.samplingRate[row];
        boolean few = trafficClass < FIRST_FLOOD || rate > 1;
        long window = few ? REFLECTION_WINDOW_NANOS : FLOOD_WINDOW_NANOS;
        int suspicious = few ? REFLECTION_ROWS : FLOOD_ROWS;
        int seen = candidates.count(entry, batch, row, nowNanos, window);
        // A record of many packets is as suspicious as many packets.
        if (seen == suspicious || batch.packets[row] >= (long) suspicious * rate) {
            tracks.begin(entry, trafficClass, hash, high, low, bits, batch, row, nowNanos);
            return candidates.track(entry) >= 0;
        }
        return false;
    }

    /** Counts for the target that a connection to it was taken up. */
    private void progress(FlowBatch batch, int row, int relation) {
        if (batch.protocol[row] != Protocols.TCP) {
            if (!Relation.has(relation, Relation.FIRST_ANSWER)) {
                return;
            }
            int asked = VectorClassifier.classOfAnswered(batch, row);
            if (asked != TrafficClass.ORDINARY) {
                boolean opensToo = batch.rows == FlowBatch.Rows.CONNECTIONS;
                answered(batch.sourceHash[row], batch.sourceHigh[row], batch.sourceLow[row], asked, opensToo);
            }
            return;
        }
        if (Relation.has(relation, Relation.COMPLETES) && !Relation.has(relation, Relation.STARTED)) {
            answeredByDestination(batch, row, TCP_SYNACK_REFLECTION, false);
        } else if (Relation.has(relation, Relation.COMPLETES)) {
            boolean opensToo = Relation.has(relation, Relation.OPENS);
            answeredByDestination(batch, row, TCP_SYN_FLOOD, opensToo);
            if (mayFloodByConnections(batch, row)) {
                candidate(batch, row, TCP_CONNECTION_FLOOD);
            }
        }
        if (Relation.has(relation, Relation.FIRST_DATA)) {
            answeredByDestination(batch, row, TCP_CONNECTION_FLOOD, false);
        }
        if (Relation.has(relation, Relation.FIRST_ANSWER) && !Relation.has(relation, Relation.STARTED)) {
            // A conversation that was going on before anything was seen of it: its segments were in their place.
            for (int trafficClass : OUT_OF_PLACE) {
                answered(batch.sourceHash[row], batch.sourceHigh[row], batch.sourceLow[row], trafficClass, false);
            }
        }
    }

    private void answeredByDestination(FlowBatch batch, int row, int trafficClass, boolean opensToo) {
        answered(
                batch.destinationHash[row],
                batch.destinationHigh[row],
                batch.destinationLow[row],
                trafficClass,
                opensToo);
    }

    private void answered(long hash, long high, long low, int trafficClass, boolean opensToo) {
        answered(CandidateTable.pair(hash, trafficClass), opensToo);
        int bits = TargetLevel.prefixBits(high, low);
        answeredInPrefix(high & Prefix.highMask(bits), low & Prefix.lowMask(bits), bits, trafficClass, opensToo);
        int network = networks.find(high, low);
        if (network >= 0 && networks.bits(network) < bits) {
            answeredInPrefix(
                    networks.high(network), networks.low(network), networks.bits(network), trafficClass, opensToo);
        }
    }

    private void answeredInPrefix(long high, long low, int bits, int trafficClass, boolean opensToo) {
        answered(CandidateTable.pair(prefixHash(high, low, bits), trafficClass), opensToo);
        if (!opensToo) {
            gate.takeBack(gatePair(high, low, bits, trafficClass));
        }
    }

    private void answered(long pair, boolean opensToo) {
        int entry = candidates.entryOf(pair);
        if (entry == CandidateTable.NOT_TRACKED) {
            return;
        }
        int index = candidates.track(entry);
        if (index != CandidateTable.NOT_TRACKED) {
            tracks.get(index).answer(nowNanos, opensToo);
        } else if (!opensToo) {
            candidates.takeBack(entry);
        }
    }

    /** Whether the connection that this row completes has carried no data so far. */
    static boolean mayFloodByConnections(FlowBatch batch, int row) {
        return batch.rows.arePackets() || isEmpty(batch, row);
    }

    /** Whether a flow of TCP carried hardly more than headers, none of which says that there are data. */
    private static boolean isEmpty(FlowBatch batch, int row) {
        // A short request and the acknowledgements of a download are as short in the mean as those of an empty
        // connection.
        return (batch.tcpFlags[row] & TcpFlags.PSH) == 0
                && batch.bytes[row] <= EMPTY_SEGMENT_BYTES * batch.packets[row];
    }
}
