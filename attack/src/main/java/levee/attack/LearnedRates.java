package levee.attack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import levee.detection.AdaptiveBaseline;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.Hashing;

/**
 * What traffic that is no attack was seen to reach, by target and class: baselines that outlive the closer look they were
 * learned in, and a restart ({@link LearnedRatesFile}). Bounded: what was seen least makes way, and what was not seen for
 * eight days is as good as forgotten. Safe for several threads; the detecting one waits for the others at most as long as
 * a few hundred entries take to copy.
 */
public final class LearnedRates {
    /** A job that comes once a week is remembered, with a day to spare; docs/decisions/009 says why not longer. */
    static final long KEPT_SECONDS = TimeUnit.DAYS.toSeconds(8);

    /** Episodes of a minute from which on a rate is remembered though the closer look at the traffic ended. */
    static final int LASTING_OBSERVATIONS = 5;

    /** For a live network: four times as many as there are closer looks at one time. */
    public static final int USUAL_CAPACITY = 1 << 14;

    /** What {@link TrafficClass#ICMP_ERROR} is called where it is saved. */
    private static final String ICMP_ERROR = "icmp-error";

    private static final int WAYS = 8;

    /** Entries that are copied without letting the detecting thread in between. */
    private static final int SLICE = 512;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int sets;
    private final long seed;
    private final long[] high;
    private final long[] low;

    /** Prefix length of 128 and class, as {@link #kind}; 0 where the place is free. */
    private final int[] kinds;

    private final double[] logarithms;
    private final double[] highest;
    private final long[] observations;
    private final long[] lastSeconds;
    private long changes;

    /**
     * @param capacity entries at the most, a multiple of 8; with 0 nothing is remembered
     * @param seed of the hashes, secret
     */
    public LearnedRates(int capacity, long seed) {
        this.sets = capacity / WAYS;
        this.seed = seed;
        int size = sets * WAYS;
        high = new long[size];
        low = new long[size];
        kinds = new int[size];
        logarithms = new double[size];
        highest = new double[size];
        observations = new long[size];
        lastSeconds = new long[size];
    }

    /** What remembers nothing. */
    static LearnedRates none() {
        return new LearnedRates(0, 0);
    }

    /**
     * What one entry says.
     *
     * @param target a host or prefix
     * @param vector what the traffic would be if it were an attack
     * @param usualPacketsPerSecond what its fullest seconds usually reach
     * @param highestPacketsPerSecond the fullest second ever
     * @param alarmPacketsPerSecond the rate from which on it is judged as an attack now
     * @param observations episodes of about a minute
     * @param lastSeen the end of the last one
     */
    public record Rate(
            Prefix target,
            AttackVector vector,
            double usualPacketsPerSecond,
            double highestPacketsPerSecond,
            double alarmPacketsPerSecond,
            long observations,
            Instant lastSeen) {}

    /** An entry as it is saved. */
    record Entry(
            long high,
            long low,
            int bits,
            int trafficClass,
            double logarithm,
            double highest,
            long observations,
            long lastSecond) {}

    /** Notes the end of an episode that was no attack. */
    synchronized void note(Track track, double peakPacketsPerSecond, boolean isTrackEnding, long nowNanos) {
        if (sets == 0) {
            return;
        }
        Target target = track.target;
        int kind = kind(target.bits, track.trafficClass);
        int place = find(target.high, target.low, kind);
        boolean isLasting = !isTrackEnding || track.baseline.observations() >= LASTING_OBSERVATIONS;
        if (!isLasting) {
            if (place >= 0) {
                kinds[place] = 0;
                changes++;
            }
            return;
        }
        long second = Math.floorDiv(nowNanos, NANOS_PER_SECOND);
        boolean isNew = place < 0;
        if (isNew) {
            place = placeFor(target.high, target.low, track.baseline.observations(), second);
        }
        if (place >= 0) {
            double peak = isNew ? peakPacketsPerSecond : Math.max(highest[place], peakPacketsPerSecond);
            set(
                    place,
                    target.high,
                    target.low,
                    kind,
                    track.baseline.logarithm(),
                    peak,
                    track.baseline.observations(),
                    second);
        }
    }

    /** Gives a track that begins what was learned of its traffic before. */
    synchronized void recall(Track track, long nowNanos) {
        int place =
                sets == 0 ? -1 : find(track.target.high, track.target.low, kind(track.target.bits, track.trafficClass));
        if (place >= 0 && !isForgotten(place, Math.floorDiv(nowNanos, NANOS_PER_SECOND))) {
            track.baseline.restore(logarithms[place], observations[place]);
        }
    }

