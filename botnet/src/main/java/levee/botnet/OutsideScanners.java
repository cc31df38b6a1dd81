package levee.botnet;

import java.util.List;
import java.util.function.Consumer;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.detection.PrefixGate;
import levee.model.Attack.Count;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Protocols;
import levee.model.Scanner;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.OwnAddresses;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;
import org.jspecify.annotations.Nullable;

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
public final class OutsideScanners extends RowDetector<Scan> {
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

    private static final int SECONDS_OF_JUDGEMENT = 10;
    private static final long PERIOD_NANOS = 86_400 * SECOND_NANOS;
    private static final long SILENCE_NANOS = 21_600 * SECOND_NANOS;

    private static final int MOST_OPEN = 512;
    private static final int MOST_DUE = 4_096;
    private static final long COUNTER_BYTES = 16L << 20;

    private static final int HANDSHAKE = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST;
    private static final int TELLING = Relation.OPENS | Relation.FIRST_ANSWER | Relation.COMPLETES;

    private final long seed;
    private final NetworkTries networks;
    private final ServiceTries services;
    private final PrefixGate crowds = new PrefixGate(2 * CROWD);
    private final OpenFindings<Scan> findings = new OpenFindings<>(MOST_OPEN, evictions);
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private OwnAddresses own;

    /** Networks that tried something new since they were judged; those for which there is no room come again. */
    private final long[] due = new long[MOST_DUE];

    private int dueNetworks;
    private boolean areServicesDue;

    /** Rows that {@link #crowds} counted since it began another second. */
    private long crowdRows;

    private int ticks;

    /** Whether own hosts are seen to answer, without which nobody can say that UDP goes unanswered. */
    private boolean seesAnswers;

    /** @param listener is told of every finding that opens, changes and ends, on the thread that calls */
    public OutsideScanners(OwnNetworks networks, long seed, Consumer<FindingEvent> listener) {
        super(SECOND_NANOS, PERIOD_NANOS, SILENCE_NANOS, listener);
        this.seed = seed;
        this.networks = new NetworkTries(seed, evictions);
        services = new ServiceTries(seed, evictions);
        own = new OwnAddresses(networks.prefixes());
    }

    /** Takes over what the operator changed. @param groups have no part in this: who scans is outside */
    public void apply(OwnNetworks ownNetworks, Groups groups) {
        own = new OwnAddresses(ownNetworks.prefixes());
    }

