package levee.botnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import levee.detection.DistinctCounter;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.detection.PrefixGate;
import levee.model.Amounts;
import levee.model.Attack.Count;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.Scanner;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.OwnAddresses;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;

/**
 * Finds networks outside that look for services on own hosts: those whose first contacts fail (Jung, Paxson, Berger,
 * Balakrishnan: threshold random walk, 2004). A first contact is a pair of own host and port; each counts once for a network
 * outside (/24, /48), whoever of it comes and however often. What is looked for by many small ones is told of together, by
 * service.
 *
 * <p>No scans are: answers to what others sent in an own name (SYN-ACK, RST, what comes from the port of a reflected service),
 * peers that come to one port of one host, and floods and crowds, which come to one port of one host, too, and so fast that
 * they are not looked at.
 *
 * <p>Bounded: 16,384 networks and 1,024 services are counted; those that tried least make way.
 */
public final class OutsideScanners {
    /** Failed first contacts of a network, as many as Zeek's simple-scan asks of a remote host. */
    static final int FAILURES = 25;

    /**
     * Failed less succeeded first contacts at which a source is a scanner, where 4 of 5 of a scanner's fail and 1 of 5 of
     * others' (ln 99 / ln 4, for 99 % detected and 1 % falsely so).
     */
    static final int WALK = 4;

    /** Tries for each host or each port, where a network scans a host or for a service; peers come to a port for each host. */
    static final int CONCENTRATION = 5;

    /** Tries from which on it does not matter what they look like. */
    static final int MANY = 250;

    /** Of small ones that are worth a finding together. */
    static final int SUBSTANTIAL_NETWORKS = 100;

    static final int SUBSTANTIAL_HOSTS = 16;
    static final int SUBSTANTIAL_FAILURES = 500;

    /** Tries of one port of one host within about a second that are a flood or a crowd. */
    static final int CROWD = 50;

    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS_OF_JUDGEMENT = 10;
    private static final long PERIOD = 86_400 * SECOND;
    private static final long SILENCE = 21_600 * SECOND;

    private static final int NETWORKS = 16_384;
    private static final int SERVICES = 1_024;
    private static final int MOST_OPEN = 512;
    private static final int MOST_DUE = 4_096;
    private static final long COUNTER_BYTES = 16L << 20;
    private static final int WANTED = 6;
    private static final int FIRST_EPHEMERAL_PORT = 1_024;
    private static final int COUNT_BITS = 32;

    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");
    private static final Prefix EVERYWHERE_IPV6 = Prefix.parse("::/0");

    // Counters of a network.
    private static final int FIRST = 0;
    private static final int LAST = 1;

    /** The number of the finding, from 1 on. */
    private static final int OPEN = 2;

    /** New pairs of which the port is well known. */
    private static final int WELL_KNOWN = 3;

    /** New pairs, of which a few may look like others. */
    private static final int PAIRS = 4;

    private static final int PAIR_BITS = 5;
    private static final int PAIR_WORDS = 8;
    private static final int ANSWERED_BITS = PAIR_BITS + PAIR_WORDS;
    private static final int HOST_BITS = ANSWERED_BITS + PAIR_WORDS;
    private static final int HOST_WORDS = 4;
    private static final int PORT_BITS = HOST_BITS + HOST_WORDS;
    private static final int PORT_WORDS = 4;

    /** Of IPv4 one bit for each address of the network. */
    private static final int SOURCE_BITS = PORT_BITS + PORT_WORDS;

    private static final int SOURCE_WORDS = 4;

    /** The services wanted most: the service in the upper half, how many pairs in the lower. */
    private static final int WANTED_SERVICES = SOURCE_BITS + SOURCE_WORDS;

    private static final int NETWORK_COUNTERS = WANTED_SERVICES + WANTED;

    // Counters of a service: FIRST, LAST and OPEN, and then:
    private static final int TRIES = 3;
    private static final int ANSWERED = 4;
    private static final int NETWORK_BITS = 5;
    private static final int NETWORK_WORDS = 16;
    private static final int SERVICE_HOST_BITS = NETWORK_BITS + NETWORK_WORDS;
    private static final int SERVICE_HOST_WORDS = 8;
    private static final int SERVICE_COUNTERS = SERVICE_HOST_BITS + SERVICE_HOST_WORDS;

