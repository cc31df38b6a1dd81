package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import levee.botnet.ServiceTraffic.Measure;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.model.Attack.Count;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.OwnAddresses;
import levee.telemetry.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Finds services on own hosts that can be abused to attack others (reflection): UDP services that answer addresses outside
 * with much more than they are asked, before they can know who asks.
 *
 * <p>That a service answers strangers is no fault of a name server or time server; what these must not do is answer with much
 * more. Hence three grades, each of them evidence: it answers strangers, it answers with many times what is asked, and one
 * address is sent so much that it hardly asked for it.
 *
 * <p>Where only what own hosts send is seen, the size of answers is compared with that of usual requests instead.
 *
 * <p>Bounded: 8,192 services and 8,192 pairs of service and client are counted; those that sent least make way.
 */
public final class ExposedServices extends RowDetector<Exposure> {
    /** Several addresses that do not look like one customer's monitoring. */
    static final int CLIENTS = 5;

    /** So that a ratio means something. */
    static final int ANSWERS = 10;

    /** More than this no protocol is to send to an address that has not proved to be there (RFC 9000 section 8.1). */
    static final double AMPLIFICATION = 3;

    /** What CESNET's NEMEA calls abuse of a name server: so many answers to one address, so large, so much more. */
    static final int ABUSE_ANSWERS = 1_000;

    static final double ABUSE_AMPLIFICATION = 5;
    static final int ABUSE_MEAN_BYTES = 1_000;

    private static final long TICK_NANOS = 10 * SECOND_NANOS;
    private static final long PAIR_PERIOD_NANOS = 600 * SECOND_NANOS;

    /** Who looks for open services comes a few times a day. */
    private static final long PERIOD_NANOS = 86_400 * SECOND_NANOS;

    private static final int FIRST_WORDS = Relation.OPENS | Relation.FIRST_ANSWER;

    private static final int DNS_PORT = 53;
    private static final int NTP_PORT = 123;

    private static final int MOST_OPEN = 1_024;
    private static final long COUNTER_BYTES = 16L << 20;

    private final ServiceTraffic traffic;
    private final OpenFindings<Exposure> findings = new OpenFindings<>(MOST_OPEN, evictions);
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private OwnAddresses own;
    private Groups groups;
    private long pairsUntilNanos;

    /** Rows that services had sent when they were judged. */
    private long judgedRows;

    /** @param listener is told of every finding that opens, changes and ends, on the thread that calls */
    public ExposedServices(OwnNetworks networks, Groups groups, long seed, Consumer<FindingEvent> listener) {
        super(TICK_NANOS, PERIOD_NANOS, PERIOD_NANOS, listener);
        traffic = new ServiceTraffic(seed, evictions);
        this.groups = groups;
        own = new OwnAddresses(networks.prefixes());
    }

    /** Takes over what the operator changed. */
    public void apply(OwnNetworks networks, Groups ownGroups) {
        own = new OwnAddresses(networks.prefixes());
        groups = ownGroups;
    }

