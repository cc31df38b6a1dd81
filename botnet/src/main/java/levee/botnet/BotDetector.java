package levee.botnet;

import java.util.List;
import java.util.function.Consumer;
import levee.indicator.AllowTable;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.model.InfectedHost.ServerContact;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.ConnectionAssembler;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.telemetry.OwnAddresses;
import levee.telemetry.Relation;

/**
 * Finds infected own hosts and who commands them. Rows are put together to connections ({@link ConnectionAssembler}), each
 * {@link Watch} counts what is of interest to it, and once a minute of event time the {@link HostJudge} weighs what the watches
 * say of hosts of which something changed. Memory is bounded by {@link BotMemory}.
 */
public final class BotDetector {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK_NANOS = 60 * SECOND;

    /** Into how many parts all hosts are divided, of which one is tidied each minute. */
    private static final int TIDIES = 32;

    private static final int MAIL = 25;
    private static final int NAMES = 53;

    /** Who asks so many servers of names is one itself. */
    private static final int RESOLVES = 30;

    /** Where so few first contacts are answered though many are seen, answers go another way. */
    private static final int FEWEST_TO_TELL = 2_000;

    private static final double BLIND = 0.02;

    private final ConnectionAssembler assembler;
    private final HostTable hosts;
    private final FirstContacts contacts;
    private final Population population;
    private final NameCache names;
    private final StateBudget states;
    private final Watch[] watches;
    private final Host[] initiators = new Host[ConnectionAssembler.MOST_AT_ONCE];
    private final long[] contactKeys = new long[ConnectionAssembler.MOST_AT_ONCE];

    /** Nobody needs it, but that it is written keeps the compiler from leaving out what is read for it. */
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    private final ServerWatch servers;
    private final IndicatorWatch indicators;
    private final InfectedHosts findings;
    private final JudgingQueue queue;
    private final Contact contact = new Contact();
    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    private final long seed;
    private OwnAddresses own;
    private AllowTable allowed;

    private long nowNanos;
    private long nextTickNanos;
    private boolean started;
    private boolean isUsed;
    private long firstContacts;
    private long answeredContacts;

    /**
     * @param settings what the operator says
     * @param seed of the hashes in the rows, secret on a live network
     * @param listener is told of findings as they open, change and end, on the thread that calls
     */
    public BotDetector(AbuseSettings settings, BotMemory memory, long seed, Consumer<FindingEvent> listener) {
        this.seed = seed;
        own = new OwnAddresses(settings.networks().prefixes());
        allowed = settings.allowed();
        indicators = new IndicatorWatch(settings.indicators());
        population = new Population(settings.networks().prefixes());
        names = new NameCache(seed);
        assembler = new ConnectionAssembler(
                memory.connections(), settings.networks().prefixes(), this::look);
        contacts = new FirstContacts(memory.contactWords());
        servers = new ServerWatch(memory, names, population, settings.allowed(), seed);
        states = new StateBudget(memory.states());
        watches = new Watch[] {
            new SweepWatch(states),
            new PortSweepWatch(states),
            new GuessingWatch(),
            new FloodWatch(states),
            new ToolWatch(),
            servers,
            indicators,
            new NameWatch(),
            new DeadNameWatch(),
            new LoadWatch(population, seed),
            new SpamWatch(),
            new PeerWatch(states)
        };
        hosts = new HostTable(memory.hosts(), this::forget);
        findings = new InfectedHosts(new HostJudge(List.of(watches)), settings, listener);
        queue = new JudgingQueue(findings);
    }

    /**
     * From now on judges some hosts at each tick instead of all at once, so that whoever calls never waits long. When hosts are
     * judged then depends on when ticks come.
     */
    public void spread() {
        queue.spread();
    }

    /** From now on a listener is told of each judgement on a host, on the thread that calls. */
    public void observe(JudgementListener listener) {
        findings.observe(listener);
    }

    /** Takes over what the operator changed, on the thread that gives the rows. */
    public void apply(AbuseSettings settings) {
        own = new OwnAddresses(settings.networks().prefixes());
        population.apply(settings.networks().prefixes());
        assembler.apply(settings.networks().prefixes());
        allowed = settings.allowed();
        indicators.apply(settings.indicators());
        servers.apply(settings.allowed());
        hosts.someOf(1, host -> {
            host.takeBack();
            host.remembered = host.remembered.without(this::isAllowed);
            for (Watch watch : watches) {
                watch.allow(host, allowed);
            }
        });
        findings.apply(settings, queue::addAtOnce);
        judgeSome();
    }

