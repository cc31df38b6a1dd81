package levee.flowexport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import levee.model.IpAddress;
import levee.telemetry.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * All exporters, shared by the threads that receive. The configured ones always have a place; of others there are so
 * many at the most, and one of them that was silent for long makes way for a new one.
 */
public final class ExporterTable {
    /** How often at the most it is looked for exporters that may make way. */
    private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ExporterLimits limits;
    private final long seed;
    private final int knownCount;

    /** By address, open addressing. Replaced as a whole. */
    private volatile @Nullable Exporter[] slots;

    /** By index, from 1 on. */
    private volatile @Nullable Exporter[] byIndex;

    // What strangers make the table keep must not leave the known ones without room.
    private final ByteBudget knownBudget;
    private final ByteBudget unknownBudget;
    private final ByteBudget knownWaiting;
    private final ByteBudget unknownWaiting;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();
    private int count;
    private long nextSearchNanos = Long.MIN_VALUE;

    /**
     * @param known exporters that the operator expects
     * @param seed secret, so that nobody outside can choose colliding addresses
     */
    public ExporterTable(List<KnownExporter> known, ExporterLimits limits, long seed) {
        this.limits = limits;
        this.seed = seed;
        knownCount = known.size();
        knownBudget = new ByteBudget(limits.templateBytes() / 2);
        unknownBudget = new ByteBudget(limits.templateBytes() / 2);
        knownWaiting = new ByteBudget(limits.waitingBytes() / 2);
        unknownWaiting = new ByteBudget(limits.waitingBytes() / 2);
        int capacity = Integer.highestOneBit(Math.max(1, known.size() + limits.unknownExporters())) << 2;
        slots = new Exporter[capacity];
        byIndex = new Exporter[known.size() + limits.unknownExporters() + 1];
        for (KnownExporter exporter : known) {
            count++;
            insert(newExporter(
                    count, exporter.address().high(), exporter.address().low(), exporter));
        }
    }

    /** A table without configured exporters, with the usual limits. */
    public static ExporterTable open(long seed) {
        return new ExporterTable(List.of(), ExporterLimits.defaults(), seed);
    }

    private Exporter newExporter(int index, long high, long low, @Nullable KnownExporter known) {
        boolean isKnown = known != null;
        return new Exporter(
                index,
                high,
                low,
                known,
                limits,
                isKnown ? knownBudget : unknownBudget,
                isKnown ? knownWaiting : unknownWaiting);
    }

    ExporterLimits limits() {
        return limits;
    }

    /** The exporter of an address, a new one if there is room, else null. */
    @Nullable
    Exporter exporter(long high, long low, long nowNanos) {
        Exporter found = find(high, low);
        if (found != null) {
            return found;
        }
        found = admit(high, low, nowNanos);
        if (found == null) {
            refused.incrementAndGet();
        }
        return found;
    }

    /** The exporter of an address, or null if it was not met yet. */
    @Nullable
    Exporter find(long high, long low) {
        @Nullable Exporter[] table = slots;
        int mask = table.length - 1;
        int at = (int) Hashing.hash(seed, high, low) & mask;
        while (true) {
            Exporter exporter = table[at];
            if (exporter == null) {
                return null;
            }
            if (exporter.addressLow == low && exporter.addressHigh == high) {
                return exporter;
            }
            at = at + 1 & mask;
        }
    }

    private synchronized @Nullable Exporter admit(long high, long low, long nowNanos) {
        Exporter found = find(high, low);
        if (found != null) {
            return found;
        }
        int index;
        if (count < byIndex.length - 1) {
            count++;
            index = count;
        } else {
            index = makeRoom(nowNanos);
            if (index == 0) {
                return null;
            }
        }
        Exporter exporter = newExporter(index, high, low, null);
        exporter.lastNanos = nowNanos;
        insert(exporter);
        return exporter;
    }

    /** Removes an exporter that was silent for long, and returns its index, or 0. */
    private int makeRoom(long nowNanos) {
        if (nowNanos < nextSearchNanos) {
            return 0;
        }
        nextSearchNanos = nowNanos + SEARCH_NANOS;
        Exporter quietest = null;
        for (int index = knownCount + 1; index <= count; index++) {
            Exporter exporter = byIndex[index];
            if (exporter != null && (quietest == null || exporter.lastNanos < quietest.lastNanos)) {
                quietest = exporter;
            }
        }
        if (quietest == null || nowNanos - quietest.lastNanos <= limits.idleNanos()) {
            return 0;
        }
        @Nullable Exporter[] after = new Exporter[slots.length];
        for (Exporter exporter : slots) {
            if (exporter != null && exporter != quietest) {
                put(after, exporter);
            }
        }
        slots = after;
        quietest.remove();
        return quietest.index;
    }

    private void insert(Exporter exporter) {
        @Nullable Exporter[] table = slots.clone();
        put(table, exporter);
        @Nullable Exporter[] indexed = byIndex.clone();
        indexed[exporter.index] = exporter;
        byIndex = indexed;
        slots = table;
    }

    private void put(@Nullable Exporter[] table, Exporter exporter) {
        int mask = table.length - 1;
        int at = (int) Hashing.hash(seed, exporter.addressHigh, exporter.addressLow) & mask;
        while (table[at] != null) {
            at = at + 1 & mask;
        }
        table[at] = exporter;
    }

    /** The exporters met or configured so far, by index. */
    List<Exporter> exporters() {
        List<Exporter> all = new ArrayList<>();
        for (Exporter exporter : byIndex) {
            if (exporter != null) {
                all.add(exporter);
            }
        }
        return all;
    }

    /**
     * Drops the data that have waited too long for their templates. To be called now and then, from any thread: an
     * exporter that fell silent would keep them.
     *
     * @param nowNanos nanoseconds since 1970
     */
    public void expire(long nowNanos) {
        for (Exporter exporter : exporters()) {
            exporter.expire(nowNanos);
        }
    }

    /** The address of the exporter of an index in rows. */
    public IpAddress address(int index) {
        Exporter exporter = index > 0 && index < byIndex.length ? byIndex[index] : null;
        if (exporter == null) {
            throw new IllegalArgumentException("no exporter has the index " + index);
        }
        return new IpAddress(exporter.addressHigh, exporter.addressLow);
    }

    /** All exporters at a glance. May be called from any thread. */
    public List<ExporterStatistics> statistics() {
        return exporters().stream().map(Exporter::statistics).toList();
    }

    /** What the sFlow agents of an exporter counted at their interfaces; index as in rows. */
    public List<InterfaceCounters> interfaces(int index) {
        Exporter exporter = index > 0 && index < byIndex.length ? byIndex[index] : null;
        return exporter == null ? List.of() : exporter.sflow.interfaces();
    }

    /** Datagrams of exporters for which there was no room. */
    public long refusedDatagrams() {
        return refused.get();
    }

    /** Datagrams that are of no format that is read. */
    public long unknownDatagrams() {
        return strangers.get();
    }

    void countUnknown() {
        strangers.incrementAndGet();
    }

    /** Memory of all templates and domains, roughly, in bytes. */
    public long templateBytes() {
        return knownBudget.used() + unknownBudget.used();
    }

    /** Memory of all data that wait for their template, in bytes. */
    public long waitingBytes() {
        return knownWaiting.used() + unknownWaiting.used();
    }
}