    @Override
    void look(FlowBatch batch, long[] times) {
        byte[] kinds = ReflectableService.KINDS;
        boolean arePackets = batch.rows.arePackets();
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            if (batch.protocol[row] != Protocols.UDP) {
                continue;
            }
            byte from = kinds[batch.sourcePort[row]];
            byte to = kinds[batch.destinationPort[row]];
            if ((from | to) == ReflectableService.NO_SERVICE) {
                continue;
            }
            // Of sessions only the first words are of interest, and only a packet is a first word.
            if (from <= 0 && to <= 0 && !(arePackets && (batch.relation[row] & FIRST_WORDS) != 0)) {
                continue;
            }
            pass(times[row]);
            look(batch, row, from, to);
        }
    }

    private void look(FlowBatch batch, int row, byte from, byte to) {
        if (from != 0 && (from > 0 || ServiceRows.isFirst(batch, row, Relation.FIRST_ANSWER))) {
            if (own.contains(batch.sourceHigh[row], batch.sourceLow[row])) {
                if (isStranger(batch.destinationHigh[row], batch.destinationLow[row])) {
                    answer(batch, row, to);
                }
                return;
            }
        }
        if (to != 0
                && (to > 0 || ServiceRows.isFirst(batch, row, Relation.OPENS))
                && ServiceRows.isRequest(batch, row)
                && own.contains(batch.destinationHigh[row], batch.destinationLow[row])
                && isStranger(batch.sourceHigh[row], batch.sourceLow[row])) {
            traffic.request(batch, row);
        }
    }

    private boolean isStranger(long high, long low) {
        return Addresses.isRoutable(high, low) && !own.contains(high, low);
    }

    private void answer(FlowBatch batch, int row, byte to) {
        boolean isClient = ServiceRows.isClient(batch, row, to);
        boolean isAnswer = ServiceRows.isAnswer(batch, row, isClient);
        if (!isAnswer && isClient) {
            return;
        }
        int at = traffic.answer(batch, row, isAnswer);
        Exposure found = findings.get(traffic.services.value(at + ServiceTraffic.OPEN));
        if (found != null) {
            found.activeNanos = nowNanos();
            found.clients.add(batch.destinationHash[row]);
        }
    }

    @Override
    List<Exposure> subjects() {
        return findings.list();
    }

    @Override
    void begin() {
        pairsUntilNanos = nowNanos() + PAIR_PERIOD_NANOS;
    }

    @Override
    void passTick() {
        judge();
        if (nowNanos() >= pairsUntilNanos) {
            pairsUntilNanos = nowNanos() + PAIR_PERIOD_NANOS;
            traffic.forgetClients();
        }
    }

    @Override
    void forget() {
        traffic.forgetServices(findings);
        judgedRows = 0;
    }

    @Override
    void clear() {
        findings.clear();
        traffic.clear();
        judgedRows = 0;
    }

    @Override
    void judge() {
        if (traffic.answerRows() != judgedRows) {
            judgedRows = traffic.answerRows();
            judgeCounted();
        }
        findings.list().forEach(this::goOn);
    }

    private void judgeCounted() {
        for (int entry = 0; entry < traffic.services.capacity(); entry++) {
            if (traffic.services.isUsed(entry) && traffic.answerRows(entry) >= ANSWERS) {
                judge(entry);
            }
        }
        for (int pair = 0; pair < traffic.pairs.capacity(); pair++) {
            if (traffic.pairs.isUsed(pair) && traffic.packetsToClient(pair) > ABUSE_ANSWERS) {
                judgeClient(pair);
            }
        }
    }

    private void judge(int entry) {
        Measure measure = traffic.ofService(entry);
        Exposure found = found(entry);
        if (found != null) {
            found.measure = measure;
            found.clientsCounted = traffic.clients(entry);
        } else if (isExposed(entry, service(traffic.services.tag(entry)), measure)) {
            open(entry, measure);
        }
    }

    private @Nullable Exposure found(int entry) {
        return findings.get(traffic.services.value(entry, ServiceTraffic.OPEN));
    }

    private static ReflectableService service(long port) {
        return ReflectableService.at((int) port);
    }

    private boolean isExposed(int entry, ReflectableService service, Measure measure) {
        if (traffic.clients(entry) < CLIENTS) {
            return false;
        }
        if (service.isPublic()) {
            return measure.amplification() > ABUSE_AMPLIFICATION
                    && (service.port() == NTP_PORT || isAbuse(service, measure));
        }
        return measure.amplification() >= AMPLIFICATION;
    }

    /** Name servers answer with much where signatures are long, but hardly ever with as much as this in the mean. */
    private static boolean isAbuse(ReflectableService service, Measure measure) {
        return measure.answers().packets() > ABUSE_ANSWERS
                && measure.amplification() > ABUSE_AMPLIFICATION
                && (service.port() != DNS_PORT || measure.meanBytes() > ABUSE_MEAN_BYTES);
    }

    private void judgeClient(int pair) {
        int entry = traffic.serviceOf(pair);
        if (entry == HeavyTable.NONE) {
            return;
        }
        ReflectableService service = service(traffic.services.tag(entry));
        Measure measure = traffic.ofClient(pair, entry);
        if (service.isSession() || !isAbuse(service, measure)) {
            return;
        }
        if (found(entry) == null) {
            open(entry, traffic.ofService(entry));
        }
        Exposure found = found(entry);
        if (found != null && measure.answers().packets() > found.abuseAnswers) {
            if (found.abuse == null && found.telling != null) {
                found.telling.surprise();
            }
            found.abuseAnswers = measure.answers().packets();
            found.abuse =
                    ExposureEvidence.abuse(new IpAddress(traffic.pairs.high(pair), traffic.pairs.low(pair)), measure);
        }
    }

    private void open(int entry, Measure measure) {
        HeavyTable services = traffic.services;
        Exposure found = findings.add(services, entry, () -> new Exposure(services, entry, budget, measure));
        if (found != null) {
            found.activeNanos = nowNanos();
            found.clientsCounted = traffic.clients(entry);
            open(found, new Telling(ExposedService.KIND, endpoint(found).toString(), measure.first()));
        }
    }

    private static Endpoint endpoint(Exposure found) {
        return new Endpoint(new IpAddress(found.high, found.low), (int) found.tag, "udp");
    }

    @Override
    ExposedService finding(Exposure found, Telling telling, State state) {
        Measure measure = found.measure;
        ReflectableService service = service(found.tag);
        long clients = Math.max(found.clientsCounted, found.clients.value());
        List<Evidence> evidence = new ArrayList<>(ExposureEvidence.of(service, measure, clients));
        if (found.abuse != null) {
            evidence.add(found.abuse);
        }
        return new ExposedService(
                telling.id,
                state,
                endpoint(found),
                service.name(),
                new Count(clients, false),
                measure.requests(),
                measure.answers(),
                measure.amplification(),
                telling.start,
                Telling.instant(measure.last()),
                evidence,
                groups.get(groups.find(found.high, found.low)));
    }
}