    /**
     * Takes over what was found before a restart: it counts as if it had been seen then, so that a host is still what it was when it
     * is met again. Only before rows come.
     */
    public void remember(InfectedHost found) {
        long high = found.host().high();
        long low = found.host().low();
        if (!isOwn(high, low)) {
            return;
        }
        Host host = hosts.findOrAdd(
                high, low, names.addressHash(high, low), (int) found.end().getEpochSecond());
        host.remembered = Remembered.of(found).without(this::isAllowed);
        // It is judged as soon as it does anything.
        host.isDirty = true;
    }

    private boolean isAllowed(ServerContact contact) {
        IpAddress address = contact.server().address();
        return allowed.allowsAddress(address.high(), address.low())
                || contact.name().filter(allowed::allowsName).isPresent();
    }

    private void forget(Host host) {
        host.isForgotten = true;
        for (Watch watch : watches) {
            watch.forget(host);
        }
    }

    /** Looks at all rows and events of a batch, whose hashes and relations must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        if (!started && isUsed) {
            clear();
        }
        isUsed = true;
        int size = batch.size;
        boolean arePackets = batch.rows.arePackets();
        long[] times = batch.rows == FlowBatch.Rows.CONNECTIONS ? batch.firstNanos : batch.lastNanos;
        EventBatch events = batch.events;
        int event = 0;
        assembler.fetch(batch);
        // How rows are cut into batches must not matter, so that what came before an event or a minute's end is looked
        // at before.
        int from = 0;
        for (int row = 0; row < size; row++) {
            boolean hasEvent = event < events.size && events.nanos[event] <= times[row];
            if (hasEvent || times[row] >= nextTickNanos) {
                assembler.process(batch, from, row);
                from = row;
                while (event < events.size && events.nanos[event] <= times[row]) {
                    look(events, event++);
                }
            }
            if (times[row] >= nextTickNanos || !started) {
                advance(times[row]);
            }
            nowNanos = Math.max(nowNanos, times[row]);
            if (arePackets) {
                lookAtPacket(batch, row);
            }
            if (batch.destinationPort[row] == MAIL) {
                lookAtMail(batch, row);
            }
        }
        assembler.process(batch, from, size);
        for (; event < events.size; event++) {
            look(events, event);
        }
    }

    /** Forgets all: what comes next has nothing to do with it. */
    private void clear() {
        hosts.someOf(1, this::forget);
        hosts.clear();
        for (Watch watch : watches) {
            watch.clear();
        }
        contacts.clear();
        names.clear();
        population.restart();
        firstContacts = 0;
        answeredContacts = 0;
        isUsed = false;
    }

    private void lookAtPacket(FlowBatch batch, int row) {
        if (ToolWatch.mayBeMarked(batch, row) && isOwn(batch.sourceHigh[row], batch.sourceLow[row])) {
            Host host = hosts.findOrAdd(batch.sourceHigh[row], batch.sourceLow[row], batch.sourceHash[row], (int)
                    (batch.firstNanos[row] / SECOND));
            ToolWatch.note(batch, row, host);
            queue.add(host);
        } else if (PeerWatch.isNoted(batch.payloadHint[row])) {
            Host host = hosts.find(batch.sourceHigh[row], batch.sourceLow[row], batch.sourceHash[row]);
            if (host != null) {
                PeerWatch.note(host);
            }
        }
    }

    /** Mail that others bring makes a host a server of mail. */
    private void lookAtMail(FlowBatch batch, int row) {
        boolean isAnswered = Relation.has(batch.relation[row], Relation.FROM_INITIATOR)
                && Relation.has(batch.relation[row], Relation.ANSWERED);
        if (isAnswered
                && !isOwn(batch.sourceHigh[row], batch.sourceLow[row])
                && isOwn(batch.destinationHigh[row], batch.destinationLow[row])) {
            hosts.findOrAdd(batch.destinationHigh[row], batch.destinationLow[row], batch.destinationHash[row], (int)
                            (batch.firstNanos[row] / SECOND))
                    .isMailServer = true;
        }
    }

    private boolean isOwn(long high, long low) {
        return own.contains(high, low);
    }

