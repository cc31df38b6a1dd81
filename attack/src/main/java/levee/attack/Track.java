package levee.attack;

import java.util.concurrent.TimeUnit;
import levee.detection.AdaptiveBaseline;
import levee.detection.DistinctCounter;
import levee.detection.MemoryBudget;
import levee.detection.RateHistory;
import levee.detection.RowSample;
import levee.detection.SlidingSecond;
import levee.detection.Timeline;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.Relation;

/** The closer look at one class of traffic to one target: the second tier of detection. */
final class Track {
    /** Rows from which ports, lengths and source networks are told. */
    static final int SAMPLE_ROWS = 1_024;

    private static final long SOURCE_SEED = 0x51ab_3f0d_77c1_9e25L;

    /** The SYN and the segment that completes. */
    private static final int HANDSHAKE_PACKETS = 2;

    private static final long SHORTEST_BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    final int index;
    final int trafficClass;
    final AttackVector vector;
    final Target target;
    final int entry;

    final DistinctCounter sources;
    final RowSample sample;
    final SlidingSecond second = new SlidingSecond();

    /** The packets by second, without those of TCP that turned out to be of connections that were taken up. */
    final RateHistory history = new RateHistory();

    /** The packets of the last second that turned out to be of connections that were taken up. */
    private final SlidingSecond answeredSecond = new SlidingSecond();

    final Timeline timeline = new Timeline();
    final AdaptiveBaseline baseline = new AdaptiveBaseline();

    long packets;
    long bytes;
    long rawSamples;
    long opened;
    long answered;

    /** ICMP errors by which the target told the sources that it has no use for their datagrams. */
    long refusals;

    long firstNanos;
    long lastNanos;
    int highestSamplingRate;
    boolean packetRows;

    /** The packets that each packet of a row stands for. */
    int packetsEach = 1;

    /** Set once the evidence suffices. */
    boolean proven;

    /** When it did. */
    long noticedNanos;

    /** Proven, but the narrower view of a wider target's attack, which tells of it. */
    boolean explained;

    long startNanos;

    /** Packets per second below which a proven vector is only a trickle. */
    double activeRate = 1;

    /** The last packet that came while the traffic was more than a trickle. */
    long lastActiveNanos;

    double confidence;

    /** Packets from which on it is worth judging again. */
    long nextJudgement;

    Track(int index, int trafficClass, Target target, int entry, MemoryBudget budget) {
        this.index = index;
        this.trafficClass = trafficClass;
        this.vector = TrafficClass.vector(trafficClass, target.address().isIpv4());
        this.target = target;
        this.entry = entry;
        sources = new DistinctCounter(budget);
        sample = new RowSample(SAMPLE_ROWS, budget);
    }

    /** Takes over the rows that the sample was filled with before the track began. */
    void begin(boolean arePackets) {
        packetRows = arePackets;
        packetsEach = packetsEach(arePackets);
        highestSamplingRate = 1;
        for (int i = 0; i < sample.size(); i++) {
            account(
                    sample.nanos(i),
                    sample.lastNanos(i),
                    sample.sourceHigh(i),
                    sample.sourceLow(i),
                    sample.packets(i),
                    sample.bytes(i));
            rawSamples += sample.packets(i);
        }
        opened = sample.size();
    }

    /**
     * Only when a handshake completes is it known that its SYN, too, may be of a flood of connections. Whole connections
     * hold it already.
     */
    private int packetsEach(boolean arePackets) {
        return isOfConnections() && arePackets ? HANDSHAKE_PACKETS : 1;
    }

    private boolean isOfConnections() {
        return vector == AttackVector.TCP_CONNECTION_FLOOD;
    }

    void add(FlowBatch batch, int row) {
        sample.add(batch, row);
        int rate = batch.samplingRate[row];
        rawSamples += batch.packets[row] / Math.max(1, rate);
        highestSamplingRate = Math.max(highestSamplingRate, rate);
        boolean arePackets = batch.rows.arePackets();
        packetRows &= arePackets;
        if (isOfConnections()) {
            opened++;
            packetsEach = packetsEach(arePackets);
            target.reclaim(batch, row, packetsEach);
        } else if (Relation.has(batch.relation[row], Relation.OPENS)) {
            opened++;
        }
        account(
                batch.firstNanos[row],
                batch.lastNanos[row],
                batch.sourceHigh[row],
                batch.sourceLow[row],
                batch.packets[row],
                batch.bytes[row]);
    }

