package levee.flowexport;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import levee.model.IpAddress;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one exporter. Several receiving threads may meet in it: what changes is changed under its lock, once
 * or twice a datagram; templates, rates and counters are read without.
 */
final class Exporter {
    private static final int COUNTERS = ExporterCounter.values().length;
    private static final RejectionReason[] REASONS = RejectionReason.values();

    /** Templates that are looked at for one that may make way: a flood of them must not cost much each. */
    private static final int EVICTION_TRIES = 16;

    /** A template that described nothing for so long may make way. */
    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

    final int index;
    final long addressHigh;
    final long addressLow;
    volatile boolean isKnown;

    /** What the operator says: 0 for nothing. */
    private volatile int manualRate;

    private volatile SamplingRates manualRates = SamplingRates.NONE;
    private final ExporterLimits limits;
    private final ByteBudget budget;
    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS + REASONS.length);
    private final ClockOffset clock = new ClockOffset();
    final SflowState sflow = new SflowState();
    private final WaitingData waiting;
    private final List<Place> templates = new ArrayList<>();
    private int evictionHand;

    /** Bytes taken from the budget, for templates and domains. */
    private long takenBytes;

    private volatile ObservationDomain[] domains = new ObservationDomain[0];
    private volatile ExportFormat format = ExportFormat.NETFLOW_V9;

    /** When it was last heard of, in nanoseconds since 1970. */
    volatile long lastNanos;

    /** Its place was given to another exporter. */
    volatile boolean isRemoved;

    private record Place(ObservationDomain domain, Template template) {}

    Exporter(
            int index,
            long addressHigh,
            long addressLow,
            @Nullable KnownExporter known,
            ExporterLimits limits,
            ByteBudget budget,
            ByteBudget waitingBudget) {
        this.index = index;
        this.addressHigh = addressHigh;
        this.addressLow = addressLow;
        this.limits = limits;
        this.budget = budget;
        configure(known);
        waiting = new WaitingData(limits, waitingBudget);
        counters.setOpaque(ExporterCounter.SAMPLING_RATE.ordinal(), 1);
        counters.setOpaque(ExporterCounter.SAMPLING_SOURCE.ordinal(), SamplingSource.ASSUMED.ordinal());
    }

    /** Takes what the operator says now; null where that is nothing. */
    void configure(@Nullable KnownExporter known) {
        isKnown = known != null;
        manualRate = known == null ? 0 : known.samplingRate();
        manualRates = known == null ? SamplingRates.NONE : manualRates(known);
    }

    private static SamplingRates manualRates(KnownExporter known) {
        if (known.samplingRateOfInterface().isEmpty()) {
            return SamplingRates.NONE;
        }
        Map<Long, Integer> rates = new TreeMap<>();
        known.samplingRateOfInterface()
                .forEach((index, rate) -> rates.put(SamplingRates.key(SamplingRates.INTERFACE, index), rate));
        return new SamplingRates(rates);
    }

    boolean hasManualRates() {
        return manualRate != 0 || !manualRates.isEmpty();
    }

    /** The rate that the operator set for packets from an interface, or 0. */
    int manualRate(int ingressInterface) {
        int rate = manualRates.rate(SamplingRates.NO_SAMPLER, ingressInterface);
        return rate != 0 ? rate : manualRate;
    }

    // Domains

    /** The domain of a number, or null if it was not met yet. */
    @Nullable
    ObservationDomain findDomain(ExportFormat ofFormat, long id) {
        for (ObservationDomain domain : domains) {
            if (domain.id == id && domain.format == ofFormat) {
                return domain;
            }
        }
        return null;
    }

    /** The domain of a number, a new one if there is room, else null. */
    @Nullable
    ObservationDomain domain(ExportFormat ofFormat, long id, long nowNanos) {
        ObservationDomain found = findDomain(ofFormat, id);
        if (found != null) {
            found.lastNanos = nowNanos;
            return found;
        }
        synchronized (this) {
            found = findDomain(ofFormat, id);
            return found != null ? found : addDomain(ofFormat, id, nowNanos);
        }
    }

    private @Nullable ObservationDomain addDomain(ExportFormat ofFormat, long id, long nowNanos) {
        ObservationDomain[] before = domains;
        int at = before.length;
        if (at >= limits.domainsPerExporter()) {
            at = idleDomain(before, nowNanos);
            if (at < 0) {
                return null;
            }
            forget(before[at]);
        }
        if (isRemoved || !take(ObservationDomain.MEMORY_BYTES)) {
            return null;
        }
        ObservationDomain[] after = new ObservationDomain[Math.max(before.length, at + 1)];
        System.arraycopy(before, 0, after, 0, before.length);
        after[at] = new ObservationDomain(ofFormat, id, limits);
        after[at].lastNanos = nowNanos;
        domains = after;
        return after[at];
    }

    private int idleDomain(ObservationDomain[] all, long nowNanos) {
        for (int i = 0; i < all.length; i++) {
            if (nowNanos - all[i].lastNanos > limits.idleNanos()) {
                return i;
            }
        }
        return -1;
    }

    private void forget(ObservationDomain domain) {
        for (int i = templates.size() - 1; i >= 0; i--) {
            if (templates.get(i).domain == domain) {
                removeTemplate(i);
            }
        }
        giveBack(domain.templates.pageBytes() + ObservationDomain.MEMORY_BYTES);
    }

    ObservationDomain[] domains() {
        return domains;
    }

    // Datagrams

    /**
     * Notes a datagram; fills in the correction of the clock.
     *
     * @return false if it came before
     */
    synchronized boolean beginDatagram(
            @Nullable ObservationDomain domain, ExportFormat ofFormat, long fingerprint, Datagram datagram) {
        format = ofFormat;
        lastNanos = datagram.receivedNanos;
        expire(datagram.receivedNanos);
        if (domain != null && domain.sequence.isDuplicate(fingerprint)) {
            add(ExporterCounter.DUPLICATES, 1);
            return false;
        }
        if (ofFormat != ExportFormat.SFLOW) {
            if (domain != null && ofFormat == ExportFormat.NETFLOW_V9) {
                datagram.exportNanos = domain.uptime.exportNanos(datagram.exportNanos, datagram.uptimeMillis);
            }
            clock.add(datagram.receivedNanos, datagram.exportNanos);
            datagram.correctionNanos = clock.correctionNanos();
            set(ExporterCounter.CLOCK_OFFSET_NANOS, clock.nanos());
        }
        return true;
    }

    /** Takes account of a datagram's sequence number; as {@link SequenceTracker#add}. */
    synchronized void sequence(ObservationDomain domain, int number, int units, int otherwise, int uptimeMillis) {
        SequenceTracker sequence = domain.sequence;
        long lost = sequence.lost();
        long resets = sequence.resets();
        sequence.add(number, units, otherwise, uptimeMillis);
        add(ExporterCounter.LOST, sequence.lost() - lost);
        add(ExporterCounter.RESETS, sequence.resets() - resets);
    }

    /** The start of the uptime that records tell, by the exporter's clock, in nanoseconds since 1970. */
    synchronized long bootOf(ObservationDomain domain, long exportNanos, long uptimeNanos) {
        domain.uptimeOfRecords.add(exportNanos, uptimeNanos);
        return domain.uptimeOfRecords.nanos();
    }

    /** The rates that options data told for a domain. Domain 0 of IPFIX speaks for all (RFC 7011 section 3.1). */
    SamplingRates ratesOf(@Nullable ObservationDomain domain) {
        if (domain == null) {
            return SamplingRates.NONE;
        }
        SamplingRates rates = domain.sampling.rates();
        if (rates.isEmpty() && domain.format == ExportFormat.IPFIX && domain.id != 0) {
            ObservationDomain common = findDomain(ExportFormat.IPFIX, 0);
            return common == null ? rates : common.sampling.rates();
        }
        return rates;
    }

    // Templates

    /** Keeps a template; false if there is no room. */
    synchronized boolean define(ObservationDomain domain, Template template, long nowNanos) {
        int bytes = template.memoryBytes() + (domain.templates.hasPage(template.id) ? 0 : TemplateTable.PAGE_BYTES);
        Template before = domain.templates.get(template.id);
        if (before != null) {
            removeTemplate(indexOf(before));
        } else if (templates.size() >= limits.templatesPerExporter() && !evictTemplate(nowNanos)) {
            return false;
        }
        if (isRemoved || !take(bytes)) {
            return false;
        }
        template.lastUsedNanos = before == null ? 0 : before.lastUsedNanos;
        template.place = templates.size();
        templates.add(new Place(domain, template));
        domain.templates.put(template);
        set(ExporterCounter.TEMPLATES, templates.size());
        return true;
    }

    /** Forgets a template, as its exporter wishes. */
    synchronized void withdraw(ObservationDomain domain, int id) {
        Template template = domain.templates.get(id);
        if (template != null) {
            removeTemplate(indexOf(template));
        }
    }

    /** Forgets all templates of data, or all of options. */
    synchronized void withdrawAll(ObservationDomain domain, boolean options) {
        for (int i = templates.size() - 1; i >= 0; i--) {
            Place place = templates.get(i);
            if (place.domain == domain && place.template.isOptions() == options) {
                removeTemplate(i);
            }
        }
    }

    /** The templates of a domain. */
    synchronized List<Template> templates(ObservationDomain domain) {
        return templates.stream()
                .filter(place -> place.domain == domain)
                .map(Place::template)
                .toList();
    }

    private static int indexOf(Template template) {
        return template.place;
    }

    private boolean evictTemplate(long nowNanos) {
        for (int tries = 0; tries < EVICTION_TRIES; tries++) {
            evictionHand = evictionHand + 1 < templates.size() ? evictionHand + 1 : 0;
            if (nowNanos - templates.get(evictionHand).template.lastUsedNanos > UNUSED_NANOS) {
                removeTemplate(evictionHand);
                add(ExporterCounter.TEMPLATES_EVICTED, 1);
                return true;
            }
        }
        return false;
    }

    private void removeTemplate(int at) {
        Place removed = templates.get(at);
        Place last = templates.removeLast();
        if (at < templates.size()) {
            templates.set(at, last);
            last.template.place = at;
        }
        removed.domain.templates.remove(removed.template.id);
        giveBack(removed.template.memoryBytes());
        set(ExporterCounter.TEMPLATES, templates.size());
    }

    // Data that wait

    /** Keeps a set until its template comes; false if there is no room. */
    synchronized boolean keep(
            ObservationDomain domain, int templateId, byte[] bytes, int offset, int length, Datagram datagram) {
        if (isRemoved || !waiting.reserve(length)) {
            return false;
        }
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        waiting.add(new WaitingSet(domain, templateId, copy, datagram.copy()));
        set(ExporterCounter.WAITING_BYTES, waiting.bytes());
        return true;
    }

    /** Moves what waited for a template to {@code target}. */
    synchronized void takeWaiting(ObservationDomain domain, int templateId, Deque<WaitingSet> target) {
        waiting.take(domain, templateId, target);
        set(ExporterCounter.WAITING_BYTES, waiting.bytes());
    }

    /** Drops what has waited too long. */
    synchronized void expire(long nowNanos) {
        int expired = waiting.expire(nowNanos);
        if (expired > 0) {
            add(RejectionReason.NO_TEMPLATE, expired);
            set(ExporterCounter.WAITING_BYTES, waiting.bytes());
        }
    }

    private boolean take(long bytes) {
        if (!budget.take(bytes)) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    private void giveBack(long bytes) {
        budget.giveBack(bytes);
        takenBytes -= bytes;
    }

    /** Gives back all memory that is shared with others. */
    synchronized void remove() {
        isRemoved = true;
        waiting.clear();
        giveBack(takenBytes);
        templates.clear();
        domains = new ObservationDomain[0];
    }

    // Counters

    /** Adds what a thread counted. */
    synchronized void account(DecoderCounts counts) {
        add(ExporterCounter.DATAGRAMS, counts.datagrams);
        add(ExporterCounter.FLOWS, counts.flows);
        add(ExporterCounter.OPTIONS_RECORDS, counts.optionsRecords);
        add(ExporterCounter.COUNTER_SAMPLES, counts.counterSamples);
        add(ExporterCounter.CLAMPED_TIMES, counts.clampedTimes);
        add(ExporterCounter.DROPS, counts.drops);
        if (counts.samplingRate > 0) {
            set(ExporterCounter.SAMPLING_RATE, counts.samplingRate);
            set(ExporterCounter.SAMPLING_SOURCE, counts.samplingSource.ordinal());
        }
        Rejections rejections = counts.rejections;
        if (rejections.total() > 0) {
            for (RejectionReason reason : REASONS) {
                add(reason, rejections.of(reason));
            }
        }
    }

    /** A datagram of it came, at a time in nanoseconds since 1970. */
    void heard(long receivedNanos) {
        set(ExporterCounter.LAST_SEEN_NANOS, receivedNanos);
    }

    private void add(ExporterCounter counter, long count) {
        if (count != 0) {
            int at = counter.ordinal();
            counters.setOpaque(at, counters.getPlain(at) + count);
        }
    }

    private void set(ExporterCounter counter, long value) {
        counters.setOpaque(counter.ordinal(), value);
    }

    private void add(RejectionReason reason, long count) {
        if (count != 0) {
            int at = COUNTERS + reason.ordinal();
            counters.setOpaque(at, counters.getPlain(at) + count);
        }
    }

    long count(ExporterCounter counter) {
        return counters.getOpaque(counter.ordinal());
    }

    long count(RejectionReason reason) {
        return counters.getOpaque(COUNTERS + reason.ordinal());
    }

    ExporterStatistics statistics() {
        Map<String, Long> rejected = new TreeMap<>();
        for (RejectionReason reason : REASONS) {
            long count = count(reason);
            if (count > 0) {
                rejected.put(reason.label(), count);
            }
        }
        ExportFormat lastFormat = format;
        return new ExporterStatistics(
                index,
                new IpAddress(addressHigh, addressLow),
                isKnown,
                lastFormat,
                count(ExporterCounter.DATAGRAMS),
                count(ExporterCounter.FLOWS),
                (int) count(ExporterCounter.SAMPLING_RATE),
                SamplingSource.values()[(int) count(ExporterCounter.SAMPLING_SOURCE)],
                count(ExporterCounter.LOST),
                lastFormat.countsDatagrams(),
                count(ExporterCounter.DUPLICATES),
                count(ExporterCounter.RESETS),
                rejected,
                count(ExporterCounter.CLOCK_OFFSET_NANOS) / 1e9,
                count(ExporterCounter.CLAMPED_TIMES),
                count(ExporterCounter.TEMPLATES),
                count(ExporterCounter.TEMPLATES_EVICTED),
                count(ExporterCounter.OPTIONS_RECORDS),
                count(ExporterCounter.COUNTER_SAMPLES),
                count(ExporterCounter.WAITING_BYTES),
                count(ExporterCounter.DROPS),
                count(ExporterCounter.LAST_SEEN_NANOS));
    }
}