    /**
     * First finds all that is known of the hosts and of what they have to do with the others, so that the processor fetches it from
     * memory side by side; then looks at each connection. What is in loops is in methods of their own, since a loop that the compiler
     * has not seen like this before is interpreted to its end.
     */
    private void look(ConnectionBatch batch) {
        long met = 0;
        for (int connection = 0; connection < batch.size; connection++) {
            met += hosts.fetch(batch.initiatorHash[connection]);
        }
        for (int connection = 0; connection < batch.size; connection++) {
            meet(batch, connection);
        }
        for (int connection = 0; connection < batch.size; connection++) {
            met += fetch(batch, connection);
        }
        fetched = met;
        for (int connection = 0; connection < batch.size; connection++) {
            look(batch, connection);
        }
    }

    private void meet(ConnectionBatch batch, int connection) {
        Host host = initiator(batch, connection);
        initiators[connection] = host;
        contactKeys[connection] = Contact.key(
                seed,
                host.hash,
                batch.responderHash[connection],
                batch.responderPort[connection],
                batch.protocol[connection]);
    }

    private long fetch(ConnectionBatch batch, int connection) {
        return contacts.fetch(contactKeys[connection])
                + servers.fetch(contactKeys[connection])
                + indicators.fetch(batch.responderHigh[connection], batch.responderLow[connection]);
    }

    private void look(ConnectionBatch batch, int connection) {
        if (!isGroupAddress(batch.responderHigh[connection], batch.responderLow[connection])
                && !allowed.allowsAddress(batch.responderHigh[connection], batch.responderLow[connection])) {
            Host host = initiators[connection];
            // Where the table is full, another one of this batch may have taken its place.
            look(batch, connection, host.isForgotten ? initiator(batch, connection) : host);
        }
    }

    private Host initiator(ConnectionBatch batch, int connection) {
        return hosts.findOrAdd(
                batch.initiatorHigh[connection], batch.initiatorLow[connection], batch.initiatorHash[connection], (int)
                        (batch.firstNanos[connection] / SECOND));
    }

    private void look(ConnectionBatch batch, int connection, Host host) {
        int seconds = (int) (batch.firstNanos[connection] / SECOND);
        host.lastSeconds = Math.max(host.lastSeconds, (int) (batch.lastNanos[connection] / SECOND));
        population.sees(seconds);
        host.sentPackets += batch.sentPackets[connection];
        contact.host = host;
        contact.port = batch.responderPort[connection];
        contact.protocol = batch.protocol[connection];
        contact.seconds = seconds;
        contact.isInside = isOwn(batch.responderHigh[connection], batch.responderLow[connection]);
        contact.outcome = batch.outcome(connection);
        contact.key = contactKeys[connection];
        contact.isFirst = batch.begins[connection] && contacts.add(contact.key);
        if (contact.isFirst) {
            count(batch, connection, host);
        }
        contact.isOneWay = isBlind();
        if (contact.outcome == Outcome.UNANSWERED && contact.isOneWay) {
            contact.outcome = Outcome.UNKNOWN;
        }
        for (int i = 0; i < watches.length; i++) {
            watches[i].connection(batch, connection, contact);
        }
        queue.add(host);
    }

    private void count(ConnectionBatch batch, int connection, Host host) {
        boolean isAnswered = contact.outcome == Outcome.ANSWERED;
        host.contacts++;
        host.answered += isAnswered ? 1 : 0;
        host.failed += contact.failed() ? 1 : 0;
        host.ordinary += isAnswered && ServicePorts.isKnown(contact.port) ? 1 : 0;
        firstContacts++;
        answeredContacts += isAnswered || contact.outcome == Outcome.REFUSED ? 1 : 0;
        if (contact.port >= ServicePorts.FIRST_USER_PORT
                && !ServicePorts.isKnown(contact.port)
                && Protocols.hasPorts(contact.protocol)) {
            host.peerPorts |= contact.portBit();
        }
        if (contact.port == NAMES) {
            if (contact.isInside) {
                if (isAnswered) {
                    // It may have said nothing else yet, and its clients ask it for the first time only once.
                    hosts.findOrAdd(
                                    batch.responderHigh[connection],
                                    batch.responderLow[connection],
                                    batch.responderHash[connection],
                                    contact.seconds)
                            .isResolver = true;
                }
            } else if (++host.nameServers >= RESOLVES && 2 * host.nameServers > host.contacts) {
                host.isResolver = true;
            }
        }
    }

    /** Whether only one direction is seen: then nobody is ever answered. */
    private boolean isBlind() {
        return firstContacts >= FEWEST_TO_TELL && answeredContacts < BLIND * firstContacts;
    }

