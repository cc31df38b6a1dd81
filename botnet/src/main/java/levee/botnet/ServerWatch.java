package levee.botnet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import levee.detection.MemoryBudget;
import levee.indicator.AllowTable;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.Hashing;
import levee.telemetry.TcpFlags;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which hosts come back to which servers, and asks what it means: {@link DeadServers}, {@link Beacons}, {@link LastingConnections}
 * and {@link Chats}. Each by itself is what many harmless programs do, too; {@link ServerContext} tells them apart.
 */
final class ServerWatch implements Watch {
    private static final long SECOND = 1_000_000_000L;

    /** Of a pair that means nothing whatever it looks like. */
    static final double NOTHING = -1;

    private static final int SECURE_WEB = 443;

    /** For each pair that has a place so many others are watched in passing. */
    private static final int SKETCHED = 8;

    /** A look at a server far away in memory takes long: one in so many contacts of who has no place is worth one. */
    private static final int VISITS_PER_LOOK = 16;

    /** TLS 1.1; nothing that is kept up to date offers less than 1.2 (RFC 8996). */
    private static final int OLD_TLS = 0x302;

    private final PairTable pairs;
    private final RemoteTable remotes = new RemoteTable();
    private final NamedConnections connections = new NamedConnections();
    private final ChatNewcomers newcomers = new ChatNewcomers();
    private final Chats chats = new Chats(newcomers);
    private final ServerContext contexts;
    private final DeadServers dead;
    private final Beacons beacons;
    private final MemoryBudget logs;
    private final PairSketch sketch;
    private final NameCache names;
    private final long seed;
    private AllowTable allowed;
    private final Population population;
    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    ServerWatch(BotMemory memory, NameCache names, Population population, AllowTable allowed, long seed) {
        this.allowed = allowed;
        this.names = names;
        this.population = population;
        this.seed = seed;
        contexts = new ServerContext(population);
        dead = new DeadServers(population);
        beacons = new Beacons(population);
        pairs = new PairTable(memory.pairs(), ServerWatch::let);
        logs = new MemoryBudget(memory.logBytes());
        sketch = new PairSketch(SKETCHED * memory.pairs());
    }

    void apply(AllowTable other) {
        allowed = other;
    }

    /** Whether the operator says that a server means nothing, by its address or by its name. */
    private boolean isAllowed(Remote remote, @Nullable String name) {
        return allowed.allowsAddress(remote.high, remote.low) || name != null && allowed.allowsName(name);
    }

    /** Servers of one's own are no masters, dead or alive; but a proxy stands for whom one asks it for. */
    private boolean isInside(Remote remote) {
        return remote.name == null && population.isInside(remote.high, remote.low);
    }

    long evicted() {
        return pairs.evicted();
    }

    @Override
    public void clear() {
        pairs.clear();
        remotes.clear();
        newcomers.clear();
        connections.clear();
        sketch.clear();
    }

    private static void let(Pair pair) {
        pair.remote.forget(pair.host);
        pair.log.release();
        ServerState state = pair.host.servers;
        if (state != null) {
            state.pairs.remove(pair);
        }
    }

    @Override
    public void forget(Host host) {
        ServerState state = host.servers;
        if (state != null) {
            // What comes back is another host to the table of hosts, and must not be counted on this one.
            for (Pair pair : List.copyOf(state.pairs)) {
                pairs.remove(pair);
            }
        }
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (!Protocols.hasPorts(contact.protocol)
                || ServicePorts.isHousekeeping(contact.port, contact.protocol)
                || ServicePorts.sharesFiles(contact.port)
                || batch.samplingRate[connection] > 1) {
            return;
        }
        long key = contact.key;
        if (batch.begins[connection]) {
            connections.told(
                    connectionKey(
                            contact.host.hash,
                            batch.responderHash[connection],
                            batch.initiatorPort[connection],
                            contact.port),
                    batch.sentBytes[connection]);
        }
        Pair pair = pairs.find(key);
        if (pair == null) {
            if (!findsPlace(key, contact.seconds, batch.begins[connection], contact.failed())) {
                // Once is enough; but the first time nobody may have come back to the server yet.
                if (contact.isFirst || (contact.host.hash + contact.seconds & VISITS_PER_LOOK - 1) == 0) {
                    visit(
                            remoteKey(batch.responderHash[connection], contact.port, contact.protocol),
                            contact.host,
                            contact.seconds);
                }
                return;
            }
            pair = beginAddress(
                    key,
                    contact.host,
                    batch.responderHigh[connection],
                    batch.responderLow[connection],
                    contact.port,
                    contact.protocol,
                    batch.firstNanos[connection]);
        }
        list(pair);
        count(batch, connection, contact, pair);
    }

