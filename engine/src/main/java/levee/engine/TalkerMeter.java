package levee.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import levee.detection.ThresholdSampler;
import levee.model.Groups;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.PrefixIndex;
import levee.model.Talkers;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Who sends and receives how much: the busiest own hosts, remote networks and services of the last minute, and what goes in
 * and out of own networks and groups.
 *
 * <p>The detecting thread counts into a {@link TalkerSlice} of five seconds of arrival, and hands over the last twelve that
 * are over; that is all it does. Whoever asks adds them up on a thread of its own. Slices are used again, in a ring that is
 * longer than what is handed over, so that there are seconds to read one; who is slower than that sees it and reads what is
 * there then. From {@value #MOST_ROWS_PER_SECOND} rows a second on not each is counted, but so that sums are right but for
 * chance ({@link ThresholdSampler}). So nobody waits for anybody, and memory is constant, about 8 MB.
 */
public final class TalkerMeter implements RowObserver {
    static final int SLICES = 12;
    static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The one that is counted into, and one that may still be read. */
    private static final int MORE_SLICES = 2;

    private static final long SAMPLER_SEED = 0x1f83_d9ab_fb41_bd6bL;

    /** Of more not each is counted: it costs the detecting thread some percent of its time at the most. */
    private static final double MOST_ROWS_PER_SECOND = 100_000;

    private final long seed;
    private final ThresholdSampler sampler;
    private final TalkerSlice[] ring = new TalkerSlice[SLICES + MORE_SLICES];
    private volatile TalkerAreas areas;

    // Of the detecting thread.
    private TalkerSlice current;
    private int position;
    private long number;
    private long sinceNanos;
    private long edition;

    private volatile Published published;

    private final Object summing = new Object();

    // Guarded by summing.
    private long summed;
    private Talkers talkers;

    /**
     * What is handed over.
     *
     * @param edition tells one from the other
     * @param slices the newest first
     */
    record Published(
            long edition, long sinceNanos, long untilNanos, TalkerAreas areas, List<TalkerSlice.Finished> slices) {
        Published {
            slices = List.copyOf(slices);
        }

        /** How long the slices are together, with what lies between them. */
        Duration covered() {
            return Duration.ofNanos(untilNanos - Math.max(sinceNanos, untilNanos - SLICES * SLICE_NANOS));
        }

        /** Whether all that was read of the slices until now was what is handed over here. */
        boolean isStill() {
            return slices.stream().allMatch(TalkerSlice.Finished::isStill);
        }
    }

    /**
     * @param seed that of the {@link ConnectionTable} which hashes the rows; secret
     * @param nowNanos nanoseconds since 1970
     */
    public TalkerMeter(OwnNetworks networks, Groups groups, long seed, long nowNanos) {
        this.seed = seed;
        sampler = new ThresholdSampler(MOST_ROWS_PER_SECOND, Hashing.hash(seed, SAMPLER_SEED, 0));
        areas = new TalkerAreas(networks, groups);
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new TalkerSlice(seed, areas);
        }
        current = ring[0];
        published = begin(nowNanos);
        summed = edition;
        talkers = new TalkerSummary(published).talkers();
    }

    /** Takes over what the operator changed, from the next slice on; from any thread. */
    public void apply(OwnNetworks networks, Groups groups) {
        areas = new TalkerAreas(networks, groups);
    }

    @Override
    public void rows(FlowBatch batch) {
        current.count(batch, sampler);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A clock that is set back a little makes a slice longer. After a jump of more than a slice back, or more than a
     * minute ahead, everything begins anew. What is skipped otherwise counts as time in which nothing came.
     */
    @Override
    public void tick(long nowNanos) {
        sampler.tick(nowNanos);
        long now = Math.floorDiv(nowNanos, SLICE_NANOS);
        if (now == number || now == number - 1) {
            return;
        }
        if (now < number || now - number > SLICES) {
            published = begin(nowNanos);
            return;
        }
        long untilNanos = now * SLICE_NANOS;
        long oldestNanos = untilNanos - SLICES * SLICE_NANOS;
        List<TalkerSlice.Finished> slices = new ArrayList<>(SLICES);
        slices.add(current.finish((number + 1) * SLICE_NANOS));
        for (TalkerSlice.Finished finished : published.slices()) {
            if (finished.endNanos() > oldestNanos) {
                slices.add(finished);
            }
        }
        next(untilNanos);
        number = now;
        published = new Published(++edition, sinceNanos, untilNanos, areas, slices);
    }

    private Published begin(long nowNanos) {
        next(nowNanos);
        number = Math.floorDiv(nowNanos, SLICE_NANOS);
        sinceNanos = nowNanos;
        return new Published(++edition, nowNanos, nowNanos, areas, List.of());
    }

    private void next(long nowNanos) {
        position = (position + 1) % ring.length;
        current = ring[position];
        current.begin(nowNanos, areas);
    }

    /** What is known of all; from any thread. The first who asks after a slice adds up, within some milliseconds. */
    public Talkers talkers() {
        synchronized (summing) {
            Published now = published;
            while (summed != now.edition()) {
                Talkers sum = new TalkerSummary(now).talkers();
                if (now.isStill()) {
                    summed = now.edition();
                    talkers = sum;
                }
                now = published;
            }
            return talkers;
        }
    }

    /** What is known of an address, if it is one of the own networks; from any thread. */
    public Optional<HostTraffic.Live> host(IpAddress address) {
        if (areas.find(address.high(), address.low()) == PrefixIndex.NONE) {
            return Optional.empty();
        }
        long hash = ConnectionTable.addressHash(seed, address.high(), address.low());
        while (true) {
            Published now = published;
            HostTraffic.Live host = new TalkerSummary(now).host(address, hash);
            if (now.isStill()) {
                return Optional.of(host);
            }
        }
    }
}