    /** Multicast, broadcast, and no address at all. */
    private static boolean isGroupAddress(long high, long low) {
        if (IpAddress.isIpv4(high, low)) {
            int first = (int) (low >>> 24) & 0xff;
            return first >= 224 || first == 0 || (low & 0xff) == 0xff;
        }
        return high >>> 56 == 0xff || high == 0 && low == 0;
    }

    private void look(EventBatch events, int event) {
        if (events.nanos[event] >= nextTickNanos || !started) {
            advance(events.nanos[event]);
        }
        nowNanos = Math.max(nowNanos, events.nanos[event]);
        EventKind kind = events.kind(event);
        if (kind == EventKind.DNS) {
            names.note(events, event);
        }
        if (kind == EventKind.DHCP) {
            lend(events, event);
            return;
        }
        long high = events.initiatorHigh[event];
        long low = events.initiatorLow[event];
        if (!isOwn(high, low)) {
            return;
        }
        if (isAllowed(events, event, kind)) {
            return;
        }
        int seconds = (int) (events.nanos[event] / SECOND);
        Host host = hosts.findOrAdd(high, low, names.addressHash(high, low), seconds);
        host.lastSeconds = Math.max(host.lastSeconds, seconds);
        population.sees(seconds);
        host.asksNames |= kind == EventKind.DNS && (events.flags[event] & EventBatch.RESPONSE) != 0;
        for (Watch watch : watches) {
            watch.event(events, event, host);
        }
        queue.add(host);
    }

    /** Whether an event is about what the operator says means nothing. Who answers names is not what they are about. */
    private boolean isAllowed(EventBatch events, int event, EventKind kind) {
        if (kind != EventKind.DNS && allowed.allowsAddress(events.responderHigh[event], events.responderLow[event])) {
            return true;
        }
        int length = events.textLength(event, Text.NAME);
        if (length == 0 || kind != EventKind.DNS && kind != EventKind.HTTP && kind != EventKind.TLS_CLIENT_HELLO) {
            return false;
        }
        events.copyText(event, Text.NAME, text, 0);
        return allowed.allowsName(text, 0, length);
    }

    private void lend(EventBatch events, int event) {
        if (events.addresses(event) == 0 || !isOwn(events.addressHigh(event, 0), events.addressLow(event, 0))) {
            return;
        }
        long high = events.addressHigh(event, 0);
        long low = events.addressLow(event, 0);
        Host host = hosts.findOrAdd(high, low, names.addressHash(high, low), (int) (events.nanos[event] / SECOND));
        if (host.identity == null) {
            host.identity = new IdentityState();
        }
        host.identity.lent(
                events.nanos[event],
                events.code[event] & 0xffff_ffffL,
                events.text(event, Text.DETAIL),
                events.text(event, Text.NAME));
    }

    /**
     * Lets time go on though no rows come.
     *
     * @param time in nanoseconds since 1970
     */
    public void tick(long time) {
        if (started) {
            assembler.tick(time);
            if (time >= nextTickNanos) {
                advance(time);
            } else {
                judgeSome();
            }
        }
    }

    private void advance(long time) {
        if (started) {
            nowNanos = Math.max(nowNanos, time);
            queue.endMinute();
            findings.overdue(nowNanos, queue::addAtOnce);
            if (!queue.isAnyDue()) {
                settle();
            }
            judgeSome();
        }
        started = true;
        nextTickNanos = (Math.floorDiv(Math.max(time, nowNanos), TICK_NANOS) + 1) * TICK_NANOS;
    }

    private void judgeSome() {
        population.counts(hosts.size());
        if (queue.judge(nowNanos)) {
            settle();
        }
    }

    private void judgeAll() {
        queue.endMinute();
        while (queue.isAnyDue()) {
            judgeSome();
        }
    }

    /** All that were due are judged. */
    private void settle() {
        hosts.someOf(TIDIES, host -> {
            for (Watch watch : watches) {
                watch.tidy(host, nowNanos);
            }
        });
        findings.tick(nowNanos, queue.takeToldChanged());
    }

    /** Judges what is there and tells of it: the input is at its end, or its clock jumped. */
    public void finish() {
        if (!started) {
            return;
        }
        assembler.finish();
        judgeAll();
        findings.finish(nowNanos);
        started = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    /** How often something had to be forgotten because a table was full. */
    public long evicted() {
        return assembler.evicted() + hosts.evicted() + servers.evicted() + states.refused() + findings.untold();
    }
}
