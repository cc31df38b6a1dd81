package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.detection.DistinctCounter;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.model.Amounts;
import levee.model.Attack.Count;
import levee.model.Attack.Volume;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.OwnAddresses;
import levee.telemetry.PayloadHint;
import levee.telemetry.Relation;

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
public final class ExposedServices {
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

    private static final long SECOND = 1_000_000_000L;
    private static final long TICK = 10 * SECOND;
    private static final long PAIR_PERIOD = 600 * SECOND;

    /** Who looks for open services comes a few times a day. */
    private static final long PERIOD = 86_400 * SECOND;

    private static final int FIRST_WORDS = Relation.OPENS | Relation.FIRST_ANSWER;

    private static final int WELL_KNOWN_PORTS = 1_024;

    /** Where most systems take the ports of clients from. */
    private static final int EPHEMERAL_PORTS = 32_768;

    private static final int DNS_PORT = 53;
    private static final int NTP_PORT = 123;

    private static final int SERVICES = 8_192;
    private static final int PAIRS = 8_192;
    private static final int MOST_OPEN = 1_024;
    private static final long COUNTER_BYTES = 16L << 20;
    private static final long HEAVIEST = 1L << 40;

    // Counters of a service: behind each number of rows come packets and bytes.
    private static final int REQUEST_ROWS = 0;
    private static final int ANSWER_ROWS = 3;
    private static final int ANSWER_PACKETS = 4;
    private static final int ANSWER_BYTES = 5;

    /** Like an answer, but nobody was seen to ask. */
    private static final int UNASKED_ROWS = 6;

    private static final int UNASKED_PACKETS = 7;
    private static final int UNASKED_BYTES = 8;
    private static final int CONTROL_PACKETS = 9;
    private static final int SAMPLED_ROWS = 10;
    private static final int FIRST = 11;
    private static final int LAST = 12;

    /** The number of the finding, from 1 on. */
    private static final int OPEN = 13;

    private static final int CLIENT_BITS = 14;
    private static final int CLIENT_WORDS = 8;
    private static final int SERVICE_COUNTERS = CLIENT_BITS + CLIENT_WORDS;

    // Counters of a service and one client: as of a service, up to UNASKED_BYTES; then where the service is.
    private static final int PAIR_SERVICE = 9;
    private static final int PAIR_COUNTERS = 10;

    private final long seed;
    private final Consumer<FindingEvent> listener;
    private final HeavyTable services = new HeavyTable(SERVICES, SERVICE_COUNTERS);
    private final HeavyTable pairs = new HeavyTable(PAIRS, PAIR_COUNTERS);
    private final List<Open> open = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private OwnAddresses own;
    private Groups groups;

    private boolean started;
    private long nowNanos = Long.MIN_VALUE;
    private long nextTickNanos = Long.MIN_VALUE;
    private long pairsUntilNanos;
    private long untilNanos;
    private long evicted;

    /** Rows of all services: whether what is asked is seen at all. */
    private long requestRows;

    private long answerRows;

    /** Of these when services were judged. */
    private long judgedRows;

    /** @param listener is told of every finding that opens, changes and ends, on the thread that calls */
    public ExposedServices(OwnNetworks networks, Groups groups, long seed, Consumer<FindingEvent> listener) {
        this.seed = seed;
        this.listener = listener;
        this.groups = groups;
        own = new OwnAddresses(networks.prefixes());
    }

    /** A finding that is open. */
    private static final class Open {
        final int number;
        final long hash;
        final long high;
        final long low;
        final int port;
        final Telling telling;
        final DistinctCounter clients;
        long activeNanos;
        boolean isOver;

        /** As last told. */
        Measure measure;

        Evidence[] abuse = {};

        /** By the table, which knows those before it was opened, too. */
        long clientsCounted;

        /** Of the client that was sent most. */
        long abuseAnswers;

        Open(int number, HeavyTable table, int entry, Telling telling, MemoryBudget budget, Measure measure) {
            this.number = number;
            hash = table.hash(entry);
            high = table.high(entry);
            low = table.low(entry);
            port = (int) table.tag(entry);
            this.telling = telling;
            this.measure = measure;
            clients = new DistinctCounter(budget);
        }
    }

    /**
     * What was counted of a service, or of one of its clients.
     *
     * @param wasAsked whether requests were seen, so that amplification is no mere guess by sizes
     */
    private record Measure(
            Volume requests,
            Volume answers,
            double amplification,
            boolean wasAsked,
            long control,
            long first,
            long last) {
        double meanBytes() {
            return (double) answers.bytes() / Math.max(1, answers.packets());
        }
    }

