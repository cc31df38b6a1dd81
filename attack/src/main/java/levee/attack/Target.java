package levee.attack;

import java.util.ArrayList;
import java.util.List;
import levee.detection.MemoryBudget;
import levee.detection.RowSample;
import levee.detection.Timeline;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import levee.telemetry.PayloadHint;

/** A host or prefix that is looked at more closely: its tracks, and what else it sends and receives. */
final class Target {
    private static final int SAMPLE_ROWS = 256;

    final long high;
    final long low;

    /** For a host its {@link FlowBatch#destinationHash}, for a prefix any seeded hash. */
    final long hash;

    /** Prefix length of 128. */
    final int bits;

    final List<Track> tracks = new ArrayList<>();

    /** A sample of the target's ordinary traffic, before and during the attack. */
    final RowSample ordinaryRows;

    /** The ordinary traffic over time, from when the target was first looked at more closely. */
    final Timeline ordinaryTimeline = new Timeline();

    /** Less than nothing where rows were taken back that another track holds. */
    long ordinaryPackets;

    long ordinaryBytes;

    /** Packets that the target itself sent: without any, only one direction is seen. */
    long sentPackets;

    /** The attack that is open, if {@link #attacked}. */
    boolean attacked;

    /** The fullest second of all proven vectors together. */
    long peakPackets;

    long peakBytes;
    String id = "";

    /** The earliest start of what was told of narrower targets, and is now part of this one's attack. */
    long takenInNanos = Long.MAX_VALUE;

    long lastReportNanos;
    int reportedVectors;

    Target(long hash, long high, long low, int bits, MemoryBudget budget) {
        this.hash = hash;
        this.high = high;
        this.low = low;
        this.bits = bits;
        ordinaryRows = new RowSample(SAMPLE_ROWS, budget);
    }

    boolean isHost() {
        return bits == 128;
    }

    IpAddress address() {
        return new IpAddress(high, low);
    }

    Prefix prefix() {
        IpAddress address = address();
        return new Prefix(address, bits - (128 - address.bits()));
    }

    /** Whether {@code other} lies within. */
    boolean contains(Target other) {
        return bits < other.bits && prefix().contains(other.high, other.low);
    }

    void received(FlowBatch batch, int row) {
        ordinary(batch, row);
        if (attacked) {
            ordinaryRows.add(batch, row);
        }
    }

    void sent(FlowBatch batch, int row) {
        ordinary(batch, row);
        sentPackets += batch.packets[row];
        if (batch.payloadHint[row] == PayloadHint.ICMP_ERROR_UDP) {
            refused(batch, row);
        }
    }

    /** The target said that it has no use for datagrams of a host. */
    private void refused(FlowBatch batch, int row) {
        for (Track track : tracks) {
            if (track.vector.family() == AttackVector.Family.UDP_FLOOD
                    && track.hasSource(batch.destinationHigh[row], batch.destinationLow[row])) {
                track.refusals++;
            }
        }
    }

    private void ordinary(FlowBatch batch, int row) {
        ordinaryPackets += batch.packets[row];
        ordinaryBytes += batch.bytes[row];
        ordinaryTimeline.add(batch.firstNanos[row], batch.lastNanos[row], batch.packets[row], batch.bytes[row]);
    }

    /** What a past episode held is ordinary traffic, if an attack is open or may turn out to be. */
    void setAside(Track track) {
        if (attacked || tracks.stream().anyMatch(t -> t.isCumulative() && t.packets > 0)) {
            ordinaryPackets += track.packets;
            ordinaryBytes += track.bytes;
            ordinaryTimeline.addAll(track.timeline);
        } else {
            ordinaryPackets = 0;
            ordinaryBytes = 0;
            ordinaryTimeline.clear();
        }
    }

    /** Until now these rows were taken for ordinary traffic. */
    void reclaim(Track track) {
        ordinaryPackets -= Math.clamp(ordinaryPackets, 0, track.packets);
        ordinaryBytes -= Math.clamp(ordinaryBytes, 0, track.bytes);
        if (!ordinaryTimeline.isEmpty()) {
            RowSample rows = track.sample;
            for (int i = 0; i < rows.size(); i++) {
                ordinaryTimeline.add(
                        rows.nanos(i), -rows.packets(i) * track.packetsEach, -rows.bytes(i) * track.packetsEach);
            }
        }
    }

    /** This row, which is about to be taken for ordinary traffic, and others like it before are not. */
    void reclaim(FlowBatch batch, int row, int rows) {
        if (isHost()) {
            long packets = rows * batch.packets[row];
            long bytes = rows * batch.bytes[row];
            ordinaryPackets -= packets;
            ordinaryBytes -= bytes;
            ordinaryTimeline.add(batch.firstNanos[row], batch.lastNanos[row], -packets, -bytes);
        }
    }

    /** What the target's own attack consists of. */
    List<Track> provenTracks() {
        return tracks.stream().filter(Track::isOwnAttack).toList();
    }

    boolean hasProvenTrack() {
        for (Track track : tracks) {
            if (track.isOwnAttack()) {
                return true;
            }
        }
        return false;
    }

    /** When its own attack began. */
    long attackStartNanos() {
        long start = takenInNanos;
        for (Track track : tracks) {
            if (track.isOwnAttack()) {
                start = Math.min(start, track.startNanos);
            }
        }
        return start;
    }

    /** Looks whether the second that just passed was the fullest. */
    void notePeak() {
        long packets = 0;
        long bytes = 0;
        for (Track track : tracks) {
            if (!track.isSampled() && (track.isOwnAttack() || AttackAssembler.isCompanion(track))) {
                packets += track.second.packets();
                bytes += track.second.bytes();
            }
        }
        peakPackets = Math.max(peakPackets, packets);
        peakBytes = Math.max(peakBytes, bytes);
    }

    /** The last time at which a proven vector was active, be it explained by a wider target. */
    long lastActiveNanos() {
        long last = Long.MIN_VALUE;
        for (Track track : tracks) {
            if (track.proven) {
                last = Math.max(last, track.lastActiveNanos);
            }
        }
        return last;
    }
}
