package levee.attack;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.detection.CandidateTable;
import levee.detection.FlightRecorder;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.OwnNetworks;
import levee.telemetry.FlowBatch;

/**
 * Finds attacks in batches of rows. Every row is counted ({@link CandidateCounter}); what is suspicious often enough gets
 * a {@link Track} ({@link TrackTable}), on which is decided at ticks of event time ({@link AttackLifecycle}). Memory is
 * bounded by the number of tracks and table entries.
 */
public final class AttackDetector {
    private static final int TABLE_CAPACITY = 1 << 16;
    private static final long RECORDER_BYTES = 32L << 20;
    private static final long TICK_NANOS = 100_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final CandidateTable candidates = new CandidateTable(TABLE_CAPACITY);
    private final TrackTable tracks;
    private final EdgeTable edges;
    private final CandidateCounter counter;
    private final AttackLifecycle attacks;

    private boolean started;
    private long nowNanos;
    private long nextTickNanos;

    /**
     * @param seed of all hashes; secret on a live network
     * @param listener is told of every attack that opens, changes and ends, on the thread that calls
     */
    public AttackDetector(DetectionPolicy policy, OwnNetworks networks, long seed, Consumer<FindingEvent> listener) {
        this(policy, DetectionSettings.of(networks), seed, index -> "", listener);
    }

    /**
     * @param settings what the operator says
     * @param seed of all hashes; secret on a live network
     * @param exporters the address of an exporter by its index in rows, from 1 on; empty where it is not known, so that
     *     findings do not tell of it
     * @param listener is told of every attack that opens, changes and ends, on the thread that calls
     */
    public AttackDetector(
            DetectionPolicy policy,
            DetectionSettings settings,
            long seed,
            IntFunction<String> exporters,
            Consumer<FindingEvent> listener) {
        this(policy, settings, seed, LearnedRates.none(), exporters, listener);
    }

    /**
     * @param settings what the operator says
     * @param seed of all hashes; secret on a live network
     * @param learned what was learned before, and takes what is learned; of use on a live network only
     * @param exporters the address of an exporter by its index in rows, from 1 on; empty where it is not known
     * @param listener is told of every attack that opens, changes and ends, on the thread that calls
     */
    public AttackDetector(
            DetectionPolicy policy,
            DetectionSettings settings,
            long seed,
            LearnedRates learned,
            IntFunction<String> exporters,
            Consumer<FindingEvent> listener) {
        edges = new EdgeTable(exporters, settings);
        tracks = new TrackTable(candidates, edges, learned);
        FlightRecorder recorder = new FlightRecorder(RECORDER_BYTES);
        counter = new CandidateCounter(candidates, tracks, recorder, settings, seed);
        attacks = new AttackLifecycle(policy, settings, tracks, recorder, learned, exporters, listener);
    }

    /**
     * Takes over what the operator changed, on the thread that gives the rows. Attacks that are open go on, and what was
     * counted and learned stays.
     */
    public void apply(DetectionSettings settings) {
        edges.apply(settings);
        counter.apply(settings);
        attacks.apply(settings);
    }

    /** Looks at all rows of a batch, whose relations must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        int size = batch.size;
        // A flow record comes when the flow has ended. Logs may be in the order of beginnings.
        long[] times = batch.rows == FlowBatch.Rows.FLOWS ? batch.lastNanos : batch.firstNanos;
        for (int row = 0; row < size; row++) {
            long time = times[row];
            if (time >= nextTickNanos || !started) {
                advance(time);
            }
            nowNanos = Math.max(nowNanos, time);
            counter.count(batch, row, nowNanos);
        }
    }

    /**
     * Lets time go on though no rows come: judges, ends attacks that fell silent and forgets what is old.
     *
     * @param time in nanoseconds since 1970; what lies before the latest row or tick has no effect
     */
    public void tick(long time) {
        if (started && time >= nextTickNanos) {
            advance(time);
        }
    }

    private void advance(long time) {
        if (started) {
            long before = nowNanos;
            nowNanos = Math.max(nowNanos, time);
            attacks.tick(nowNanos, counter.packets(), counter.seesAnswers(), false);
            if (Math.floorDiv(time, SECOND_NANOS) > Math.floorDiv(before, SECOND_NANOS)) {
                counter.nextSecond();
            }
        }
        started = true;
        nextTickNanos = (Math.floorDiv(Math.max(time, nowNanos), TICK_NANOS) + 1) * TICK_NANOS;
    }

    /**
     * What came since the last call and is part of attacks that are open now, by vector, on the thread that gives the rows;
     * nothing for vectors of which nothing came. Nothing is counted twice: traffic of a host whose prefix is attacked is
     * that of the prefix. What turns out to be the target's own conversations is left out, as far as it is known now; it
     * is not taken back later.
     *
     * <p>The time is that of arrival: a flow counts when its record came, whenever it went on.
     */
    public Map<AttackVector, Volume> takeVolumes() {
        return attacks.takeVolumes();
    }

    /** Judges what is there and ends everything: the input is at its end, or its clock jumped. */
    public void finish() {
        if (!started) {
            return;
        }
        attacks.finish(nowNanos, counter.packets(), counter.seesAnswers());
        counter.clear();
        started = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    /** How often something had to be forgotten, or could not be looked at, because a table was full. */
    public long evicted() {
        return candidates.evicted() + counter.refused() + tracks.refused();
    }
}