    /** Takes over what the operator changed. */
    public void apply(OwnNetworks networks, Groups ownGroups) {
        own = new OwnAddresses(networks.prefixes());
        groups = ownGroups;
    }

    /** How often something had to be forgotten because a table was full. */
    public long evicted() {
        return evicted + services.evicted() + pairs.evicted();
    }

    /** Looks at all rows of a batch, whose hashes and relations must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        byte[] kinds = ReflectableService.KINDS;
        long[] times = batch.rows == FlowBatch.Rows.FLOWS ? batch.lastNanos : batch.firstNanos;
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
            long time = times[row];
            if (time >= nextTickNanos) {
                advance(time);
            }
            nowNanos = Math.max(nowNanos, time);
            look(batch, row, from, to);
        }
    }

    /** Lets time go on though no rows come. */
    public void tick(long time) {
        if (started && time >= nextTickNanos) {
            advance(time);
        }
    }

    private void look(FlowBatch batch, int row, byte from, byte to) {
        int relation = batch.relation[row];
        if (from != 0 && (from > 0 || isFirst(batch, row, Relation.FIRST_ANSWER))) {
            if (own.contains(batch.sourceHigh[row], batch.sourceLow[row])) {
                if (isStranger(batch.destinationHigh[row], batch.destinationLow[row])) {
                    answer(batch, row, relation, to);
                }
                return;
            }
        }
        if (to != 0
                && (to > 0 || isFirst(batch, row, Relation.OPENS))
                && isRequest(batch, row, relation)
                && own.contains(batch.destinationHigh[row], batch.destinationLow[row])
                && isStranger(batch.sourceHigh[row], batch.sourceLow[row])) {
            request(batch, row);
        }
    }

    /** Whether a row is the first word of a session. */
    private static boolean isFirst(FlowBatch batch, int row, int bit) {
        return batch.rows.arePackets() && Relation.has(batch.relation[row], bit);
    }

    private boolean isStranger(long high, long low) {
        return Addresses.isRoutable(high, low) && !own.contains(high, low);
    }

    /** Records come in any order, so that an answer may be the first of a connection: there well-known ports tell more. */
    private static boolean portsTell(FlowBatch batch, int servicePort, int clientPort) {
        return !batch.rows.arePackets()
                && batch.rows != FlowBatch.Rows.CONNECTIONS
                && servicePort < WELL_KNOWN_PORTS
                && clientPort >= WELL_KNOWN_PORTS;
    }

    private static boolean isRequest(FlowBatch batch, int row, int relation) {
        int client = batch.sourcePort[row];
        int service = batch.destinationPort[row];
        if (portsTell(batch, service, client)) {
            return true;
        }
        return Relation.has(relation, Relation.KNOWN)
                ? Relation.has(relation, Relation.FROM_INITIATOR)
                : client >= WELL_KNOWN_PORTS && client != service;
    }

    private void answer(FlowBatch batch, int row, int relation, byte to) {
        int service = batch.sourcePort[row];
        int client = batch.destinationPort[row];
        // An own client may have a high port that is a service's, and some protocols have the same port at both ends.
        boolean isClient = client == service
                || service >= WELL_KNOWN_PORTS && to != 0
                || service >= EPHEMERAL_PORTS && client < WELL_KNOWN_PORTS;
        boolean isAnswer = portsTell(batch, service, client)
                || (Relation.has(relation, Relation.KNOWN)
                        ? !Relation.has(relation, Relation.FROM_INITIATOR)
                        : !isClient);
        if (!isAnswer && isClient) {
            return;
        }
        answerRows++;
        long bytes = batch.bytes[row];
        long packets = batch.packets[row];
        long weight = Math.clamp(bytes, 1, HEAVIEST);
        long hash = serviceHash(batch.sourceHash[row], service);
        int at = services.count(hash, batch.sourceHigh[row], batch.sourceLow[row], service, weight);
        int rows = isAnswer ? ANSWER_ROWS : UNASKED_ROWS;
        count(services, at + rows, packets, bytes);
        seen(batch, row, at);
        if (batch.payloadHint[row] == PayloadHint.NTP_CONTROL_RESPONSE) {
            services.add(at + CONTROL_PACKETS, packets);
        }
        DistinctBits.mark(services, at + CLIENT_BITS, CLIENT_WORDS, batch.destinationHash[row]);
        int number = (int) services.value(at + OPEN);
        if (number != 0) {
            Open found = open.get(number - 1);
            found.activeNanos = nowNanos;
            found.clients.add(batch.destinationHash[row]);
        }
        long pair = Hashing.hash(seed, hash, batch.destinationHash[row]);
        int pairAt = pairs.count(pair, batch.destinationHigh[row], batch.destinationLow[row], service, weight);
        count(pairs, pairAt + rows, packets, bytes);
        pairs.set(pairAt + PAIR_SERVICE, hash);
    }

