package levee.botnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
 * Hosts that come back to a server as bots come back to their masters: in a regular beat, again and again though nobody
 * answers, on connections that stay open for hours, over chat. Each by itself is what many harmless programs do; where, by which name, and
 * who else does it tells them apart.
 */
final class ServerWatch implements Watch {
    private static final long SECOND = 1_000_000_000L;

    /** Of a pair that means nothing whatever it looks like. */
    static final double NOTHING = -1;

    private static final int FEWEST_DEAD = 10;
    private static final long SHORTEST_DEAD_NANOS = 600 * SECOND;
    private static final int FEWEST_BEATS = 12;
    private static final double REGULAR = 0.75;
    private static final double CONCENTRATED = 0.5;

    /** Programs of people ask once a minute, or keep a connection. */
    private static final double HASTY_SECONDS = 15;

    private static final int MANY_BEATS = 100;
    private static final int SHORT_SECONDS = 900;
    private static final int SECURE_WEB = 443;
    private static final int BUSY = 150;
    private static final int MANY_HOSTS = 100;
    private static final double RARE = 0.02;
    private static final int NEW_SECONDS = 3_600;
    private static final double NEW_SHARE = 0.2;
    private static final int LONG_SECONDS = 3_600;

    /** TLS 1.1; nothing that is kept up to date offers less than 1.2 (RFC 8996). */
    private static final int OLD_TLS = 0x302;

    /** Until so long after the beginning of watching nobody knows who had asked for a name before. */
    private static final int NAMES_SETTLE_SECONDS = 60;

