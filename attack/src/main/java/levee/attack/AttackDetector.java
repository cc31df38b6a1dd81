package levee.attack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import levee.detection.CandidateTable;
import levee.detection.FlightRecorder;
import levee.detection.MemoryBudget;
import levee.detection.PrefixGate;
import levee.detection.RowSample;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.FindingId;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.Relation;

/**
 * Finds attacks in batches of rows. Every row costs a classification; rows that could belong to an attack are counted
 * by target and class in a bounded table, and what shows up there often enough gets a {@link Track}, on which a
 * {@link Judge} decides at ticks of event time. Memory is bounded by the number of tracks and table entries.
 */
public final class AttackDetector {
    private static final int TABLE_CAPACITY = 1 << 16;

    /** So many rows within such a time call for a closer look; a busy server always has some that wait for answers. */
    private static final int REFLECTION_ROWS = 8;

    private static final long REFLECTION_WINDOW_NANOS = 10_000_000_000L;
    private static final int FLOOD_ROWS = 32;
    private static final long FLOOD_WINDOW_NANOS = 1_000_000_000L;
    private static final int MAXIMUM_TRACKS = 4_096;
    private static final long RECORDER_BYTES = 32L << 20;

    /** Not secret, so that a rerun samples the same rows. */
    private static final long SAMPLE_SEED = 1;

    private static final long SAMPLE_BYTES = 48L << 20;
    private static final long TICK_NANOS = 100_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long IDLE_NANOS = 30 * SECOND_NANOS;
    private static final long CHANGE_NANOS = 10 * SECOND_NANOS;

    /** A pause after which an attack that was cut off by the end of the input is called ended. */
    private static final long ENDED_NANOS = 10 * SECOND_NANOS;

    /** The mean length of segments without data, with options and perhaps the link layer. */
    private static final long EMPTY_SEGMENT_BYTES = 80;

    private static final int HOST_BITS = 128;
    private static final int IPV4_PREFIX_BITS = 120;
    private static final int IPV6_PREFIX_BITS = 48;
    private static final int[] LEVEL_BITS = {HOST_BITS, IPV4_PREFIX_BITS, 0};

    /** The part of a wider target's traffic that makes it the narrower one's attack. */
    private static final double EXPLAINED_SHARE = 0.8;

    /** Candidate rows of a prefix within a second that call for counting them exactly. */
    private static final int PREFIX_GATE_ROWS = 200;

    private static final int QUIET_SECONDS = 5;
    private static final double START_SHARE_OF_MEAN = 0.05;

    /** The classes before this one are reflections by UDP. */
    private static final int FIRST_FLOOD = TrafficClass.of(AttackVector.TCP_SYNACK_REFLECTION);

    private static final int TCP_SYN_FLOOD = TrafficClass.of(AttackVector.TCP_SYN_FLOOD);
    private static final int TCP_ACK_FLOOD = TrafficClass.of(AttackVector.TCP_ACK_FLOOD);
    private static final int TCP_FIN_FLOOD = TrafficClass.of(AttackVector.TCP_FIN_FLOOD);
    private static final int TCP_SYNACK_REFLECTION = TrafficClass.of(AttackVector.TCP_SYNACK_REFLECTION);
    private static final int[] OUT_OF_PLACE = {TCP_ACK_FLOOD, TCP_FIN_FLOOD, TCP_SYNACK_REFLECTION};
    private static final int TCP_CONNECTION_FLOOD = TrafficClass.of(AttackVector.TCP_CONNECTION_FLOOD);

    private final DetectionPolicy policy;
    private final Consumer<FindingEvent> listener;
    private final Judge judge;
    private final AttackAssembler assembler;
    private final CandidateTable table;
    private final FlightRecorder recorder;
    private final MemoryBudget budget = new MemoryBudget(SAMPLE_BYTES);
    private final long seed;