    @Override
    void look(FlowBatch batch, long[] times) {
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
            pass(times[row]);
            if (areConnections) {
                lookAtRecord(batch, row, relation, isTcp);
            } else if (isTcp) {
                lookAtTcp(batch, row, relation, isSyn, isSample && (flags & TcpFlags.RST) == 0);
            } else {
                lookAtOther(batch, row, relation);
            }
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
                boolean isService = source < ServicePorts.FIRST_USER_PORT || ReflectableService.KINDS[source] != 0;
                yield source == destination || !isService || destination < ServicePorts.FIRST_USER_PORT;
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

    private long pairHash(long hostHash, int service) {
        return Hashing.hash(seed, hostHash, service);
    }

    private void attempt(FlowBatch batch, int row) {
        int port = port(batch, row, true);
        int service = Tries.service(batch.protocol[row], port);
        long pair = pairHash(batch.destinationHash[row], service);
        crowdRows++;
        if (crowds.opens(pair, CROWD)) {
            return;
        }
        long hash = networks.hash(batch.sourceHigh[row], batch.sourceLow[row]);
        int entry = networks.table.find(hash);
        if (entry != HeavyTable.NONE) {
            see(findings.get(networks.table.value(entry, NetworkTries.OPEN)), batch, row, pair);
        }
        int at = networks.attempt(batch, row, entry, hash, service, port, pair);
        if (at != HeavyTable.NONE && networks.table.value(at + NetworkTries.OPEN) == 0) {
            if (networks.countPair(at) >= FAILURES && dueNetworks < due.length) {
                due[dueNetworks++] = hash;
            }
            attemptOfSmall(batch, row, service, hash, pair);
        }
    }

    private void attemptOfSmall(FlowBatch batch, int row, int service, long network, long pair) {
        boolean isIpv4 = IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row]);
        int at = services.attempt(batch, row, service, isIpv4, network);
        areServicesDue |= services.isTriedOften(at);
        Scan found = findings.get(services.table.value(at + NetworkTries.OPEN));
        see(found, batch, row, Hashing.hash(seed, pair, network));
    }

    /** Counts a first contact of an open finding. */
    private void see(@Nullable Scan found, FlowBatch batch, int row, long pair) {
        if (found != null) {
            found.pairs.add(pair);
            found.hosts.add(batch.destinationHash[row]);
            found.lastNanos = Math.max(found.lastNanos, batch.lastNanos[row]);
            found.activeNanos = nowNanos();
        }
    }

    private void succeed(FlowBatch batch, int row) {
        int service = Tries.service(batch.protocol[row], port(batch, row, true));
        succeed(batch.sourceHigh[row], batch.sourceLow[row], service, batch.destinationHash[row]);
    }

    /** An own host answers. */
    private void succeedByAnswer(FlowBatch batch, int row) {
        if (!own.contains(batch.sourceHigh[row], batch.sourceLow[row])) {
            return;
        }
        seesAnswers = true;
        int service = Tries.service(batch.protocol[row], port(batch, row, false));
        succeed(batch.destinationHigh[row], batch.destinationLow[row], service, batch.sourceHash[row]);
    }

    private void succeed(long high, long low, int service, long host) {
        int at = networks.succeed(high, low, pairHash(host, service));
        if (at != HeavyTable.NONE && networks.table.value(at + NetworkTries.OPEN) == 0) {
            services.succeed(service, IpAddress.isIpv4(high, low));
        }
    }

    @Override
    List<Scan> subjects() {
        return findings.list();
    }

    @Override
    void passTick() {
        // Where few come, many seconds are one.
        if (crowdRows >= CROWD / 4) {
            crowdRows = 0;
            crowds.nextSecond();
        }
        if (++ticks % SECONDS_OF_JUDGEMENT == 0) {
            judge();
        }
    }

    @Override
    void forget() {
        judge();
        findings.clearOthers(networks.table, entry -> Math.max(1, networks.table.counted(entry)));
        findings.clearOthers(services.table, entry -> Math.max(1, services.table.counted(entry)));
    }

    @Override
    void clear() {
        findings.clear();
        evictions.clear(networks.table);
        evictions.clear(services.table);
        crowds.clear();
        crowdRows = 0;
        dueNetworks = 0;
        areServicesDue = false;
        seesAnswers = false;
        ticks = 0;
    }

    @Override
    void judge() {
        for (int i = 0; i < dueNetworks; i++) {
            judgeNetwork(networks.table.find(due[i]));
        }
        dueNetworks = 0;
        if (areServicesDue) {
            areServicesDue = false;
            for (int entry = 0; entry < services.table.capacity(); entry++) {
                if (services.isEntryTriedOften(entry)) {
                    judgeService(entry);
                }
            }
        }
        findings.list().forEach(this::goOn);
    }

    private void judgeNetwork(int entry) {
        if (entry != HeavyTable.NONE && networks.table.value(entry, NetworkTries.OPEN) == 0) {
            Tries measure = networks.measure(entry);
            if (measure.fails(FAILURES) && networks.looksLikeScan(entry, measure)) {
                open(false, networks.table, entry, measure);
            }
        }
    }

    private void judgeService(int entry) {
        if (services.table.value(entry, NetworkTries.OPEN) == 0) {
            Tries measure = services.measure(entry);
            if (measure.sources() >= SUBSTANTIAL_NETWORKS
                    && measure.hosts() >= SUBSTANTIAL_HOSTS
                    && measure.fails(SUBSTANTIAL_FAILURES)) {
                open(true, services.table, entry, measure);
            }
        }
    }

    private void open(boolean isService, HeavyTable table, int entry, Tries measure) {
        Scan found = findings.add(table, entry, () -> new Scan(isService, table, entry, budget, measure));
        if (found != null) {
            found.activeNanos = nowNanos();
            String subject = isService
                    ? found.source() + " " + Tries.nameOf((int) found.tag)
                    : found.source().toString();
            open(found, new Telling(Scanner.KIND, subject, table.value(entry, NetworkTries.FIRST)));
        }
    }

    @Override
    Scanner finding(Scan found, Telling telling, State state) {
        int entry = found.entry();
        if (entry != HeavyTable.NONE) {
            found.measure = found.isService ? services.measure(entry) : networks.measure(entry);
        }
        Tries measure = found.measure;
        long tries = found.amount();
        return new Scanner(
                telling.id,
                state,
                found.source(),
                measure.sources(),
                measure.wanted(),
                new Count(Math.max(measure.hosts(), found.hosts.value()), false),
                tries,
                measure.answered(),
                telling.start,
                Telling.instant(found.lastNanos),
                ScanEvidence.of(found.isService, measure, tries));
    }
}