    private final long seed;
    private final Consumer<FindingEvent> listener;
    private final HeavyTable networks = new HeavyTable(NETWORKS, NETWORK_COUNTERS);
    private final HeavyTable services = new HeavyTable(SERVICES, SERVICE_COUNTERS);
    private final PrefixGate crowds = new PrefixGate(2 * CROWD);
    private final List<Open> open = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private OwnAddresses own;

    /** Networks that tried something new since they were judged; those for which there is no room come again. */
    private final long[] due = new long[MOST_DUE];

    private int dueNetworks;
    private boolean areServicesDue;

    /** Rows that {@link #crowds} counted since it began another second. */
    private long crowdRows;

    private boolean started;
    private long nowNanos = Long.MIN_VALUE;
    private long nextTickNanos = Long.MIN_VALUE;
    private long untilNanos;
    private int ticks;
    private long evicted;

    /** Whether own hosts are seen to answer, without which nobody can say that UDP goes unanswered. */
    private boolean seesAnswers;

    /** @param listener is told of every finding that opens, changes and ends, on the thread that calls */
    public OutsideScanners(OwnNetworks networks, long seed, Consumer<FindingEvent> listener) {
        this.seed = seed;
        this.listener = listener;
        own = new OwnAddresses(networks.prefixes());
    }

    /** A finding that is open. */
    private static final class Open {
        final int number;
        final boolean isService;
        final long hash;
        final long high;
        final long low;
        final long tag;
        final Telling telling;
        final DistinctCounter pairs;
        final DistinctCounter hosts;
        long lastNanos;
        long activeNanos;
        boolean isOver;

        /** What the table knows; it is lost where the entry must make way. */
        Measure measure;

        Open(
                int number,
                boolean isService,
                HeavyTable table,
                int entry,
                Telling telling,
                MemoryBudget budget,
                Measure measure) {
            this.number = number;
            this.isService = isService;
            hash = table.hash(entry);
            high = table.high(entry);
            low = table.low(entry);
            tag = table.tag(entry);
            this.telling = telling;
            this.measure = measure;
            pairs = new DistinctCounter(budget);
            hosts = new DistinctCounter(budget);
        }

        long tries() {
            return Math.max(measure.tries, pairs.value());
        }
    }

    /**
     * What was counted.
     *
     * @param sources addresses; networks where many are told of together
     * @param source the only address; empty where there are more
     */
    private record Measure(
            long tries, long answered, long hosts, long ports, long sources, String source, List<String> wanted) {
        long failures() {
            return tries - answered;
        }

        /** Whether the first contacts fail as those of scanners do. */
        boolean fails(int least) {
            return failures() >= least && failures() - answered >= WALK;
        }
    }

    /** Takes over what the operator changed. @param groups have no part in this: who scans is outside */
    public void apply(OwnNetworks ownNetworks, Groups groups) {
        own = new OwnAddresses(ownNetworks.prefixes());
    }

    /** How often something had to be forgotten because a table was full. */
    public long evicted() {
        return evicted + networks.evicted() + services.evicted();
    }

    /** Looks at all rows of a batch, whose hashes and relations must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        long[] times = batch.rows == FlowBatch.Rows.FLOWS ? batch.lastNanos : batch.firstNanos;
        boolean areConnections = batch.rows == FlowBatch.Rows.CONNECTIONS;
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            int relation = batch.relation[row];
            boolean isTcp = batch.protocol[row] == Protocols.TCP;
            int flags = batch.tcpFlags[row];
            boolean isSyn = isTcp && (flags & HANDSHAKE) == TcpFlags.SYN;
            // A sampled connection is answered where more than its first segment is seen.
            boolean isSample = isTcp && batch.samplingRate[row] > 1;
            if ((relation & TELLING) == 0 && !isSyn && !isSample) {
                continue;
            }
            long time = times[row];
            if (time >= nextTickNanos) {
                advance(time);
            }
            nowNanos = Math.max(nowNanos, time);
            if (areConnections) {
                lookAtRecord(batch, row, relation, isTcp);
            } else if (isTcp) {
                lookAtTcp(batch, row, relation, isSyn, isSample && (flags & TcpFlags.RST) == 0);
            } else {
                lookAtOther(batch, row, relation);
            }
        }
    }

    private static final int HANDSHAKE = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST;
    private static final int TELLING = Relation.OPENS | Relation.FIRST_ANSWER | Relation.COMPLETES;

    /** Lets time go on though no rows come. */
    public void tick(long time) {
        if (started && time >= nextTickNanos) {
            advance(time);
        }
    }

