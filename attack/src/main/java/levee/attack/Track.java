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

    /** Samples from which a rate can be told, to a fifth. */
    private static final int ENOUGH_SAMPLES = 30;

    /** A sampled attack goes on where so many samples came within such a time. */
    private static final int LEAST_ACTIVE_SAMPLES = 3;

    private static final int SAMPLED_ACTIVE_SECONDS = 10;

    /** What follows each SYN, SYN-ACK, FIN or RST of a connection in the same direction, or went before, at the least. */
    private static final double SEGMENTS_OF_CONNECTION = 3;

    /** Packets that one of the other side answers: receivers acknowledge every other one. */
    private static final double PACKETS_OF_ANSWERED = 2;

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

    /** What was there of them when it was last told how much comes. */
    private long toldPackets;

    private long toldBytes;

    long rawSamples;
    long opened;
    long answered;

    /** ICMP errors by which the target told the sources that it has no use for their datagrams. */
    long refusals;

    final IngressTally ingress = new IngressTally();

    private final EdgeTable edges;

    /** Whether it matters at which interface the traffic entered. */
    private final boolean hasEdges;

    /** Raw samples of what the target sent and this traffic may answer, or ask for; counted where rows are sampled. */
    long sentBack;

    /** Raw samples of segments to the target of connections that go on; counted where rows are sampled. */
    long goneOn;

    private double sampledPeakPackets;
    private double sampledPeakBytes;

    long firstNanos;
    long lastNanos;

    /** When its first row came, which for flow records is long after their first packet. */
    long begunNanos;

    /** When its last row came. */
    long arrivedNanos;

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

    Track(int index, int trafficClass, Target target, int entry, MemoryBudget budget, EdgeTable edges) {
        this.edges = edges;
        hasEdges = edges.concerns(target.address());
        this.index = index;
        this.trafficClass = trafficClass;
        this.vector = TrafficClass.vector(trafficClass, target.address().isIpv4());
        this.target = target;
        this.entry = entry;
        sources = new DistinctCounter(budget);
        sample = new RowSample(SAMPLE_ROWS, budget);
    }

    /** Takes over the rows that the sample was filled with before the track began, the last of which is given again. */
    void begin(FlowBatch batch, int row, long nowNanos) {
        boolean arePackets = batch.rows.arePackets();
        packetRows = arePackets;
        packetsEach = packetsEach(arePackets);
        highestSamplingRate = Math.max(1, batch.samplingRate[row]);
        begunNanos = nowNanos;
        arrivedNanos = nowNanos;
        int exporter = batch.exporter[row];
        for (int i = 0; i < sample.size(); i++) {
            if (sample.exporter(i) != exporter) {
                continue;
            }
            if (exporter != 0) {
                enter(batch, row, sample.packets(i), nowNanos);
            }
            account(
                    sample.nanos(i),
                    sample.lastNanos(i),
                    sample.sourceHigh(i),
                    sample.sourceLow(i),
                    sample.packets(i),
                    sample.bytes(i));
            rawSamples += Math.max(1, sample.packets(i) / highestSamplingRate);
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

    void add(FlowBatch batch, int row, long nowNanos) {
        if (packets == 0) {
            begunNanos = nowNanos;
        }
        arrivedNanos = nowNanos;
        int exporter = batch.exporter[row];
        if (exporter != 0 && !enter(batch, row, batch.packets[row], nowNanos)) {
            // Another exporter tells of the same packets. That a connection opens is told once, whoever does it.
            opened += Relation.has(batch.relation[row], Relation.OPENS) ? 1 : 0;
            return;
        }
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

    /** Notes where rows came in, and whether they count. */
    private boolean enter(FlowBatch batch, int row, long rowPackets, long nowNanos) {
        int exporter = batch.exporter[row];
        int ingressInterface = batch.ingressInterface[row];
        boolean isEdge = hasEdges && edges.isEdge(exporter, ingressInterface);
        return ingress.add(exporter, ingressInterface, isEdge, rowPackets, nowNanos);
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
            if (packetRows) {
                second.add(first, addedPackets, addedBytes);
            } else {
                // Records come in any order; in the current slot they would look like a burst.
                second.place(first, addedPackets, addedBytes);
            }
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
        if (isSampled()) {
            long recent = history.packetsUntil(Math.floorDiv(lastNanos, 1_000_000_000L), SAMPLED_ACTIVE_SECONDS);
            return recent >= Math.max(activeRate * SAMPLED_ACTIVE_SECONDS, LEAST_ACTIVE_SAMPLES * highestSamplingRate);
        }
        if (!packetRows) {
            return history.packetsIn(Math.floorDiv(lastNanos, 1_000_000_000L)) >= activeRate;
        }
        answeredSecond.advanceTo(lastNanos);
        return second.packets() - answeredSecond.packets() >= activeRate;
    }

    /** The most packets within one second. */
    long peakPackets() {
        if (isSampled()) {
            noteSampledPeak();
            return Math.round(sampledPeakPackets);
        }
        return Math.max(second.peakPackets(), packetRows ? 0 : history.peakPackets());
    }

    /** The most bytes within one second. */
    long peakBytes() {
        if (isSampled()) {
            noteSampledPeak();
            return Math.round(sampledPeakBytes);
        }
        return Math.max(second.peakBytes(), packetRows ? 0 : history.peakBytes());
    }

    /** Packets per second in the fullest second, or over all where everything came within less. */
    double rate() {
        if (isSampled()) {
            return peakPackets();
        }
        long lasted = Math.max(lastNanos - firstNanos, SHORTEST_BURST_NANOS);
        if (packetRows && lasted < SlidingSecond.SLOT_NANOS) {
            return packets * 1e9 / lasted;
        }
        double fullestSlot = 1e9 / SlidingSecond.SLOT_NANOS * second.peakSlotPackets();
        // A single full slot is a burst of some application; several are not.
        return lasted < 3 * SlidingSecond.SLOT_NANOS ? Math.max(peakPackets(), fullestSlot) : peakPackets();
    }

    /** Packets per second of late, as soon as they came evenly for a part of a second, but no less than {@link #rate}. */
    double steadyRate() {
        return isSampled() ? rate() : Math.max(rate(), second.steadyRate());
    }

    /** The share of opened connections that were not taken up, 0 to 1. */
    double unansweredShare() {
        if (isSampled()) {
            return Math.clamp(1 - answeredOfSamples() / Math.max(1, rawSamples), 0, 1);
        }
        return opened == 0 ? 1 : Math.clamp(1 - (double) answered / opened, 0, 1);
    }

    /** Whether most packets were not seen, so that nothing follows from not seeing an answer to each. */
    boolean isSampled() {
        return highestSamplingRate > 1;
    }

    /** One sample of ten thousand is no ten thousand packets a second: it takes the time in which enough of them came. */
    private void noteSampledPeak() {
        long least = (long) ENOUGH_SAMPLES * highestSamplingRate;
        sampledPeakPackets = Math.max(sampledPeakPackets, history.peakPacketsOver(least));
        sampledPeakBytes = Math.max(sampledPeakBytes, history.peakBytesOver(least));
    }

    /**
     * How many of the samples are answered at the most, told from how much goes the other way. What was not seen by
     * chance counts as if it were there.
     */
    private double answeredOfSamples() {
        double back = atMost(sentBack);
        double on = atMost(goneOn) / SEGMENTS_OF_CONNECTION;
        return switch (vector) {
            // A server answers any SYN; but only a client goes on after the answer.
            case TCP_SYN_FLOOD -> target.sentPackets > 0 ? Math.min(on, back) : on;
            case TCP_SYNACK_REFLECTION, TCP_RST_FLOOD, TCP_FIN_FLOOD -> Math.max(on, back);
            case TCP_FLAG_FLOOD, ICMP_FLOOD, ICMPV6_FLOOD -> 0;
            case DNS_QUERY_FLOOD -> back;
            default -> PACKETS_OF_ANSWERED * back;
        };
    }

    /** What there may be of something of which so many samples were seen: the mean of a Poisson law, at the most. */
    static double atMost(long samples) {
        return samples + 2 * Math.sqrt(samples) + 3;
    }

    Volume volume() {
        return new Volume(packets, bytes);
    }

    /** What came since {@link #noteTold}. */
    Volume untold() {
        return new Volume(packets - toldPackets, bytes - toldBytes);
    }

    void noteTold() {
        toldPackets = packets;
        toldBytes = bytes;
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
        noteTold();
        rawSamples = 0;
        opened = 0;
        answered = 0;
        sentBack = 0;
        goneOn = 0;
        sampledPeakPackets = 0;
        sampledPeakBytes = 0;
        ingress.clear();
        refusals = 0;
        nextJudgement = 0;
        packetRows = true;
    }
}