    private final Track[] tracks = new Track[MAXIMUM_TRACKS];
    private final int[] freeTracks = new int[MAXIMUM_TRACKS];
    private int freeCount = MAXIMUM_TRACKS;
    private final List<Track> active = new ArrayList<>();
    private final TargetTable targets;
    private final PrefixGate gate = new PrefixGate(PREFIX_GATE_ROWS);

    private final NetworkIndex networkIndex;

    /** Those of the targets that are under attack. */
    private final List<Target> attacked = new ArrayList<>();

    private boolean started;
    private long nowNanos;
    private long nextTickNanos;
    private long rows;
    private long allPackets;
    private long refusedTracks;

    /**
     * @param seed of all hashes; secret on a live network
     * @param listener is told of every attack that opens, changes and ends, on the thread that calls
     */
    public AttackDetector(DetectionPolicy policy, OwnNetworks networks, long seed, Consumer<FindingEvent> listener) {
        this.policy = policy;
        this.listener = listener;
        this.seed = seed;
        judge = new Judge(policy);
        assembler = new AttackAssembler(networks, judge);
        table = new CandidateTable(TABLE_CAPACITY);
        recorder = new FlightRecorder(RECORDER_BYTES, seed);
        targets = new TargetTable(MAXIMUM_TRACKS);
        networkIndex = new NetworkIndex(networks.prefixes());
        for (int i = 0; i < MAXIMUM_TRACKS; i++) {
            freeTracks[i] = MAXIMUM_TRACKS - 1 - i;
        }
    }

    /** Looks at all rows of a batch, whose relations must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            long time = batch.firstNanos[row];
            if (time >= nextTickNanos || !started) {
                advance(time);
            }
            nowNanos = Math.max(nowNanos, time);
            process(batch, row);
        }
    }

    private void process(FlowBatch batch, int row) {
        allPackets += batch.packets[row];
        int relation = batch.relation[row];
        int trafficClass = VectorClassifier.classify(batch, row);
        if ((relation & (Relation.FIRST_ANSWER | Relation.COMPLETES | Relation.FIRST_DATA)) != 0) {
            progress(batch, row, relation);
        }
        if (trafficClass == TrafficClass.ORDINARY) {
            if ((rows++ & FlightRecorder.STEP - 1) == 0) {
                recorder.record(batch, row);
            }
            ordinary(batch, row);
            return;
        }
        candidate(batch, row, trafficClass);
        sent(batch, row);
    }

    private void ordinary(FlowBatch batch, int row) {
        received(batch, row);
        sent(batch, row);
    }

    private void received(FlowBatch batch, int row) {
        if (targets.mayHold(batch.destinationHash[row])) {
            Target host = targets.find(
                    batch.destinationHash[row], batch.destinationHigh[row], batch.destinationLow[row], HOST_BITS);
            if (host != null) {
                host.received(batch, row);
            }
        }
    }

    private void sent(FlowBatch batch, int row) {
        if (targets.mayHold(batch.sourceHash[row])) {
            Target host = targets.find(batch.sourceHash[row], batch.sourceHigh[row], batch.sourceLow[row], HOST_BITS);
            if (host != null) {
                host.sent(batch, row);
            }
        }
    }

    /** Counts a row that could belong to an attack for its destination, the prefix of that, and its own network. */
    private void candidate(FlowBatch batch, int row, int trafficClass) {
        long high = batch.destinationHigh[row];
        long low = batch.destinationLow[row];
        boolean tracked = count(batch, row, trafficClass, batch.destinationHash[row], high, low, HOST_BITS);
        if (!tracked && trafficClass != TCP_CONNECTION_FLOOD) {
            received(batch, row);
        }
        int bits = prefixBits(high, low);
        candidate(batch, row, trafficClass, high & Prefix.highMask(bits), low & Prefix.lowMask(bits), bits);
        int network = networkIndex.find(high, low);
        if (network >= 0 && networkIndex.bits(network) < bits) {
            candidate(
                    batch,
                    row,
                    trafficClass,
                    networkIndex.high(network),
                    networkIndex.low(network),
                    networkIndex.bits(network));
        }
    }