    /** Takes an entry that was saved, if there is room and it is not too old. */
    synchronized void put(Entry entry, long nowSecond) {
        if (sets == 0 || nowSecond - entry.lastSecond() > KEPT_SECONDS) {
            return;
        }
        int kind = kind(entry.bits(), entry.trafficClass());
        int place = find(entry.high(), entry.low(), kind);
        if (place < 0) {
            place = placeFor(entry.high(), entry.low(), entry.observations(), nowSecond);
        }
        if (place >= 0) {
            set(
                    place,
                    entry.high(),
                    entry.low(),
                    kind,
                    entry.logarithm(),
                    entry.highest(),
                    entry.observations(),
                    // A clock that was wrong must not make an entry last.
                    Math.min(entry.lastSecond(), nowSecond));
        }
    }

    private void set(
            int place,
            long addressHigh,
            long addressLow,
            int kind,
            double logarithm,
            double peak,
            long seen,
            long second) {
        high[place] = addressHigh;
        low[place] = addressLow;
        kinds[place] = kind;
        logarithms[place] = logarithm;
        highest[place] = peak;
        observations[place] = seen;
        lastSeconds[place] = second;
        changes++;
    }

    private static int kind(int bits, int trafficClass) {
        return bits << 16 | trafficClass;
    }

    private int first(long addressHigh, long addressLow) {
        return (int) Math.unsignedMultiplyHigh(Hashing.hash(seed, addressHigh, addressLow), sets) * WAYS;
    }

    private int find(long addressHigh, long addressLow, int kind) {
        int first = first(addressHigh, addressLow);
        for (int place = first; place < first + WAYS; place++) {
            if (kinds[place] == kind && low[place] == addressLow && high[place] == addressHigh) {
                return place;
            }
        }
        return -1;
    }

    /** A free place, or one whose entry is forgotten, or was seen less than this one; -1 where there is none. */
    private int placeFor(long addressHigh, long addressLow, long seen, long nowSecond) {
        int first = first(addressHigh, addressLow);
        int victim = -1;
        for (int place = first; place < first + WAYS; place++) {
            if (kinds[place] == 0 || isForgotten(place, nowSecond)) {
                return place;
            }
            if (observations[place] <= seen && (victim < 0 || observations[place] < observations[victim])) {
                victim = place;
            }
        }
        return victim;
    }

    private boolean isForgotten(int place, long nowSecond) {
        return nowSecond - lastSeconds[place] > KEPT_SECONDS;
    }

    /** Grows with each change; what was saved at the same number need not be saved again. */
    public synchronized long changes() {
        return changes;
    }

    /** All entries. Those that change meanwhile are told as they were or as they are. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int from = 0; from < kinds.length; from += SLICE) {
            copy(from, Math.min(kinds.length, from + SLICE), entries);
        }
        return entries;
    }

    private synchronized void copy(int from, int to, List<Entry> entries) {
        for (int place = from; place < to; place++) {
            if (kinds[place] != 0) {
                entries.add(new Entry(
                        high[place],
                        low[place],
                        kinds[place] >>> 16,
                        kinds[place] & 0xffff,
                        logarithms[place],
                        highest[place],
                        observations[place],
                        lastSeconds[place]));
            }
        }
    }

    /**
     * The traffic that reached most without being called an attack.
     *
     * @param most how many to tell of
     */
    public List<Rate> highest(int most) {
        return entries().stream()
                .sorted(Comparator.comparingDouble(Entry::highest).reversed())
                .limit(most)
                .map(LearnedRates::rate)
                .toList();
    }

    private static Rate rate(Entry entry) {
        IpAddress address = new IpAddress(entry.high(), entry.low());
        AdaptiveBaseline baseline = new AdaptiveBaseline();
        baseline.restore(entry.logarithm(), entry.observations());
        AttackVector vector = TrafficClass.vector(entry.trafficClass(), address.isIpv4());
        return new Rate(
                new Prefix(address, entry.bits() - (TargetLevel.HOST_BITS - address.bits())),
                vector,
                baseline.packetsPerSecond(),
                entry.highest(),
                Judge.liveRateNeeded(vector, entry.bits() == TargetLevel.HOST_BITS, baseline.packetsPerSecond()),
                entry.observations(),
                Instant.ofEpochSecond(entry.lastSecond()));
    }

    /** The vector of a class as it is saved; empty for one that this version does not know. */
    static Optional<Integer> trafficClass(String name) {
        return name.equals(ICMP_ERROR)
                ? Optional.of(TrafficClass.ICMP_ERROR)
                : AttackVector.byLabel(name).map(TrafficClass::of);
    }

    /** The name of a class as it is saved, which no later version may give another meaning. */
    static String name(int trafficClass) {
        return trafficClass == TrafficClass.ICMP_ERROR
                ? ICMP_ERROR
                : TrafficClass.vector(trafficClass, true).label();
    }
}