    private final PairTable pairs;
    private final RemoteTable remotes = new RemoteTable();
    private final NamedConnections connections = new NamedConnections();
    private final ChatNewcomers newcomers = new ChatNewcomers();
    private final MemoryBudget logs;
    private final FirstContacts met;
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
        pairs = new PairTable(memory.pairs(), ServerWatch::let);
        logs = new MemoryBudget(memory.logBytes());
        met = new FirstContacts(memory.contactWords());
    }

    void apply(AllowTable other) {
        allowed = other;
    }

    /** Whether the operator says that a server means nothing, by its address or by its name. */
    private boolean isAllowed(Pair pair) {
        Remote remote = pair.remote;
        if (allowed.allowsAddress(remote.high, remote.low)) {
            return true;
        }
        Optional<String> name = remote.name().or(() -> names.name(remote.high, remote.low));
        if (name.isEmpty()) {
            return false;
        }
        byte[] bytes = name.get().getBytes(ISO_8859_1);
        return allowed.allowsName(bytes, 0, bytes.length);
    }

    /** Servers of one's own are no masters, dead or alive; but a proxy stands for whom one asks it for. */
    private boolean isInside(Pair pair) {
        return pair.remote.name == null && population.isInside(pair.remote.high, pair.remote.low);
    }

    long evicted() {
        return pairs.evicted();
    }

    void clear() {
        pairs.clear();
        remotes.clear();
        newcomers.clear();
        connections.clear();
        met.clear();
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
            if (!batch.begins[connection] || contact.isFirst && !pairs.hasPlenty()) {
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

    /** Who is met again is looked at again, though very many others were met meanwhile. */
    private static void list(Pair pair) {
        ServerState state = pair.host.servers;
        if (!pair.isListed && state != null) {
            state.add(pair);
        }
    }

    /** With an address as a server of its own. */
    private Pair beginAddress(long key, Host host, long high, long low, int port, int protocol, long nanos) {
        long remoteKey = Hashing.hash(seed, names.addressHash(high, low), port, protocol);
        int seconds = (int) (nanos / SECOND);
        return begin(key, host, remotes.findOrAdd(remoteKey, high, low, port, protocol, null, seconds), nanos);
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
            contact.host.isDirty |= pair.longestSeconds() >= LONG_SECONDS;
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
        contact.host.isDirty |= pair.attempts >= FEWEST_DEAD || pair.longestSeconds() >= LONG_SECONDS;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        EventKind kind = batch.kind(event);
        switch (kind) {
            case IRC -> chat(batch, event, host);
            case TLS_CLIENT_HELLO -> {
                Pair pair = pair(batch, event, host);
                boolean isNamed = batch.textLength(event, Text.NAME) > 0;
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
    private @Nullable Pair pair(EventBatch batch, int event, Host host) {
        long responder = names.addressHash(batch.responderHigh[event], batch.responderLow[event]);
        int port = batch.responderPort[event];
        int protocol = batch.protocol[event] == 0 ? Protocols.TCP : batch.protocol[event];
        if (ServicePorts.isHousekeeping(port, protocol)) {
            return null;
        }
        long key = Hashing.hash(seed, host.hash, responder, port << 8 | protocol & 0xff);
        Pair pair = pairs.find(key);
        if (pair == null) {
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
            Pair pair = pair(batch, event, host);
            if (pair != null) {
                pair.oddRequests++;
            }
        }
        if (isNamed) {
            named(batch, event, host);
        }
    }

    private void chat(EventBatch batch, int event, Host host) {
        Pair pair = pair(batch, event, host);
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
        int length = batch.textLength(event, Text.NAME);
        if (length == 0) {
            return;
        }
        batch.copyText(event, Text.NAME, text, 0);
        if (isAddress(text, length)) {
            return;
        }
        names.note(batch, event, batch.responderHigh[event], batch.responderLow[event]);
        long name = nameHash(text, length);
        int port = batch.responderPort[event];
        long key = Hashing.hash(seed, host.hash, name, port);
        Pair pair = pairs.find(key);
        if (pair == null) {
            if (!pairs.hasPlenty() && met.add(key)) {
                return;
            }
            Remote remote = remotes.findOrAdd(
                    Hashing.hash(seed, name, port, 0),
                    batch.responderHigh[event],
                    batch.responderLow[event],
                    port,
                    batch.protocol[event] == 0 ? Protocols.TCP : batch.protocol[event],
                    batch.text(event, Text.NAME),
                    (int) (batch.nanos[event] / SECOND));
            pair = begin(key, host, remote, batch.nanos[event]);
        }
        if (pair.isSameConnection(batch.initiatorPort[event], batch.nanos[event])
                && batch.kind(event) == EventKind.TLS_CLIENT_HELLO) {
            // A proxy was asked for it just now.
            return;
        }
        pair.attempts++;
        pair.answered++;
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
        host.isDirty |= pair.attempts >= FEWEST_BEATS;
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

    private static boolean isAddress(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if ((b < '0' || b > '9') && b != '.' && b != ':') {
                return b == '[' && i == 0;
            }
        }
        return true;
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        ServerState state = host.servers;
        if (state == null) {
            return;
        }
        List<Sign> found = new ArrayList<>();
        for (Pair pair : state.pairs) {
            if (isAllowed(pair) || isInside(pair)) {
                pair.interest = NOTHING;
                continue;
            }
            double context = context(host, pair);
            int before = found.size();
            dead(host, pair, context, nowNanos, found);
            regular(pair, context, nowNanos, found);
            lasting(pair, context, found);
            chatting(pair, found);
            pair.interest = 0;
            for (Sign sign : found.subList(before, found.size())) {
                pair.interest += sign.weight();
            }
        }
        for (BehaviourKind kind : List.of(
                BehaviourKind.DEAD_COMMAND_SERVER,
                BehaviourKind.BEACONING,
                BehaviourKind.LONG_CONNECTION,
                BehaviourKind.IRC)) {
            found.stream()
                    .filter(sign -> sign.kind() == kind)
                    .sorted(Comparator.comparing(Sign::weight).reversed())
                    .limit(2)
                    .reduce(ServerWatch::both)
                    .ifPresent(signs);
        }
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

    /** What port, name and company say of a server, in decibans. */
    private double context(Host host, Pair pair) {
        int port = pair.remote.port;
        double context = 0;
        Optional<String> name = pair.remote.name().or(() -> names.name(pair.remote.high, pair.remote.low));
        boolean isDynamic = name.isPresent() && DynamicNames.holds(name.get());
        if (ServicePorts.isRemoteControl(port)) {
            context += 8;
        } else if (ServicePorts.isWeb(port)) {
            context -= 5;
        } else if (ServicePorts.isPolled(port)) {
            context -= 8;
        } else if (ServicePorts.isKnown(port)) {
            context -= 3;
        } else {
            context += 4;
        }
        if (isDynamic) {
            context += 11;
        } else if (name.isPresent() && Pollers.holds(name.get())) {
            context -= 12;
        } else if (pair.remote.name != null) {
            context -= 2;
        } else if (name.isPresent()) {
            context -= 3;
        } else if (host.asksNames && pair.firstNanos / SECOND > host.firstSeconds + NAMES_SETTLE_SECONDS) {
            context += 4;
        }
        // Of very many services some are dead or odd by chance: behind one address there may be a hundred people.
        context -= Decibans.growing(host.ordinary, BUSY, 8, 20);
        int others = healthyOthers(host, pair.remote);
        // Among many hosts a few that have the same server need not be healthy ones.
        boolean isRare = population.hosts() >= MANY_HOSTS && others <= RARE * population.hosts();
        // Nobody knew it when watching began, and then one after the other comes: so do infections spread.
        boolean isNew = pair.failed() < 0.5 * pair.attempts
                && pair.remote.firstSeconds - population.startSeconds() > NEW_SECONDS;
        double perDoubling = isRare ? 2 : isNew && others <= NEW_SHARE * population.hosts() ? 1 : 6;
        return context + (isNew ? 2 : 0) - perDoubling * Math.log(1.0 + others) / Math.log(2);
    }

    /** Others that come to the same server and show nothing else: who has such company is probably none. */
    private static int healthyOthers(Host host, Remote remote) {
        int healthy = Math.max(0, remote.hostCount() - remote.hosts().size());
        for (Host other : remote.hosts()) {
            healthy += other.equals(host) || showsMore(other) ? 0 : 1;
        }
        return healthy;
    }

    /** Whether a host shows what no server explains. */
    private static boolean showsMore(Host host) {
        for (BehaviourKind kind : host.signs().keySet()) {
            switch (kind) {
                case SCANNING,
                        BRUTE_FORCE,
                        FLOODING,
                        SPAM,
                        SCAN_TOOL_FINGERPRINT,
                        KNOWN_INDICATOR,
                        DGA,
                        DNS_TUNNEL,
                        PEER_TO_PEER,
                        LOADING -> {
                    return true;
                }
                case BEACONING, DEAD_COMMAND_SERVER, LONG_CONNECTION, IRC -> {}
            }
        }
        return false;
    }

    private void dead(Host host, Pair pair, double context, long nowNanos, List<Sign> signs) {
        boolean isOffline = host.answered == 0 && host.contacts > 3;
        if (isOffline
                || pair.attempts < FEWEST_DEAD
                || pair.failed() < 0.5 * pair.attempts
                || pair.lastNanos - pair.firstNanos < SHORTEST_DEAD_NANOS) {
            return;
        }
        BeaconScore score = pair.score(population.startSeconds(), (int) (nowNanos / SECOND));
        boolean isBeat = score.time() >= REGULAR && score.concentration() >= CONCENTRATED;
        double weight = 8
                + Decibans.growing(pair.failed(), FEWEST_DEAD, 9, 22)
                + (pair.answered == 0 ? 3 : 0)
                + (isBeat ? 5 : 0)
                + context;
        if (weight <= 0) {
            return;
        }
        signs.add(new Sign(
                BehaviourKind.DEAD_COMMAND_SERVER,
                weight,
                pair.firstNanos,
                pair.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "called %s %,d times within %,d min%s; %,d calls were not answered, %,d were refused",
                                title(pair),
                                pair.attempts,
                                (pair.lastNanos - pair.firstNanos) / (60 * SECOND),
                                isBeat
                                        ? String.format(
                                                Locale.ROOT, ", every %,.0f s as a rule", score.medianGapSeconds())
                                        : "",
                                pair.unanswered,
                                pair.refused),
                        pair.failed(),
                        FEWEST_DEAD,
                        "failed connections to one address and port, over 10 min at least")),
                pair.examples.list()));
    }

    private void regular(Pair pair, double context, long nowNanos, List<Sign> signs) {
        if (pair.attempts < FEWEST_BEATS || pair.answered < FEWEST_BEATS / 2) {
            return;
        }
        BeaconScore score = pair.score(population.startSeconds(), (int) (nowNanos / SECOND));
        if (score.contacts() < FEWEST_BEATS
                || score.score() < REGULAR
                || score.concentration() < CONCENTRATED
                || score.time() < REGULAR) {
            return;
        }
        boolean isOdd = pair.oddRequests >= FEWEST_BEATS / 2;
        boolean isHasty = score.medianGapSeconds() <= HASTY_SECONDS && score.contacts() >= MANY_BEATS;
        // Whoever plays, chats or listens keeps a beat, too, but not for hours.
        long span = (pair.lastNanos - pair.firstNanos) / SECOND;
        double weight = 2
                + 36 * (score.score() - REGULAR)
                + Decibans.growing(score.contacts(), 3 * FEWEST_BEATS, 5, 8)
                + Decibans.growing(span, SHORT_SECONDS, 4, 7)
                + (isOdd ? 7 : 0)
                + (isHasty && span >= LONG_SECONDS ? 5 : 0)
                + context;
        if (weight <= 0) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        if (isOdd) {
            evidence.add(new Evidence(
                    "asked " + title(pair)
                            + " over HTTP without naming whom it wants, or in clear at a port for encryption",
                    pair.oddRequests,
                    FEWEST_BEATS / 2,
                    "HTTP requests without Host, or at port 443"));
        }
        evidence.addAll(List.of(
                new Evidence(
                        String.format(
                                Locale.ROOT,
                                "came to %s %,d times, every %,.0f s as a rule; %.0f %% of the gaps are within 30 %% of"
                                        + " that",
                                title(pair),
                                pair.attempts,
                                score.medianGapSeconds(),
                                100 * score.concentration()),
                        score.contacts(),
                        FEWEST_BEATS,
                        pair.log.isComplete() ? "all contacts of the last day" : "the latest contacts"),
                new Evidence(
                        String.format(
                                Locale.ROOT,
                                "regular in time %.2f, in size %.2f, over the day %.2f, for how long %.2f; together"
                                        + " %.2f of 1",
                                score.time(),
                                score.size(),
                                score.histogram(),
                                score.duration(),
                                score.score()),
                        score.score(),
                        REGULAR,
                        "components of RITA v5"),
                new Evidence(
                        "own hosts that come to the same server: " + pair.remote.hostCount(),
                        pair.remote.hostCount(),
                        1,
                        "distinct hosts")));
        signs.add(new Sign(
                BehaviourKind.BEACONING, weight, pair.firstNanos, pair.lastNanos, evidence, pair.examples.list()));
    }

    private static void lasting(Pair pair, double context, List<Sign> signs) {
        boolean isNameless = pair.namelessHellos > 0 && pair.namedHellos == 0;
        boolean isOdd = !ServicePorts.isKnown(pair.remote.port) && pair.remote.port < 49_152;
        boolean isLong = pair.longestSeconds() >= LONG_SECONDS && pair.remote.protocol == Protocols.TCP;
        if (!isLong && !(isNameless && isOdd)) {
            return;
        }
        double weight = context
                + (isLong ? 3 + Decibans.growing(pair.longestSeconds(), LONG_SECONDS, 7, 8) : 0)
                + (isNameless && isOdd ? 15 : 0)
                + (isNameless && isOdd && pair.oldHellos > 0 ? 2 : 0);
        if (weight <= 0) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        if (isLong) {
            evidence.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "held a connection to %s for %,d min",
                            title(pair),
                            pair.longestSeconds() / 60),
                    pair.longestSeconds() / 60.0,
                    LONG_SECONDS / 60.0,
                    "duration of one connection in minutes"));
        }
        if (isNameless && isOdd) {
            evidence.add(new Evidence(
                    "speaks TLS to " + title(pair) + ", a port of no known service, without saying whom it wants",
                    pair.namelessHellos,
                    1,
                    "client hellos without server name"));
        }
        signs.add(new Sign(
                BehaviourKind.LONG_CONNECTION,
                weight,
                pair.firstNanos,
                pair.lastNanos,
                evidence,
                pair.examples.list()));
    }

    private void chatting(Pair pair, List<Sign> signs) {
        boolean isChatPort = ServicePorts.isChat(pair.remote.port) && pair.remote.protocol == Protocols.TCP;
        int together = isChatPort || pair.chatMessages > 0 ? newcomers.around(pair.host, pair.firstNanos) : 0;
        if (pair.chatMessages == 0 && !(isChatPort && (pair.attempts >= 3 || together >= 2))) {
            return;
        }
        // Hardly anybody chats over IRC any more, but for bots.
        double weight = pair.chatMessages > 0 ? 21 : 8;
        // In an ordinary network few chat, and do not begin at the same time.
        weight += together >= 2 ? 8 * Math.log(together) / Math.log(2) : 0;
        weight += pair.chatMessages > 0 && !isChatPort ? 6 : 0;
        weight += pair.failed() >= 3 ? 3 : 0;
        signs.add(new Sign(
                BehaviourKind.IRC,
                weight,
                pair.firstNanos,
                pair.lastNanos,
                List.of(new Evidence(
                        together >= 2
                                ? "began to talk to " + title(pair) + ", as " + (together - 1)
                                        + " other own hosts began to chat within ten minutes of it"
                                : pair.chatMessages > 0
                                        ? "said " + pair.chatMessages + " IRC commands to " + title(pair)
                                        : "came " + pair.attempts + " times to " + title(pair) + ", a port of IRC",
                        Math.max(pair.chatMessages, pair.attempts),
                        1,
                        pair.chatMessages > 0 ? "commands of RFC 2812" : "port")),
                pair.examples.list()));
    }

    private static String title(Pair pair) {
        String endpoint = pair.remote.endpoint().toString();
        return pair.remote.name == null ? endpoint : pair.remote.name + " (" + endpoint + ")";
    }
}