    private void candidate(FlowBatch batch, int row, int trafficClass, long high, long low, int bits) {
        long hash = prefixHash(high, low, bits);
        if (gate.opens(CandidateTable.pair(hash, trafficClass))) {
            count(batch, row, trafficClass, hash, high, low, bits);
        }
    }

    private long prefixHash(long high, long low, int bits) {
        return Hashing.hash(seed + bits, low, high);
    }

    /** The length of the prefix that a host is also counted for: /24 or /48. */
    private static int prefixBits(long high, long low) {
        return IpAddress.isIpv4(high, low) ? IPV4_PREFIX_BITS : IPV6_PREFIX_BITS;
    }

    /** @return whether the row went to a track */
    private boolean count(FlowBatch batch, int row, int trafficClass, long hash, long high, long low, int bits) {
        int entry = table.find(CandidateTable.pair(hash, trafficClass), nowNanos);
        if (entry == CandidateTable.NOT_TRACKED) {
            refusedTracks++;
            return false;
        }
        int index = table.track(entry);
        if (index >= 0) {
            tracks[index].add(batch, row);
            return true;
        }
        boolean reflection = trafficClass < FIRST_FLOOD;
        long window = reflection ? REFLECTION_WINDOW_NANOS : FLOOD_WINDOW_NANOS;
        int suspicious = reflection ? REFLECTION_ROWS : FLOOD_ROWS;
        int seen = table.count(entry, batch, row, nowNanos, window);
        // A record of many packets is as suspicious as many packets.
        if (seen == suspicious || batch.packets[row] >= suspicious) {
            promote(entry, trafficClass, hash, high, low, bits, batch.rows == FlowBatch.Rows.PACKETS);
            return table.track(entry) >= 0;
        }
        return false;
    }