    private void request(FlowBatch batch, int row) {
        requestRows++;
        int service = batch.destinationPort[row];
        long hash = serviceHash(batch.destinationHash[row], service);
        int at = services.count(hash, batch.destinationHigh[row], batch.destinationLow[row], service, 1);
        count(services, at + REQUEST_ROWS, batch.packets[row], batch.bytes[row]);
        seen(batch, row, at);
        long pair = Hashing.hash(seed, hash, batch.sourceHash[row]);
        int pairAt = pairs.count(pair, batch.sourceHigh[row], batch.sourceLow[row], service, 1);
        count(pairs, pairAt + REQUEST_ROWS, batch.packets[row], batch.bytes[row]);
        pairs.set(pairAt + PAIR_SERVICE, hash);
    }

    private long serviceHash(long addressHash, int port) {
        return Hashing.hash(seed, addressHash, port);
    }

    private static void count(HeavyTable table, int at, long packets, long bytes) {
        table.add(at, 1);
        table.add(at + 1, packets);
        table.add(at + 2, bytes);
    }

    private void seen(FlowBatch batch, int row, int at) {
        if (services.value(at + FIRST) == 0) {
            services.set(at + FIRST, batch.firstNanos[row]);
        }
        services.set(at + LAST, Math.max(services.value(at + LAST), batch.lastNanos[row]));
        if (batch.samplingRate[row] > 1) {
            services.add(at + SAMPLED_ROWS, 1);
        }
    }

    private void advance(long time) {
        if (!started) {
            started = true;
            nowNanos = time;
            pairsUntilNanos = time + PAIR_PERIOD;
            untilNanos = time + PERIOD;
        } else {
            nowNanos = Math.max(nowNanos, time);
            judge();
            if (nowNanos >= pairsUntilNanos) {
                pairsUntilNanos = nowNanos + PAIR_PERIOD;
                evicted += pairs.evicted();
                pairs.clear();
            }
            if (nowNanos >= untilNanos) {
                untilNanos = nowNanos + PERIOD;
                forget();
            }
        }
        nextTickNanos = (Math.floorDiv(nowNanos, TICK) + 1) * TICK;
    }