    /** Reads what is known of a host and a server, so that it is at hand when it is needed; what is returned means nothing. */
    long fetch(long key) {
        return pairs.fetch(key) + (pairs.hasPlenty() ? 0 : sketch.fetch(key));
    }

    /** While there is plenty of room everybody gets some; then only who shows a beat or a dead server. */
    private boolean findsPlace(long key, int seconds, boolean begins, boolean hasFailed) {
        return pairs.hasPlenty() ? begins : sketch.note(key, seconds, hasFailed);
    }

    /** Of servers to which others come back it is told how many come at all. */
    private void visit(long remoteKey, Host host, int seconds) {
        Remote remote = remotes.find(remoteKey);
        if (remote != null) {
            remote.visit(host, seconds);
        }
    }

    private long remoteKey(long address, int port, int protocol) {
        return Hashing.hash(seed, address, port, protocol);
    }

    /** Who is met again is looked at again, though very many others were met meanwhile. */
    private static void list(Pair pair) {
        ServerState state = pair.host.servers;
        if (!pair.isListed && state != null) {
            state.add(pair);
        }
    }

    /** With an address as a server of its own. */
    private Pair beginAddress(long key, Host host, long high, long low, int port, int protocol, long nanos) {
        long remote = remoteKey(names.addressHash(high, low), port, protocol);
        int seconds = (int) (nanos / SECOND);
        return begin(key, host, remotes.findOrAdd(remote, high, low, port, protocol, null, seconds), nanos);
    }

    private Pair begin(long key, Host host, Remote remote, long nanos) {
        Pair pair = new Pair(key, host, remote, nanos, logs);
        ServerState state = host.servers;
        if (state == null) {
            state = new ServerState();
            host.servers = state;
        }
        state.add(pair);
        remote.add(host);
        pairs.add(pair);
        return pair;
    }

    private void count(ConnectionBatch batch, int connection, Contact contact, Pair pair) {
        long seconds = (batch.lastNanos[connection] - batch.firstNanos[connection]) / SECOND;
        pair.lastNanos = Math.max(pair.lastNanos, batch.lastNanos[connection]);
        pair.lasts(seconds, batch.begins[connection]);
        pair.remote.lastSeconds = Math.max(pair.remote.lastSeconds, contact.seconds);
        if (!batch.begins[connection]) {
            contact.host.isDirty |= LastingConnections.mayTell(contact.host, pair);
            return;
        }
        pair.attempts++;
        switch (contact.outcome) {
            case ANSWERED -> pair.answered++;
            case REFUSED -> pair.refused++;
            case UNANSWERED -> pair.unanswered++;
            case UNKNOWN -> {}
        }
        if (contact.isFirst
                && contact.outcome == Outcome.ANSWERED
                && !contact.isInside
                && contact.protocol == Protocols.TCP
                && (batch.sentFlags[connection] & TcpFlags.SYN) != 0
                && ServicePorts.isChat(contact.port)) {
            newcomers.add(contact.host, batch.firstNanos[connection]);
            contact.host.isDirty = true;
        }
        pair.log.add(contact.seconds, batch.sentBytes[connection]);
        pair.examples.add(batch, connection);
        contact.host.isDirty |= pair.attempts >= DeadServers.FEWEST || LastingConnections.mayTell(contact.host, pair);
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        EventKind kind = batch.kind(event);
        switch (kind) {
            case IRC -> chat(batch, event, host);
            case TLS_CLIENT_HELLO -> {
                boolean isNamed = batch.textLength(event, Text.NAME) > 0;
                Pair pair = pair(batch, event, host, !isNamed || pairs.hasPlenty());
                if (pair != null) {
                    pair.namedHellos += isNamed ? 1 : 0;
                    pair.namelessHellos += isNamed ? 0 : 1;
                    pair.oldHellos += batch.type[event] != 0 && batch.type[event] <= OLD_TLS ? 1 : 0;
                    host.isDirty |= !isNamed;
                }
                named(batch, event, host);
            }
            case HTTP -> {
                if ((batch.flags[event] & EventBatch.REQUEST) != 0) {
                    requested(batch, event, host);
                }
            }
            case DNS, TLS_SERVER_HELLO, SMTP, SSH, DHCP -> {}
        }
    }

