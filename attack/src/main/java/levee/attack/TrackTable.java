package levee.attack;

import java.util.ArrayList;
import java.util.List;
import levee.detection.CandidateTable;
import levee.detection.MemoryBudget;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/** What is looked at more closely: the tracks, bounded in number and memory, and the targets that they are of. */
final class TrackTable {
    private static final int MAXIMUM_TRACKS = 4_096;
    private static final long SAMPLE_BYTES = 48L << 20;

    private final CandidateTable candidates;
    private final LearnedRates learned;
    private final MemoryBudget budget = new MemoryBudget(SAMPLE_BYTES);
    private final Track[] tracks = new Track[MAXIMUM_TRACKS];
    private final int[] free = new int[MAXIMUM_TRACKS];
    private int freeCount = MAXIMUM_TRACKS;
    private final List<Track> active = new ArrayList<>();
    private final TargetTable targets = new TargetTable(MAXIMUM_TRACKS);
    private final EdgeTable edges;
    private long refused;

    /**
     * @param candidates whose entries know their tracks
     * @param edges where traffic enters the network
     * @param learned what is known of traffic from before it is looked at more closely
     */
    TrackTable(CandidateTable candidates, EdgeTable edges, LearnedRates learned) {
        this.edges = edges;
        this.candidates = candidates;
        this.learned = learned;
        for (int i = 0; i < MAXIMUM_TRACKS; i++) {
            free[i] = MAXIMUM_TRACKS - 1 - i;
        }
    }

    /** @param index of a track that there is */
    Track get(int index) {
        return tracks[index];
    }

    /** All tracks, in no order that matters; to be changed only by this class. */
    List<Track> active() {
        return active;
    }

    /** The host, if it has tracks; most have none, which costs no search. */
    @Nullable
    Target host(long hash, long high, long low) {
        return targets.mayHold(hash) ? targets.find(hash, high, low, TargetLevel.HOST_BITS) : null;
    }

    /** Begins a track with the rows of a candidate, the last of which is given, unless there are too many. */
    void begin(
            int entry,
            int trafficClass,
            long hash,
            long high,
            long low,
            int bits,
            FlowBatch batch,
            int row,
            long nowNanos) {
        if (freeCount == 0) {
            refused++;
            return;
        }
        Target target = targets.find(hash, high, low, bits);
        if (target == null) {
            target = new Target(hash, high, low, bits, budget);
            targets.add(target);
        }
        int index = free[--freeCount];
        Track track = new Track(index, trafficClass, target, entry, budget, edges);
        candidates.replay(entry, track.sample);
        track.begin(batch, row, nowNanos);
        target.reclaim(track);
        learned.recall(track, nowNanos);
        tracks[index] = track;
        active.add(track);
        target.tracks.add(track);
        candidates.track(entry, index);
    }

    /** Ends a track, and the closer look at its target if that has no other. */
    void end(Track track) {
        active.remove(track);
        candidates.track(track.entry, CandidateTable.NOT_TRACKED);
        free[freeCount++] = track.index;
        track.release();
        Target target = track.target;
        target.tracks.remove(track);
        if (target.tracks.isEmpty()) {
            targets.remove(target);
            target.ordinaryRows.clear();
        }
    }

    /** How often a closer look was not possible because there were too many tracks. */
    long refused() {
        return refused;
    }
}