    /**
     * A connection was taken up by the target.
     *
     * @param opensToo whether it was not counted as opened yet
     */
    void answer(long nanos, boolean opensToo) {
        answered++;
        if (opensToo) {
            opened++;
        }
        // A datagram from a forged source is answered as well; it stays part of the flood.
        if (vector.protocol() == Protocols.TCP && !opensToo) {
            answeredSecond.add(nanos, packetsEach, 0);
            history.add(nanos, -packetsEach, 0);
        }
    }

    private void account(long first, long last, long sourceHigh, long sourceLow, long rowPackets, long rowBytes) {
        long addedPackets = rowPackets * packetsEach;
        // A SYN is about as long as the segment that completes.
        long addedBytes = rowBytes * packetsEach;
        firstNanos = packets == 0 ? first : Math.min(firstNanos, first);
        lastNanos = packets == 0 ? last : Math.max(lastNanos, last);
        packets += addedPackets;
        bytes += addedBytes;
        sources.add(Hashing.hash(SOURCE_SEED, sourceHigh, sourceLow));
        timeline.add(first, last, addedPackets, addedBytes);
        if (first == last) {
            second.add(first, addedPackets, addedBytes);
            history.add(first, addedPackets, addedBytes);
        } else {
            history.add(first, last, addedPackets, addedBytes);
        }
        if (proven && isActive()) {
            lastActiveNanos = Math.max(lastActiveNanos, last);
        }
    }

    /** Whether an attack on the target itself is proven by this. */
    boolean isOwnAttack() {
        return proven && !explained;
    }

    boolean hasSource(long high, long low) {
        return sources.contains(Hashing.hash(SOURCE_SEED, high, low));
    }

    private boolean isActive() {
        if (!packetRows) {
            return history.packetsIn(Math.floorDiv(lastNanos, 1_000_000_000L)) >= activeRate;
        }
        answeredSecond.advanceTo(lastNanos);
        return second.packets() - answeredSecond.packets() >= activeRate;
    }

    /** The most packets within one second. */
    long peakPackets() {
        return Math.max(second.peakPackets(), packetRows ? 0 : history.peakPackets());
    }

    /** The most bytes within one second. */
    long peakBytes() {
        return Math.max(second.peakBytes(), packetRows ? 0 : history.peakBytes());
    }

    /** Packets per second in the fullest second, or over all where everything came within less. */
    double rate() {
        long lasted = Math.max(lastNanos - firstNanos, SHORTEST_BURST_NANOS);
        if (packetRows && lasted < SlidingSecond.SLOT_NANOS) {
            return packets * 1e9 / lasted;
        }
        double fullestSlot = 1e9 / SlidingSecond.SLOT_NANOS * second.peakSlotPackets();
        // A single full slot is a burst of some application; several are not.
        return lasted < 3 * SlidingSecond.SLOT_NANOS ? Math.max(peakPackets(), fullestSlot) : peakPackets();
    }

    /** The share of opened connections that were not taken up, 0 to 1. */
    double unansweredShare() {
        return opened == 0 ? 1 : Math.clamp(1 - (double) answered / opened, 0, 1);
    }

    Volume volume() {
        return new Volume(packets, bytes);
    }

    /** Packets of the last two minutes. */
    long recentPackets() {
        return history.packets();
    }

    /** Whether the traffic proves itself by what it says, so that its pulses belong together from the first on. */
    boolean isCumulative() {
        return vector.family() == AttackVector.Family.UDP_REFLECTION;
    }

    /** Gives back the memory that it shares with others. */
    void release() {
        sources.clear();
        sample.clear();
    }

    /** Begins a new episode; only the baseline stays. */
    void restart() {
        release();
        second.clear();
        answeredSecond.clear();
        history.clear();
        timeline.clear();
        packets = 0;
        bytes = 0;
        rawSamples = 0;
        opened = 0;
        answered = 0;
        refusals = 0;
        nextJudgement = 0;
        packetRows = true;
    }
}