    private void lookAtRecord(FlowBatch batch, int row, int relation, boolean isTcp) {
        if (Relation.has(relation, Relation.FROM_INITIATOR)
                && (isTcp ? Relation.has(relation, Relation.STARTED) : isQuestion(batch, row))
                && comesIn(batch, row)) {
            seesAnswers = true;
            attempt(batch, row);
            if (Relation.has(relation, Relation.ANSWERED)) {
                succeed(batch, row);
            }
        }
    }

    private void lookAtTcp(FlowBatch batch, int row, int relation, boolean isSyn, boolean isSample) {
        if (isSyn) {
            if (comesIn(batch, row)) {
                attempt(batch, row);
            }
        } else if (Relation.has(relation, Relation.FIRST_ANSWER)) {
            succeedByAnswer(batch, row);
        } else if (isSample || Relation.has(relation, Relation.COMPLETES)) {
            if (comesIn(batch, row)) {
                succeed(batch, row);
            }
        }
    }

    private void lookAtOther(FlowBatch batch, int row, int relation) {
        if (Relation.has(relation, Relation.FIRST_ANSWER)) {
            succeedByAnswer(batch, row);
        } else if (Relation.has(relation, Relation.OPENS)
                && batch.samplingRate[row] == 1
                && seesAnswers
                && isQuestion(batch, row)
                && comesIn(batch, row)) {
            attempt(batch, row);
        }
    }

    /** Whether a row that is not TCP asks for something, and is no late or reflected answer. */
    private static boolean isQuestion(FlowBatch batch, int row) {
        int destination = batch.destinationPort[row];
        return switch (batch.protocol[row]) {
            case Protocols.UDP -> {
                int source = batch.sourcePort[row];
                boolean isService = source < FIRST_EPHEMERAL_PORT || ReflectableService.KINDS[source] != 0;
                yield source == destination || !isService || destination < FIRST_EPHEMERAL_PORT;
            }
            case Protocols.ICMP -> destination >> Byte.SIZE == 8;
            case Protocols.ICMPV6 -> destination >> Byte.SIZE == 128;
            default -> false;
        };
    }

    private boolean comesIn(FlowBatch batch, int row) {
        return own.contains(batch.destinationHigh[row], batch.destinationLow[row])
                && isOutside(batch.sourceHigh[row], batch.sourceLow[row]);
    }

    private boolean isOutside(long high, long low) {
        return Addresses.isUnicast(high, low) && !own.contains(high, low);
    }

    private static int port(FlowBatch batch, int row, boolean ofDestination) {
        if (!Protocols.hasPorts(batch.protocol[row])) {
            return 0;
        }
        return ofDestination ? batch.destinationPort[row] : batch.sourcePort[row];
    }

    private long networkHash(long high, long low) {
        return Hashing.hash(seed, Addresses.networkLow(high, low), Addresses.networkHigh(high, low));
    }

    private long pairHash(long hostHash, int service) {
        return Hashing.hash(seed, hostHash, service);
    }

    private static int service(int protocol, int port) {
        return (protocol & 0xff) << Character.SIZE | port;
    }