    private void promote(int entry, int trafficClass, long hash, long high, long low, int bits, boolean arePackets) {
        if (freeCount == 0) {
            refusedTracks++;
            return;
        }
        Target target = targets.find(hash, high, low, bits);
        if (target == null) {
            target = new Target(hash, high, low, bits, budget, SAMPLE_SEED);
            targets.add(target);
        }
        int index = freeTracks[--freeCount];
        Track track = new Track(index, trafficClass, target, entry, budget, SAMPLE_SEED);
        table.replay(entry, track.sample);
        track.begin(arePackets);
        target.reclaim(track);
        tracks[index] = track;
        active.add(track);
        target.tracks.add(track);
        table.track(entry, index);
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
            if (batch.rows == FlowBatch.Rows.PACKETS || isEmpty(batch, row)) {
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
        int bits = prefixBits(high, low);
        answeredInPrefix(high & Prefix.highMask(bits), low & Prefix.lowMask(bits), bits, trafficClass, opensToo);
        int network = networkIndex.find(high, low);
        if (network >= 0 && networkIndex.bits(network) < bits) {
            answeredInPrefix(
                    networkIndex.high(network),
                    networkIndex.low(network),
                    networkIndex.bits(network),
                    trafficClass,
                    opensToo);
        }
    }

    private void answeredInPrefix(long high, long low, int bits, int trafficClass, boolean opensToo) {
        long pair = CandidateTable.pair(prefixHash(high, low, bits), trafficClass);
        answered(pair, opensToo);
        if (!opensToo) {
            gate.takeBack(pair);
        }
    }

    private void answered(long pair, boolean opensToo) {
        int entry = table.entryOf(pair);
        if (entry == CandidateTable.NOT_TRACKED) {
            return;
        }
        int index = table.track(entry);
        if (index != CandidateTable.NOT_TRACKED) {
            tracks[index].answered++;
            if (opensToo) {
                tracks[index].opened++;
            }
        } else if (!opensToo) {
            table.takeBack(entry);
        }
    }

    /** Whether a flow of TCP carried hardly more than headers. */
    private static boolean isEmpty(FlowBatch batch, int row) {
        return batch.bytes[row] <= EMPTY_SEGMENT_BYTES * batch.packets[row];
    }

    private void advance(long time) {
        if (started) {
            long before = nowNanos;
            nowNanos = Math.max(nowNanos, time);
            tick(false);
            if (Math.floorDiv(time, SECOND_NANOS) > Math.floorDiv(before, SECOND_NANOS)) {
                gate.nextSecond();
            }
        }
        started = true;
        nextTickNanos = (Math.floorDiv(Math.max(time, nowNanos), TICK_NANOS) + 1) * TICK_NANOS;
    }

    /**
     * Judges what grew, ends what fell silent. Called when event time enters another slot.
     *
     * @param atEnd whether no more rows will come, so that there is no use in waiting for answers
     */
    private void tick(boolean atEnd) {
        // The narrower targets first: what they explain is no wider target's.
        for (int narrowest : LEVEL_BITS) {
            for (Track track : active) {
                boolean ripe = atEnd || nowNanos - track.firstNanos >= policy.patienceNanos();
                if (!track.proven && ripe && level(track.target) == narrowest) {
                    judge(track);
                }
            }
        }
        for (int i = active.size() - 1; i >= 0; i--) {
            Track track = active.get(i);
            if (!track.proven && isOver(track)) {
                endEpisode(i, track);
            }
        }
        for (Target target : List.copyOf(attacked)) {
            target.notePeak();
            if (nowNanos - target.lastActiveNanos() > policy.quietNanos()) {
                end(target, Attack.State.ENDED);
            } else if (nowNanos - target.lastReportNanos >= CHANGE_NANOS
                    || target.provenTracks().size() != target.reportedVectors) {
                report(target, Change.CHANGED);
            }
        }
    }

    /** Hosts, the prefixes that every host is counted for, and the own networks. */
    private static int level(Target target) {
        if (target.isHost()) {
            return HOST_BITS;
        }
        return target.bits == prefixBits(target.high, target.low) ? IPV4_PREFIX_BITS : 0;
    }

    private boolean isOver(Track track) {
        return isIdle(track) || !track.isCumulative() && nowNanos - track.firstNanos > policy.episodeNanos();
    }

    private boolean isIdle(Track track) {
        return nowNanos - track.lastNanos > (track.isCumulative() ? policy.quietNanos() : IDLE_NANOS);
    }

    private void endEpisode(int position, Track track) {
        if (policy.live() && !track.target.attacked) {
            track.baseline.observe(track.peakPackets());
        }
        if (!isIdle(track)) {
            track.target.setAside(track);
            track.restart();
            return;
        }
        if (track.target.attacked) {
            // It goes with the attack, of whose other traffic it may be part.
            return;
        }
        remove(track);
        active.remove(position);
    }

    private void remove(Track track) {
        table.track(track.entry, CandidateTable.NOT_TRACKED);
        freeTracks[freeCount++] = track.index;
        track.release();
        Target target = track.target;
        target.tracks.remove(track);
        if (target.tracks.isEmpty()) {
            targets.remove(target);
            target.ordinaryRows.clear();
        }
    }

    private void judge(Track track) {
        if (!judge.isWorthJudging(track)) {
            return;
        }
        track.nextJudgement = track.packets + track.packets / 4 + 1;
        Target target = track.target;
        Judge.Judgement judgement = judge.judge(track, target.hasProvenTrack());
        if (!judgement.attack() || isExplained(track)) {
            return;
        }
        track.proven = true;
        track.confidence = judgement.confidence();
        track.activeRate = judgement.activeRate();
        track.startNanos = track.isCumulative() ? track.firstNanos : startOf(track);
        track.lastActiveNanos = track.lastNanos;
        if (!target.attacked) {
            open(target, track);
        }
    }

    /** Whether most of a network's traffic goes to a prefix in it that is under attack already. */
    private boolean isExplained(Track track) {
        RowSample sample = track.sample;
        for (Target inner : attacked) {
            if (!inner.isHost() && track.target.contains(inner)) {
                Prefix prefix = inner.prefix();
                int within = 0;
                for (int i = 0; i < sample.size(); i++) {
                    if (prefix.contains(sample.destinationHigh(i), sample.destinationLow(i))) {
                        within++;
                    }
                }
                if (within >= EXPLAINED_SHARE * sample.size()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** When the traffic began that goes on now, be the track older. */
    private long startOf(Track track) {
        long last = Math.floorDiv(track.lastNanos, SECOND_NANOS);
        double lasted = Math.max(1, (track.lastNanos - track.firstNanos) / 1e9);
        long floor = Math.max(1, Math.round(START_SHARE_OF_MEAN * track.packets / lasted));
        long begin = track.history.beginOfActivity(last, floor, QUIET_SECONDS) * SECOND_NANOS;
        long start = Long.MAX_VALUE;
        for (int i = 0; i < track.sample.size(); i++) {
            if (track.sample.nanos(i) >= begin) {
                start = Math.min(start, track.sample.nanos(i));
            }
        }
        return start == Long.MAX_VALUE ? Math.max(begin, track.firstNanos) : start;
    }

    private void open(Target target, Track track) {
        target.attacked = true;
        attacked.add(target);
        if (target.isHost()) {
            recorder.replay(target.hash, target.ordinaryRows);
        }
        target.attackStartNanos = track.startNanos;
        target.id =
                FindingId.of("attack", target.prefix().toString(), Instant.ofEpochMilli(track.startNanos / 1_000_000));
        target.absorbed = attacked.stream().anyMatch(wider -> !wider.absorbed && wider.contains(target));
        if (target.absorbed) {
            return;
        }
        List<Target> narrower =
                attacked.stream().filter(t -> !t.absorbed && target.contains(t)).toList();
        for (Target inner : narrower) {
            report(inner, Change.ABSORBED);
            inner.absorbed = true;
            if (inner.attackStartNanos < target.attackStartNanos) {
                target.attackStartNanos = inner.attackStartNanos;
            }
            target.id = inner.id;
        }
        report(target, Change.OPENED);
    }

    private void report(Target target, Change change) {
        if (target.absorbed) {
            return;
        }
        target.lastReportNanos = nowNanos;
        target.reportedVectors = target.provenTracks().size();
        Attack.State state = change == Change.ENDED ? Attack.State.ENDED : Attack.State.OPEN;
        listener.accept(new FindingEvent(change, assembler.assemble(target, state, dominates(target))));
    }

    /** Whether more than half of all packets seen were the target's. */
    private boolean dominates(Target target) {
        long own = target.ordinaryPackets;
        for (Track track : target.tracks) {
            own += track.packets;
        }
        return own * 2 > allPackets;
    }

    private void end(Target target, Attack.State state) {
        report(target, state == Attack.State.ENDED ? Change.ENDED : Change.CHANGED);
        target.attacked = false;
        attacked.remove(target);
        target.absorbed = false;
        for (Track track : List.copyOf(target.tracks)) {
            active.remove(track);
            remove(track);
        }
    }

    /** Judges what is there and ends everything: the input is at its end, or its clock jumped. */
    public void finish() {
        if (!started) {
            return;
        }
        tick(true);
        for (Target target : List.copyOf(attacked)) {
            boolean ended = nowNanos - target.lastActiveNanos() > ENDED_NANOS;
            end(target, ended ? Attack.State.ENDED : Attack.State.OPEN);
        }
        for (Track track : List.copyOf(active)) {
            remove(track);
        }
        active.clear();
        gate.clear();
        allPackets = 0;
        started = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    /** How often something had to be forgotten, or could not be looked at, because a table was full. */
    public long evicted() {
        return table.evicted() + refusedTracks;
    }
}