    /** Judges what is there: the input is at its end, or its clock jumped. */
    public void finish() {
        if (!started) {
            return;
        }
        judge();
        for (Open found : open) {
            if (!found.isOver) {
                tell(found, Change.CHANGED, State.OPEN);
            }
            found.clients.clear();
        }
        open.clear();
        evicted += services.evicted() + pairs.evicted();
        services.clear();
        pairs.clear();
        requestRows = 0;
        answerRows = 0;
        judgedRows = 0;
        started = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    private void judge() {
        if (answerRows != judgedRows) {
            judgedRows = answerRows;
            judgeCounted();
        }
        for (Open found : open) {
            if (found.isOver) {
                continue;
            }
            if (nowNanos - found.activeNanos > PERIOD) {
                end(found);
            } else if (found.telling.isDue(nowNanos, found.measure.answers().packets())) {
                tell(found, Change.CHANGED, State.OPEN);
            }
        }
    }

    private void judgeCounted() {
        for (int entry = 0; entry < services.capacity(); entry++) {
            if (services.isUsed(entry)
                    && services.value(entry, ANSWER_ROWS) + services.value(entry, UNASKED_ROWS) >= ANSWERS) {
                judge(entry);
            }
        }
        for (int pair = 0; pair < pairs.capacity(); pair++) {
            if (pairs.isUsed(pair)
                    && pairs.value(pair, ANSWER_PACKETS) + pairs.value(pair, UNASKED_PACKETS) > ABUSE_ANSWERS) {
                judgeClient(pair);
            }
        }
    }

    private void judge(int entry) {
        ReflectableService service = ReflectableService.at((int) services.tag(entry));
        boolean isSampled = services.value(entry, SAMPLED_ROWS) > 0;
        Measure measure = measure(services, entry, service, isSampled);
        int number = (int) services.value(entry, OPEN);
        if (number != 0) {
            open.get(number - 1).measure = measure;
            open.get(number - 1).clientsCounted = clients(entry);
        } else if (isExposed(entry, service, measure)) {
            open(entry, service, measure);
        }
    }

    private boolean isExposed(int entry, ReflectableService service, Measure measure) {
        if (clients(entry) < CLIENTS) {
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

    private long clients(int entry) {
        return DistinctBits.estimate(services, entry, CLIENT_BITS, CLIENT_WORDS);
    }

    private void judgeClient(int pair) {
        int entry = services.find(pairs.value(pair, PAIR_SERVICE));
        if (entry == HeavyTable.NONE) {
            return;
        }
        ReflectableService service = ReflectableService.at((int) services.tag(entry));
        boolean isSampled = services.value(entry, SAMPLED_ROWS) > 0;
        Measure measure = measure(pairs, pair, service, isSampled);
        if (service.isSession() || !isAbuse(service, measure)) {
            return;
        }
        if (services.value(entry, OPEN) == 0) {
            open(entry, service, measure(services, entry, service, isSampled));
        }
        int number = (int) services.value(entry, OPEN);
        if (number == 0) {
            return;
        }
        Open found = open.get(number - 1);
        if (measure.answers().packets() > found.abuseAnswers) {
            if (found.abuse.length == 0) {
                found.telling.surprise();
            }
            found.abuseAnswers = measure.answers().packets();
            found.abuse = new Evidence[] {abuse(new IpAddress(pairs.high(pair), pairs.low(pair)), measure)};
        }
    }

    private static Evidence abuse(IpAddress client, Measure measure) {
        return new Evidence(
                "It looks abused: %s was sent %s with %s bytes within 10 minutes, %s times what was asked in its name"
                        .formatted(
                                client,
                                Amounts.count(measure.answers().packets(), "packet"),
                                Amounts.count(measure.answers().bytes()),
                                times(measure.amplification())),
                measure.answers().packets(),
                ABUSE_ANSWERS,
                "packets to one address within 10 minutes, as CESNET's NEMEA counts amplification");
    }

    private Measure measure(HeavyTable table, int entry, ReflectableService service, boolean isSampled) {
        long requestRows = table.value(entry, REQUEST_ROWS);
        boolean wasAsked = requestRows > 0 && !(isSampled && requestRows < ANSWERS);
        // Where requests are seen at all, what nobody asked for is no answer.
        boolean countsUnasked = isOneWay();
        Volume answers = volume(table, entry, ANSWER_ROWS);
        if (countsUnasked) {
            answers = answers.plus(volume(table, entry, UNASKED_ROWS));
        }
        Volume requests = volume(table, entry, REQUEST_ROWS);
        double amplification = 0;
        if (wasAsked) {
            amplification = (double) answers.bytes() / Math.max(1, requests.bytes());
        } else if (countsUnasked || isSampled) {
            amplification = (double) answers.bytes() / Math.max(1, answers.packets()) / service.requestBytes();
        }
        boolean isService = table.counters() == SERVICE_COUNTERS;
        return new Measure(
                requests,
                answers,
                amplification,
                wasAsked,
                isService ? table.value(entry, CONTROL_PACKETS) : 0,
                isService ? table.value(entry, FIRST) : 0,
                isService ? table.value(entry, LAST) : 0);
    }

    private static Volume volume(HeavyTable table, int entry, int rows) {
        return new Volume(table.value(entry, rows + 1), table.value(entry, rows + 2));
    }

    private boolean isOneWay() {
        return requestRows * 100 < answerRows;
    }

    private void open(int entry, ReflectableService service, Measure measure) {
        long hash = services.hash(entry);
        int number = 0;
        for (Open found : open) {
            if (!found.isOver && found.hash == hash) {
                // It had to make way in the table meanwhile.
                attach(entry, found.number);
                return;
            }
            number = found.isOver ? found.number : number;
        }
        if (number == 0 && open.size() == MOST_OPEN) {
            evicted++;
            return;
        }
        boolean isNew = number == 0;
        number = isNew ? open.size() + 1 : number;
        Endpoint endpoint = endpoint(services.high(entry), services.low(entry), service.port());
        Telling telling = new Telling(ExposedService.KIND, endpoint.toString(), measure.first());
        Open found = new Open(number, services, entry, telling, budget, measure);
        found.activeNanos = nowNanos;
        if (isNew) {
            open.add(found);
        } else {
            open.set(number - 1, found);
        }
        found.clientsCounted = clients(entry);
        attach(entry, number);
        tell(found, Change.OPENED, State.OPEN);
    }

    /** Lets the entry know its finding; only {@link HeavyTable#count} says where to write. */
    private void attach(int entry, int number) {
        int at =
                services.count(services.hash(entry), services.high(entry), services.low(entry), services.tag(entry), 1);
        services.set(at + OPEN, number);
    }

    private void end(Open found) {
        found.isOver = true;
        int entry = services.find(found.hash);
        if (entry != HeavyTable.NONE) {
            attach(entry, 0);
        }
        tell(found, Change.ENDED, State.ENDED);
        found.clients.clear();
    }

    /** Begins to count anew, but of what is open. */
    private void forget() {
        List<long[]> kept = new ArrayList<>();
        List<Open> keepers = new ArrayList<>();
        for (Open found : open) {
            int entry = services.find(found.hash);
            if (!found.isOver && entry != HeavyTable.NONE) {
                long[] counters = new long[SERVICE_COUNTERS];
                for (int counter = 0; counter < SERVICE_COUNTERS; counter++) {
                    counters[counter] = services.value(entry, counter);
                }
                kept.add(counters);
                keepers.add(found);
            }
        }
        evicted += services.evicted();
        services.clear();
        for (int i = 0; i < kept.size(); i++) {
            Open found = keepers.get(i);
            long[] counters = kept.get(i);
            long weight = Math.clamp(counters[ANSWER_BYTES] + counters[UNASKED_BYTES], 1, HEAVIEST);
            int at = services.count(found.hash, found.high, found.low, found.port, weight);
            for (int counter = 0; counter < SERVICE_COUNTERS; counter++) {
                services.set(at + counter, counters[counter]);
            }
        }
        requestRows = 0;
        answerRows = 0;
        judgedRows = 0;
    }

    private void tell(Open found, Change change, State state) {
        Measure measure = found.measure;
        found.telling.told(nowNanos, measure.answers().packets());
        ReflectableService service = ReflectableService.at(found.port);
        long clients = Math.max(found.clientsCounted, found.clients.value());
        ExposedService finding = new ExposedService(
                found.telling.id,
                state,
                endpoint(found.high, found.low, found.port),
                service.name(),
                new Count(clients, false),
                measure.requests(),
                measure.answers(),
                measure.amplification(),
                found.telling.start,
                Telling.instant(measure.last()),
                evidence(found, service, clients),
                groups.get(groups.find(found.high, found.low)));
        listener.accept(new FindingEvent(change, finding));
    }

    private static Endpoint endpoint(long high, long low, int port) {
        return new Endpoint(new IpAddress(high, low), port, "udp");
    }

    private static List<Evidence> evidence(Open found, ReflectableService service, long clients) {
        Measure measure = found.measure;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "It answers strangers: %s outside got answers from udp port %d"
                        .formatted(Amounts.count(clients, "address", "addresses"), service.port()),
                clients,
                CLIENTS,
                "distinct addresses outside that were answered"));
        double threshold = service.isPublic() ? ABUSE_AMPLIFICATION : AMPLIFICATION;
        if (measure.wasAsked()) {
            evidence.add(new Evidence(
                    "It answers with %s times the bytes that it is asked".formatted(times(measure.amplification())),
                    measure.amplification(),
                    threshold,
                    service.isSession()
                            ? "bytes of first answers divided by those of first requests, from the IP header on"
                            : "bytes of answers divided by those of requests, from the IP header on"));
        } else {
            evidence.add(new Evidence(
                    "Its answers have %.0f bytes, at least %s times those of a usual request; requests were not seen"
                            .formatted(measure.meanBytes(), times(measure.amplification())),
                    measure.amplification(),
                    threshold,
                    "mean bytes of an answer divided by %d, from the IP header on".formatted(service.requestBytes())));
        }
        if (measure.control() > 0) {
            evidence.add(new Evidence(
                    "Of its answers %s NTP control or private ones, such as monlist (CVE-2013-5211)"
                            .formatted(Amounts.count(measure.control(), "is", "are")),
                    measure.control(),
                    1,
                    "packets of NTP mode 6 or 7 with the response bit"));
        }
        evidence.addAll(List.of(found.abuse));
        return evidence;
    }

    private static String times(double factor) {
        return factor >= 10 ? Amounts.count(Math.round(factor)) : String.format(Locale.ROOT, "%.1f", factor);
    }
}