    /** The address as a server of its own; it may not be known yet, since connections are told of when they are over. */
    private @Nullable Pair pair(EventBatch batch, int event, Host host, boolean begins) {
        long responder = names.addressHash(batch.responderHigh[event], batch.responderLow[event]);
        int port = batch.responderPort[event];
        int protocol = protocol(batch, event);
        if (ServicePorts.isHousekeeping(port, protocol)) {
            return null;
        }
        long key = Contact.key(seed, host.hash, responder, port, protocol);
        Pair pair = pairs.find(key);
        if (pair == null && begins) {
            pair = beginAddress(
                    key,
                    host,
                    batch.responderHigh[event],
                    batch.responderLow[event],
                    port,
                    protocol,
                    batch.nanos[event]);
            pair.examples.add(batch, event, (byte) protocol);
        }
        return pair;
    }

    /** What programs of people do not do: asking nobody by name, and speaking in clear where all others encrypt. */
    private void requested(EventBatch batch, int event, Host host) {
        boolean isNamed = batch.textLength(event, Text.NAME) > 0;
        boolean isClear = batch.responderPort[event] == SECURE_WEB && batch.type[event] == 0;
        if (!isNamed || isClear) {
            Pair pair = pair(batch, event, host, true);
            if (pair != null) {
                pair.oddRequests++;
            }
        }
        if (isNamed) {
            named(batch, event, host);
        }
    }

    private void chat(EventBatch batch, int event, Host host) {
        Pair pair = pair(batch, event, host, true);
        if (pair != null) {
            if (pair.chatMessages++ == 0) {
                newcomers.add(host, batch.nanos[event]);
            }
            pair.lastNanos = Math.max(pair.lastNanos, batch.nanos[event]);
            host.isDirty = true;
        }
    }

    /** A server by the name that the host gave: behind one address there may be many, and one may have many addresses. */
    private void named(EventBatch batch, int event, Host host) {
        if (Addresses.isBare(batch, event)) {
            return;
        }
        int length = batch.textLength(event, Text.NAME);
        batch.copyText(event, Text.NAME, text, 0);
        names.note(batch, event, batch.responderHigh[event], batch.responderLow[event]);
        long name = nameHash(text, length);
        int port = batch.responderPort[event];
        long key = Hashing.hash(seed, host.hash, name, port);
        Pair pair = pairs.find(key);
        if (pair == null) {
            int seconds = (int) (batch.nanos[event] / SECOND);
            long remoteKey = Hashing.hash(seed, name, port, 0);
            if (!findsPlace(key, seconds, true, false)) {
                visit(remoteKey, host, seconds);
                return;
            }
            Remote remote = remotes.findOrAdd(
                    remoteKey,
                    batch.responderHigh[event],
                    batch.responderLow[event],
                    port,
                    protocol(batch, event),
                    batch.text(event, Text.NAME),
                    seconds);
            pair = begin(key, host, remote, batch.nanos[event]);
        }
        if (pair.isSameConnection(batch.initiatorPort[event], batch.nanos[event])
                && batch.kind(event) == EventKind.TLS_CLIENT_HELLO) {
            // A proxy was asked for it just now.
            return;
        }
        pair.attempts++;
        pair.answered++;
        pair.namedHellos += batch.kind(event) == EventKind.TLS_CLIENT_HELLO ? 1 : 0;
        pair.lastNanos = Math.max(pair.lastNanos, batch.nanos[event]);
        // Until it is known how much was sent, how long the request is.
        pair.log.add((int) (batch.nanos[event] / SECOND), batch.textLength(event, Text.MORE));
        connections.asks(
                connectionKey(
                        host.hash,
                        names.addressHash(batch.responderHigh[event], batch.responderLow[event]),
                        batch.initiatorPort[event],
                        port),
                pair);
        pair.examples.add(batch, event, (byte) Protocols.TCP);
        host.isDirty |= pair.attempts >= Beacons.FEWEST;
    }

