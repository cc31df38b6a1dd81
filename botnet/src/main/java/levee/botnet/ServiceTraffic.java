package levee.botnet;

import levee.detection.HeavyTable;
import levee.model.Attack.Volume;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.PayloadHint;

/**
 * Counts what strangers ask of services on own hosts and what they are answered, by service and by service and client, 8,192 of
 * each; those that sent least make way.
 */
final class ServiceTraffic {
    /** The number of the finding about a service, from 1 on. */
    static final int OPEN = 13;

    private static final int SERVICES = 8_192;
    private static final int PAIRS = 8_192;
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
    private static final int CLIENT_BITS = 14;
    private static final int CLIENT_WORDS = 8;
    private static final int SERVICE_COUNTERS = CLIENT_BITS + CLIENT_WORDS;

    // Counters of a service and one client: as of a service, up to UNASKED_BYTES; then where the service is.
    private static final int PAIR_SERVICE = 9;
    private static final int PAIR_COUNTERS = 10;

    final HeavyTable services;
    final HeavyTable pairs;
    private final long seed;
    private final Evictions evictions;

    /** Rows of all services: whether what is asked is seen at all. */
    private long requestRows;

    private long answerRows;

    ServiceTraffic(long seed, Evictions evictions) {
        this.seed = seed;
        this.evictions = evictions;
        services = evictions.table(SERVICES, SERVICE_COUNTERS);
        pairs = evictions.table(PAIRS, PAIR_COUNTERS);
    }

    /**
     * What was counted of a service, or of one of its clients.
     *
     * @param wasAsked whether requests were seen, so that amplification is no mere guess by sizes
     * @param control packets
     * @param first time, in nanoseconds since 1970; 0 of a client
     * @param last time, likewise
     */
    record Measure(
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

    /**
     * Counts what a service sends to a stranger.
     *
     * @param isAnswer whether somebody was seen to ask
     * @return where the counters of the service are
     */
    int answer(FlowBatch batch, int row, boolean isAnswer) {
        answerRows++;
        int service = batch.sourcePort[row];
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
        long pair = Hashing.hash(seed, hash, batch.destinationHash[row]);
        int pairAt = pairs.count(pair, batch.destinationHigh[row], batch.destinationLow[row], service, weight);
        count(pairs, pairAt + rows, packets, bytes);
        pairs.set(pairAt + PAIR_SERVICE, hash);
        return at;
    }

    /** Counts what a stranger asks of a service. */
    void request(FlowBatch batch, int row) {
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

    /** Rows that services sent. */
    long answerRows() {
        return answerRows;
    }

    /** Rows that a service sent. */
    long answerRows(int entry) {
        return services.value(entry, ANSWER_ROWS) + services.value(entry, UNASKED_ROWS);
    }

    /** Packets that a client was sent. */
    long packetsToClient(int pair) {
        return pairs.value(pair, ANSWER_PACKETS) + pairs.value(pair, UNASKED_PACKETS);
    }

    /** The entry of the service that a client was sent something by, or {@link HeavyTable#NONE}. */
    int serviceOf(int pair) {
        return services.find(pairs.value(pair, PAIR_SERVICE));
    }

    /** About how many addresses a service sent something to. */
    long clients(int entry) {
        return DistinctBits.estimate(services, entry, CLIENT_BITS, CLIENT_WORDS);
    }

    Measure ofService(int entry) {
        return measure(
                services,
                entry,
                entry,
                services.value(entry, CONTROL_PACKETS),
                services.value(entry, FIRST),
                services.value(entry, LAST));
    }

    /** @param entry of the service */
    Measure ofClient(int pair, int entry) {
        return measure(pairs, pair, entry, 0, 0, 0);
    }

    private Measure measure(HeavyTable table, int counted, int entry, long control, long first, long last) {
        boolean isSampled = services.value(entry, SAMPLED_ROWS) > 0;
        long asked = table.value(counted, REQUEST_ROWS);
        boolean wasAsked = asked > 0 && !(isSampled && asked < ExposedServices.ANSWERS);
        // Where requests are seen at all, what nobody asked for is no answer.
        boolean countsUnasked = isOneWay();
        Volume answers = volume(table, counted, ANSWER_ROWS);
        if (countsUnasked) {
            answers = answers.plus(volume(table, counted, UNASKED_ROWS));
        }
        Volume requests = volume(table, counted, REQUEST_ROWS);
        double amplification = 0;
        if (wasAsked) {
            amplification = (double) answers.bytes() / Math.max(1, requests.bytes());
        } else if (countsUnasked || isSampled) {
            ReflectableService service = ReflectableService.at((int) services.tag(entry));
            amplification = (double) answers.bytes() / Math.max(1, answers.packets()) / service.requestBytes();
        }
        return new Measure(requests, answers, amplification, wasAsked, control, first, last);
    }

    private static Volume volume(HeavyTable table, int entry, int rows) {
        return new Volume(table.value(entry, rows + 1), table.value(entry, rows + 2));
    }

    private boolean isOneWay() {
        return requestRows * 100 < answerRows;
    }

    /** Begins to count services anew, but those that findings are open about. */
    void forgetServices(OpenFindings<?> findings) {
        findings.clearOthers(
                services,
                entry -> Math.clamp(
                        services.value(entry, ANSWER_BYTES) + services.value(entry, UNASKED_BYTES), 1, HEAVIEST));
        requestRows = 0;
        answerRows = 0;
    }

    void forgetClients() {
        evictions.clear(pairs);
    }

    void clear() {
        evictions.clear(services);
        evictions.clear(pairs);
        requestRows = 0;
        answerRows = 0;
    }
}