    private void attempt(FlowBatch batch, int row) {
        long high = batch.sourceHigh[row];
        long low = batch.sourceLow[row];
        int port = port(batch, row, true);
        int service = service(batch.protocol[row], port);
        long host = batch.destinationHash[row];
        long pair = pairHash(host, service);
        crowdRows++;
        if (crowds.opens(pair, CROWD)) {
            return;
        }
        long hash = networkHash(high, low);
        long portHash = Hashing.hash(seed, service, PORT_BITS);
        boolean isNew = true;
        int entry = networks.find(hash);
        if (entry != HeavyTable.NONE) {
            int number = (int) networks.value(entry, OPEN);
            if (number != 0) {
                Open found = open.get(number - 1);
                found.pairs.add(pair);
                found.hosts.add(host);
                found.lastNanos = Math.max(found.lastNanos, batch.lastNanos[row]);
                found.activeNanos = nowNanos;
            }
            // A pair of which the bit is taken is new all the same where the host or the port is.
            isNew = !DistinctBits.isMarked(networks, entry, PAIR_BITS, PAIR_WORDS, pair)
                    || !DistinctBits.isMarked(networks, entry, HOST_BITS, HOST_WORDS, host)
                    || !DistinctBits.isMarked(networks, entry, PORT_BITS, PORT_WORDS, portHash);
            if (!isNew && isSourceMarked(batch, row, entry)) {
                return;
            }
        }
        int at = networks.count(hash, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), 0, 1);
        DistinctBits.mark(networks, at + PAIR_BITS, PAIR_WORDS, pair);
        DistinctBits.mark(networks, at + HOST_BITS, HOST_WORDS, host);
        DistinctBits.mark(networks, at + PORT_BITS, PORT_WORDS, portHash);
        markSource(batch, row, at);
        if (!isNew) {
            return;
        }
        if (port < FIRST_EPHEMERAL_PORT) {
            networks.add(at + WELL_KNOWN, 1);
        }
        want(at, service);
        if (networks.value(at + FIRST) == 0) {
            networks.set(at + FIRST, batch.firstNanos[row]);
        }
        networks.set(at + LAST, Math.max(networks.value(at + LAST), batch.lastNanos[row]));
        if (networks.value(at + OPEN) == 0) {
            networks.add(at + PAIRS, 1);
            if (networks.value(at + PAIRS) >= FAILURES && dueNetworks < due.length) {
                due[dueNetworks++] = hash;
            }
            attemptOfSmall(batch, row, service, hash, pair);
        }
    }

    private boolean isSourceMarked(FlowBatch batch, int row, int entry) {
        if (IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row])) {
            int last = (int) batch.sourceLow[row] & 0xff;
            return (networks.value(entry, SOURCE_BITS + last / Long.SIZE) >>> last & 1) != 0;
        }
        return DistinctBits.isMarked(networks, entry, SOURCE_BITS, SOURCE_WORDS, batch.sourceHash[row]);
    }

    private void markSource(FlowBatch batch, int row, int at) {
        if (IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row])) {
            int last = (int) batch.sourceLow[row] & 0xff;
            int counter = at + SOURCE_BITS + last / Long.SIZE;
            networks.set(counter, networks.value(counter) | 1L << last);
        } else {
            DistinctBits.mark(networks, at + SOURCE_BITS, SOURCE_WORDS, batch.sourceHash[row]);
        }
    }

    /** Counts a service; the one that is wanted least makes way for one that has no place, and leaves it its count. */
    private void want(int at, int service) {
        int least = at + WANTED_SERVICES;
        for (int counter = at + WANTED_SERVICES; counter < at + WANTED_SERVICES + WANTED; counter++) {
            long value = networks.value(counter);
            if (value >>> COUNT_BITS == service) {
                networks.add(counter, 1);
                return;
            }
            if ((int) value < (int) networks.value(least)) {
                least = counter;
            }
        }
        networks.set(least, (long) service << COUNT_BITS | (int) networks.value(least) + 1);
    }

    private void attemptOfSmall(FlowBatch batch, int row, int service, long network, long pair) {
        boolean isIpv4 = IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row]);
        int at = services.count(serviceHash(service, isIpv4), 0, isIpv4 ? 1 : 0, service, 1);
        services.add(at + TRIES, 1);
        areServicesDue |= services.value(at + TRIES) >= SUBSTANTIAL_FAILURES;
        DistinctBits.mark(services, at + NETWORK_BITS, NETWORK_WORDS, network);
        DistinctBits.mark(services, at + SERVICE_HOST_BITS, SERVICE_HOST_WORDS, batch.destinationHash[row]);
        if (services.value(at + FIRST) == 0) {
            services.set(at + FIRST, batch.firstNanos[row]);
        }
        services.set(at + LAST, Math.max(services.value(at + LAST), batch.lastNanos[row]));
        int number = (int) services.value(at + OPEN);
        if (number != 0) {
            Open found = open.get(number - 1);
            found.pairs.add(Hashing.hash(seed, pair, network));
            found.hosts.add(batch.destinationHash[row]);
            found.lastNanos = Math.max(found.lastNanos, batch.lastNanos[row]);
            found.activeNanos = nowNanos;
        }
    }

    private long serviceHash(int service, boolean isIpv4) {
        return Hashing.hash(seed, service, isIpv4 ? 1 : 2);
    }

    private void succeed(FlowBatch batch, int row) {
        int service = service(batch.protocol[row], port(batch, row, true));
        succeed(batch.sourceHigh[row], batch.sourceLow[row], service, batch.destinationHash[row]);
    }

    /** An own host answers. */
    private void succeedByAnswer(FlowBatch batch, int row) {
        if (!own.contains(batch.sourceHigh[row], batch.sourceLow[row])) {
            return;
        }
        seesAnswers = true;
        int service = service(batch.protocol[row], port(batch, row, false));
        succeed(batch.destinationHigh[row], batch.destinationLow[row], service, batch.sourceHash[row]);
    }

    private void succeed(long high, long low, int service, long host) {
        long hash = networkHash(high, low);
        int entry = networks.find(hash);
        long pair = pairHash(host, service);
        if (entry == HeavyTable.NONE || DistinctBits.isMarked(networks, entry, ANSWERED_BITS, PAIR_WORDS, pair)) {
            return;
        }
        int at = networks.count(hash, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), 0, 1);
        DistinctBits.mark(networks, at + ANSWERED_BITS, PAIR_WORDS, pair);
        boolean isIpv4 = IpAddress.isIpv4(high, low);
        long serviceHash = serviceHash(service, isIpv4);
        if (networks.value(at + OPEN) == 0 && services.find(serviceHash) != HeavyTable.NONE) {
            int serviceAt = services.count(serviceHash, 0, isIpv4 ? 1 : 0, service, 1);
            services.add(serviceAt + ANSWERED, 1);
        }
    }

    private void advance(long time) {
        if (!started) {
            started = true;
            nowNanos = time;
            untilNanos = time + PERIOD;
        } else {
            nowNanos = Math.max(nowNanos, time);
            // Where few come, many seconds are one.
            if (crowdRows >= CROWD / 4) {
                crowdRows = 0;
                crowds.nextSecond();
            }
            if (++ticks % SECONDS_OF_JUDGEMENT == 0) {
                judge();
            }
            if (nowNanos >= untilNanos) {
                untilNanos = nowNanos + PERIOD;
                judge();
                evicted += networks.evicted() + services.evicted();
                forget(networks, false);
                forget(services, true);
            }
        }
        nextTickNanos = (Math.floorDiv(nowNanos, SECOND) + 1) * SECOND;
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
            found.pairs.clear();
            found.hosts.clear();
        }
        open.clear();
        evicted += networks.evicted() + services.evicted();
        networks.clear();
        services.clear();
        crowds.clear();
        crowdRows = 0;
        dueNetworks = 0;
        areServicesDue = false;
        seesAnswers = false;
        started = false;
        ticks = 0;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    private void judge() {
        for (int i = 0; i < dueNetworks; i++) {
            judge(networks, due[i], false);
        }
        dueNetworks = 0;
        if (areServicesDue) {
            areServicesDue = false;
            for (int entry = 0; entry < services.capacity(); entry++) {
                if (services.isUsed(entry) && services.value(entry, TRIES) >= SUBSTANTIAL_FAILURES) {
                    judge(services, services.hash(entry), true);
                }
            }
        }
        for (Open found : open) {
            if (found.isOver) {
                continue;
            }
            if (nowNanos - found.activeNanos > SILENCE) {
                end(found);
            } else if (found.telling.isDue(nowNanos, found.tries())) {
                tell(found, Change.CHANGED, State.OPEN);
            }
        }
    }

    private void judge(HeavyTable table, long hash, boolean isService) {
        int entry = table.find(hash);
        if (entry == HeavyTable.NONE || table.value(entry, OPEN) != 0) {
            return;
        }
        Measure measure = measure(entry, isService);
        boolean scans = isService
                ? measure.sources() >= SUBSTANTIAL_NETWORKS
                        && measure.hosts() >= SUBSTANTIAL_HOSTS
                        && measure.fails(SUBSTANTIAL_FAILURES)
                : measure.fails(FAILURES) && looksLikeScan(entry, measure);
        if (scans) {
            open(table, entry, isService, measure);
        }
    }

    private Measure measure(int entry, boolean isService) {
        return isService ? measureService(entry) : measureNetwork(entry);
    }

    /** Peers of own hosts come to a port of each, mostly a high one, and may fail as often as scanners do. */
    private boolean looksLikeScan(int entry, Measure measure) {
        long tries = measure.tries();
        return tries >= MANY
                || tries >= CONCENTRATION * measure.hosts()
                || tries >= CONCENTRATION * measure.ports()
                || 2 * networks.value(entry, WELL_KNOWN) >= tries;
    }

    private Measure measureNetwork(int entry) {
        long tries = DistinctBits.estimate(networks, entry, PAIR_BITS, PAIR_WORDS);
        long answered = DistinctBits.estimate(networks, entry, ANSWERED_BITS, PAIR_WORDS);
        long hosts = DistinctBits.estimate(networks, entry, HOST_BITS, HOST_WORDS);
        long ports = DistinctBits.estimate(networks, entry, PORT_BITS, PORT_WORDS);
        long sources = 0;
        String source = "";
        if (IpAddress.isIpv4(networks.high(entry), networks.low(entry))) {
            int last = 0;
            for (int word = 0; word < SOURCE_WORDS; word++) {
                long bits = networks.value(entry, SOURCE_BITS + word);
                sources += Long.bitCount(bits);
                last = bits == 0 ? last : word * Long.SIZE + Long.numberOfTrailingZeros(bits);
            }
            if (sources == 1) {
                source = new IpAddress(networks.high(entry), networks.low(entry) | last).toString();
            }
        } else {
            sources = DistinctBits.estimate(networks, entry, SOURCE_BITS, SOURCE_WORDS);
        }
        return new Measure(tries, Math.min(tries, answered), hosts, ports, sources, source, wanted(entry));
    }

    private List<String> wanted(int entry) {
        long[] wanted = new long[WANTED];
        for (int i = 0; i < WANTED; i++) {
            wanted[i] = networks.value(entry, WANTED_SERVICES + i);
        }
        return Arrays.stream(wanted)
                .boxed()
                .filter(value -> value != 0)
                .sorted(Comparator.comparingInt((Long value) -> -value.intValue())
                        .thenComparingLong(value -> value))
                .map(value -> name((int) (value >>> COUNT_BITS)))
                .toList();
    }

    private static String name(int service) {
        int protocol = service >>> Character.SIZE;
        String transport = Protocols.name(protocol);
        return Protocols.hasPorts(protocol) ? (service & 0xffff) + "/" + transport : transport;
    }

    private Measure measureService(int entry) {
        long tries = services.value(entry, TRIES);
        long answered = Math.min(tries, services.value(entry, ANSWERED));
        long hosts = DistinctBits.estimate(services, entry, SERVICE_HOST_BITS, SERVICE_HOST_WORDS);
        long sources = DistinctBits.estimate(services, entry, NETWORK_BITS, NETWORK_WORDS);
        return new Measure(tries, answered, hosts, 1, sources, "", List.of(name((int) services.tag(entry))));
    }

    private void open(HeavyTable table, int entry, boolean isService, Measure measure) {
        long hash = table.hash(entry);
        int number = 0;
        for (Open found : open) {
            if (!found.isOver && found.hash == hash && found.isService == isService) {
                // It had to make way in the table meanwhile.
                attach(table, entry, found.number);
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
        String subject = isService
                ? everywhere(table.low(entry)) + " " + name((int) table.tag(entry))
                : Addresses.network(table.high(entry), table.low(entry)).toString();
        Telling telling = new Telling(Scanner.KIND, subject, table.value(entry, FIRST));
        Open found = new Open(number, isService, table, entry, telling, budget, measure);
        found.lastNanos = table.value(entry, LAST);
        found.activeNanos = nowNanos;
        if (isNew) {
            open.add(found);
        } else {
            open.set(number - 1, found);
        }
        attach(table, entry, number);
        tell(found, Change.OPENED, State.OPEN);
    }

    private static Prefix everywhere(long isIpv4) {
        return isIpv4 != 0 ? EVERYWHERE : EVERYWHERE_IPV6;
    }

    /** Lets the entry know its finding; only {@link HeavyTable#count} says where to write. */
    private static void attach(HeavyTable table, int entry, int number) {
        int at = table.count(table.hash(entry), table.high(entry), table.low(entry), table.tag(entry), 1);
        table.set(at + OPEN, number);
    }

    private void end(Open found) {
        found.isOver = true;
        HeavyTable table = found.isService ? services : networks;
        int entry = table.find(found.hash);
        if (entry != HeavyTable.NONE) {
            attach(table, entry, 0);
        }
        tell(found, Change.ENDED, State.ENDED);
        found.pairs.clear();
        found.hosts.clear();
    }

    /** Begins to count anew, but of what is open. */
    private void forget(HeavyTable table, boolean areServices) {
        List<Open> kept = new ArrayList<>();
        List<long[]> counters = new ArrayList<>();
        for (Open found : open) {
            int entry = table.find(found.hash);
            if (!found.isOver && found.isService == areServices && entry != HeavyTable.NONE) {
                long[] values = new long[table.counters() + 1];
                for (int counter = 0; counter < table.counters(); counter++) {
                    values[counter] = table.value(entry, counter);
                }
                values[table.counters()] = table.counted(entry);
                kept.add(found);
                counters.add(values);
            }
        }
        table.clear();
        for (int i = 0; i < kept.size(); i++) {
            Open found = kept.get(i);
            long[] values = counters.get(i);
            int at = table.count(found.hash, found.high, found.low, found.tag, Math.max(1, values[table.counters()]));
            for (int counter = 0; counter < table.counters(); counter++) {
                table.set(at + counter, values[counter]);
            }
        }
    }

    private void tell(Open found, Change change, State state) {
        HeavyTable table = found.isService ? services : networks;
        int entry = table.find(found.hash);
        if (entry != HeavyTable.NONE) {
            found.measure = measure(entry, found.isService);
        }
        Measure measure = found.measure;
        long tries = found.tries();
        found.telling.told(nowNanos, tries);
        Scanner finding = new Scanner(
                found.telling.id,
                state,
                found.isService ? everywhere(found.low) : Addresses.network(found.high, found.low),
                measure.sources(),
                measure.wanted(),
                new Count(Math.max(measure.hosts(), found.hosts.value()), false),
                tries,
                measure.answered(),
                found.telling.start,
                Telling.instant(found.lastNanos),
                evidence(found, tries));
        listener.accept(new FindingEvent(change, finding));
    }

    private static List<Evidence> evidence(Open found, long tries) {
        Measure measure = found.measure;
        List<Evidence> evidence = new ArrayList<>();
        long failures = tries - measure.answered();
        evidence.add(new Evidence(
                "%s of %s first contacts failed".formatted(Amounts.count(failures), Amounts.count(tries)),
                failures,
                found.isService ? SUBSTANTIAL_FAILURES : FAILURES,
                "pairs of own host and port that refused or did not answer, each counted once for a network outside"));
        evidence.add(new Evidence(
                "%s more first contacts failed than succeeded, as of scanners"
                        .formatted(Amounts.count(failures - measure.answered())),
                failures - measure.answered(),
                WALK,
                "threshold random walk (Jung et al. 2004) with 0.2, 0.8, 1 % and 99 %, without order"));
        if (found.isService) {
            evidence.add(new Evidence(
                    "They came from %s".formatted(Amounts.count(measure.sources(), "network")),
                    measure.sources(),
                    SUBSTANTIAL_NETWORKS,
                    "distinct /24 or /48 that are not told of by themselves"));
        } else {
            evidence.add(new Evidence(
                    "%s and %s were tried"
                            .formatted(
                                    Amounts.count(measure.hosts(), "own host"),
                                    Amounts.count(measure.ports(), "service")),
                    Math.max(
                            (double) tries / Math.max(1, measure.hosts()),
                            (double) tries / Math.max(1, measure.ports())),
                    CONCENTRATION,
                    "tries for each host, or for each service, whichever is more"));
            if (!measure.source().isEmpty()) {
                evidence.add(new Evidence(
                        "All came from %s".formatted(measure.source()), 1, 1, "distinct addresses in the network"));
            }
        }
        return evidence;
    }
}