    private long connectionKey(long host, long responder, int initiatorPort, int port) {
        return Hashing.hash(seed, host, responder, initiatorPort << 16 | port);
    }

    private long nameHash(byte[] bytes, int length) {
        long hash = seed;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes[i]) * 0x0000_0100_0000_01b3L;
        }
        return Hashing.hash(seed, hash, length);
    }

    /** Of an event whose protocol is not known. */
    private static int protocol(EventBatch batch, int event) {
        return batch.protocol[event] == 0 ? Protocols.TCP : batch.protocol[event];
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        ServerState state = host.servers;
        if (state == null) {
            return;
        }
        List<Sign> found = new ArrayList<>();
        for (Pair pair : state.pairs) {
            judge(host, pair, nowNanos, found);
        }
        if (found.isEmpty()) {
            return;
        }
        for (BehaviourKind kind : List.of(
                BehaviourKind.DEAD_COMMAND_SERVER,
                BehaviourKind.BEACONING,
                BehaviourKind.LONG_CONNECTION,
                BehaviourKind.IRC)) {
            found.stream()
                    .filter(sign -> sign.kind() == kind)
                    .sorted(Comparator.comparing(Sign::weight).reversed())
                    // Who keeps a beat with one maker's servers does so with others'.
                    .limit(kind == BehaviourKind.BEACONING ? 1 : 2)
                    .reduce(ServerWatch::both)
                    .ifPresent(signs);
        }
    }

    /** Adds what one server shows, and notes how interesting that makes it. */
    private void judge(Host host, Pair pair, long nowNanos, List<Sign> found) {
        String name = name(pair.remote);
        if (isAllowed(pair.remote, name) || isInside(pair.remote)) {
            pair.interest = NOTHING;
            return;
        }
        double context = contexts.judge(host, pair, name);
        pair.interest = 0;
        for (Optional<Sign> sign : List.of(
                dead.judge(host, pair, context, nowNanos),
                beacons.judge(pair, context, nowNanos),
                LastingConnections.judge(host, pair, context),
                chats.judge(pair))) {
            if (sign.isPresent()) {
                pair.interest += sign.get().weight();
                found.add(sign.get());
            }
        }
    }

    /** What hosts call a server, or else by which name they found it. */
    private @Nullable String name(Remote remote) {
        return remote.name != null
                ? remote.name
                : names.name(remote.high, remote.low).orElse(null);
    }

    /** A second server of the same kind adds something, but not as much as if nothing connected them. */
    private static Sign both(Sign best, Sign second) {
        List<Evidence> evidence = new ArrayList<>(best.evidence());
        evidence.addAll(second.evidence());
        return new Sign(
                best.kind(),
                best.weight() + 0.25 * second.weight(),
                Math.min(best.firstNanos(), second.firstNanos()),
                Math.max(best.lastNanos(), second.lastNanos()),
                evidence,
                best.examples());
    }
}
