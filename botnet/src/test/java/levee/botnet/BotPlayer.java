package levee.botnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.ConnectionTable;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;

/** Writes rows and events in the order of time, shows them to a {@link BotDetector}, and keeps what it tells. */
final class BotPlayer {
    static final long SECOND = 1_000_000_000L;

    /** A full hour, so that hours of the day are easy to count. */
    static final long BEGIN = 1_772_002_800L * SECOND;

    static final OwnNetworks OWN = OwnNetworks.of(List.of(Prefix.parse("10.1.0.0/16"), Prefix.parse("2001:db8::/32")));
    static final BotMemory MEMORY = new BotMemory(1 << 12, 1 << 12, 1 << 14, 1 << 14, 8L << 20, 1 << 16);

    static final String KNOWN_BAD = "203.0.113.66";
    static final int KNOWN_BAD_PORT = 4_443;

    /** What a session of a few words looks like. */
    private static final int FULL = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN;

    final List<FindingEvent> events = new ArrayList<>();
    final BotDetector detector;
    private final Rows kind;
    private final ConnectionTable connections;
    private final FlowBatch batch;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private int nextPort = 30_000;
    int samplingRate = 1;
    byte hint;

    BotPlayer() {
        this(Rows.CONNECTIONS);
    }

    BotPlayer(Rows kind) {
        this(kind, AbuseSettings.of(OWN).with(AllowTable.NOTHING, known()));
    }

    BotPlayer(Rows kind, AbuseSettings settings) {
        this(kind, settings, MEMORY, 0x5eed_5eed_5eed_5eedL, 64);
    }

    BotPlayer(Rows kind, AbuseSettings settings, BotMemory memory, long seed, int batchRows) {
        this.kind = kind;
        connections = new ConnectionTable(1 << 16, seed);
        batch = new FlowBatch(batchRows);
        batch.clear(kind);
        detector = new BotDetector(settings, memory, seed, this::take);
    }

    /** One known bad server, so that a host can be made one of which everything is told. */
    static IndicatorTable known() {
        IndicatorTable.Builder table = new IndicatorTable.Builder(8);
        IpAddress bad = IpAddress.parse(KNOWN_BAD);
        table.addAddress(bad.high(), bad.low(), KNOWN_BAD_PORT, "test", "bad");
        return table.build();
    }

    /** Lets a host be told of for another reason, so that all else that it is said to do is told, too. */
    BotPlayer mark(double second, String host) {
        return answered(second, host, KNOWN_BAD, KNOWN_BAD_PORT);
    }

    private void take(FindingEvent event) {
        events.add(event);
        if (event.change() == Change.ABSORBED) {
            findings.remove(event.finding().id());
        } else {
            findings.put(event.finding().id(), event.finding());
        }
    }

    static long nanos(double second) {
        return BEGIN + Math.round(second * SECOND);
    }

    static String own(int number) {
        return "10.1." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    /** Addresses outside, each in a network of its own as far as there are so many. */
    static String outside(int number) {
        int mixed = number * 0x2545_f491 >>> 8;
        return (mixed >>> 16 & 0x3f) + 64 + "." + (mixed >>> 8 & 0xff) + "." + (mixed & 0xff) + "."
                + (number % 200 + 1);
    }

    /** A session of a few words, over after a second. */
    BotPlayer answered(double second, String from, String to, int port) {
        return tcp(second, 1, from, to, port, 8, 900, 7, 4_000);
    }

    BotPlayer tcp(
            double second,
            double duration,
            String from,
            String to,
            int port,
            long sentPackets,
            long sentBytes,
            long receivedPackets,
            long receivedBytes) {
        return connection(
                second,
                duration,
                from,
                nextPort(),
                to,
                port,
                Protocols.TCP,
                FULL,
                sentPackets,
                sentBytes,
                FULL,
                receivedPackets,
                receivedBytes);
    }

    BotPlayer unanswered(double second, String from, String to, int port) {
        return connection(second, 0, from, nextPort(), to, port, Protocols.TCP, TcpFlags.SYN, 1, 60, 0, 0, 0);
    }

    BotPlayer refused(double second, String from, String to, int port) {
        return connection(
                second,
                0.01,
                from,
                nextPort(),
                to,
                port,
                Protocols.TCP,
                TcpFlags.SYN,
                1,
                60,
                TcpFlags.RST | TcpFlags.ACK,
                1,
                40);
    }

    /** A datagram and its answer, if there is one. */
    BotPlayer udp(double second, String from, int sourcePort, String to, int port, boolean isAnswered) {
        return connection(
                second,
                0.02,
                from,
                sourcePort,
                to,
                port,
                Protocols.UDP,
                0,
                1,
                90,
                0,
                isAnswered ? 1 : 0,
                isAnswered ? 90 : 0);
    }

    BotPlayer ping(double second, String from, String to, boolean isAnswered) {
        return connection(
                second,
                0.02,
                from,
                0,
                to,
                8 << 8,
                Protocols.ICMP,
                0,
                1,
                84,
                0,
                isAnswered ? 1 : 0,
                isAnswered ? 84 : 0);
    }

    /** A connection, as a record of a log or as one flow of each side that sent. */
    BotPlayer connection(
            double second,
            double duration,
            String from,
            int sourcePort,
            String to,
            int port,
            int protocol,
            int sentFlags,
            long sentPackets,
            long sentBytes,
            int receivedFlags,
            long receivedPackets,
            long receivedBytes) {
        if (batch.remaining() < 2) {
            play();
        }
        boolean refused = (receivedFlags & TcpFlags.RST) != 0;
        boolean answered = receivedPackets > 0 && !refused;
        row(second, duration, from, sourcePort, to, port, protocol, sentFlags, sentPackets, sentBytes);
        batch.relation[batch.size - 1] = (byte) (Relation.KNOWN
                | Relation.FROM_INITIATOR
                | Relation.OPENS
                | Relation.STARTED
                | (answered ? Relation.ANSWERED : 0));
        if (receivedPackets > 0) {
            boolean icmp = protocol == Protocols.ICMP;
            row(
                    second,
                    duration,
                    to,
                    icmp ? 0 : port,
                    from,
                    icmp ? 0 : sourcePort,
                    protocol,
                    receivedFlags,
                    receivedPackets,
                    receivedBytes);
            batch.relation[batch.size - 1] = (byte)
                    (Relation.KNOWN | Relation.STARTED | Relation.ANSWERED | (answered ? Relation.FIRST_ANSWER : 0));
        }
        return this;
    }

    private int nextPort() {
        nextPort = nextPort == 60_000 ? 30_000 : nextPort + 1;
        return nextPort;
    }

    void row(
            double second,
            double duration,
            String from,
            int sourcePort,
            String to,
            int port,
            int protocol,
            int flags,
            long packets,
            long bytes) {
        if (batch.isFull()) {
            play();
        }
        int row = batch.size++;
        batch.reset(row);
        IpAddress source = IpAddress.parse(from);
        IpAddress destination = IpAddress.parse(to);
        batch.firstNanos[row] = nanos(second);
        batch.lastNanos[row] = nanos(second + duration);
        batch.sourceHigh[row] = source.high();
        batch.sourceLow[row] = source.low();
        batch.destinationHigh[row] = destination.high();
        batch.destinationLow[row] = destination.low();
        batch.sourcePort[row] = (char) sourcePort;
        batch.destinationPort[row] = (char) port;
        batch.protocol[row] = (byte) protocol;
        batch.tcpFlags[row] = (byte) flags;
        batch.packets[row] = packets * samplingRate;
        batch.bytes[row] = bytes * samplingRate;
        batch.samplingRate[row] = samplingRate;
        batch.payloadHint[row] = hint;
    }

    /** One SYN with all that a packet holds. */
    void syn(double second, String from, String to, int port, int sequence, int identification) {
        row(second, 0, from, nextPort(), to, port, Protocols.TCP, TcpFlags.SYN, 1, 60);
        batch.tcpSequence[batch.size - 1] = sequence;
        batch.ipIdentification[batch.size - 1] = (char) identification;
    }

    BotPlayer dns(double second, String from, String name, int type, int code, String... addresses) {
        EventBatch all = event(second, EventKind.DNS, from, nextPort(), "10.1.0.1", 53);
        int at = all.size - 1;
        all.protocol[at] = (byte) Protocols.UDP;
        all.flags[at] = EventBatch.REQUEST | EventBatch.RESPONSE;
        all.type[at] = type;
        all.code[at] = code;
        byte[] bytes = name.getBytes(ISO_8859_1);
        all.writeName(bytes, 0, bytes.length);
        for (String address : addresses) {
            IpAddress parsed = IpAddress.parse(address);
            all.writeAddress(parsed.high(), parsed.low());
        }
        return this;
    }

    BotPlayer http(double second, String from, int sourcePort, String to, int port, String host, String target) {
        EventBatch all = event(second, EventKind.HTTP, from, sourcePort, to, port);
        all.flags[all.size - 1] = EventBatch.REQUEST;
        text(Text.NAME, host);
        text(Text.MORE, target);
        return this;
    }

    /**
     * A request and its answer as a log has them.
     *
     * @param flags of both
     */
    BotPlayer http(double second, String from, int sourcePort, String to, String host, String agent, int flags) {
        http(second, from, sourcePort, to, 80, host, "/a");
        text(Text.DETAIL, agent);
        batch.events.flags[batch.events.size - 1] = (byte) flags;
        return this;
    }

    /** An answer as packets have it: it does not say what was asked. */
    BotPlayer answer(double second, String from, int sourcePort, String to, int flags) {
        EventBatch all = event(second, EventKind.HTTP, from, sourcePort, to, 80);
        all.flags[all.size - 1] = (byte) flags;
        all.code[all.size - 1] = 200;
        return this;
    }

    BotPlayer hello(double second, String from, int sourcePort, String to, int port, String name, int version) {
        EventBatch all = event(second, EventKind.TLS_CLIENT_HELLO, from, sourcePort, to, port);
        all.type[all.size - 1] = version;
        text(Text.NAME, name);
        return this;
    }

    BotPlayer hello(double second, String from, String to, String name, String ja3) {
        event(second, EventKind.TLS_CLIENT_HELLO, from, nextPort(), to, 443);
        text(Text.NAME, name);
        text(Text.DETAIL, ja3);
        return this;
    }

    BotPlayer irc(double second, String from, String to, int port, String command) {
        event(second, EventKind.IRC, from, nextPort(), to, port);
        text(Text.NAME, command);
        return this;
    }

    /** @param code 1 signed in, 2 refused */
    BotPlayer ssh(double second, String from, String to, int port, int code) {
        EventBatch all = event(second, EventKind.SSH, from, nextPort(), to, port);
        all.code[all.size - 1] = code;
        all.type[all.size - 1] = 1;
        return this;
    }

    BotPlayer smtp(double second, String from, String to, int port, int code) {
        EventBatch all = event(second, EventKind.SMTP, from, nextPort(), to, port);
        all.code[all.size - 1] = code;
        return this;
    }

    BotPlayer dhcp(double second, String address, String hardwareAddress, String name, int leaseSeconds) {
        EventBatch all = event(second, EventKind.DHCP, "0.0.0.0", 68, "10.1.0.1", 67);
        all.code[all.size - 1] = leaseSeconds;
        text(Text.NAME, name);
        text(Text.DETAIL, hardwareAddress);
        IpAddress lent = IpAddress.parse(address);
        all.writeAddress(lent.high(), lent.low());
        return this;
    }

    private EventBatch event(double second, EventKind what, String from, int sourcePort, String to, int port) {
        if (!batch.events.hasRoom()) {
            play();
        }
        EventBatch all = batch.events;
        int at = all.begin(what);
        IpAddress source = IpAddress.parse(from);
        IpAddress destination = IpAddress.parse(to);
        all.nanos[at] = nanos(second);
        all.initiatorHigh[at] = source.high();
        all.initiatorLow[at] = source.low();
        all.responderHigh[at] = destination.high();
        all.responderLow[at] = destination.low();
        all.initiatorPort[at] = (char) sourcePort;
        all.responderPort[at] = (char) port;
        all.protocol[at] = (byte) Protocols.TCP;
        return all;
    }

    private void text(Text which, String value) {
        byte[] bytes = value.getBytes(ISO_8859_1);
        batch.events.write(which, bytes, 0, bytes.length);
    }

    /** What was found before a restart. */
    BotPlayer remember(InfectedHost found) {
        detector.remember(found);
        return this;
    }

    /** Lets the next rows begin anew, as where the clock jumped. */
    void restart() {
        play();
        batch.restart = true;
    }

    /** Shows what was written so far. */
    BotPlayer play() {
        connections.hash(batch);
        connections.annotate(batch);
        detector.process(batch);
        batch.clear(kind);
        return this;
    }

    BotPlayer tick(double second) {
        play();
        detector.tick(nanos(second));
        return this;
    }

    BotPlayer finish() {
        play();
        detector.finish();
        return this;
    }

    <T extends Finding> List<T> all(Class<T> type) {
        return findings.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What was said of a host last, while it is said. */
    Optional<InfectedHost> host(String address) {
        return all(InfectedHost.class).stream()
                .filter(host -> host.state() == State.OPEN && host.host().equals(IpAddress.parse(address)))
                .findFirst();
    }

    /** What a host is said to do. */
    Set<BehaviourKind> kinds(String address) {
        Set<BehaviourKind> kinds = new TreeSet<>();
        host(address).ifPresent(host -> host.behaviours().forEach(behaviour -> kinds.add(behaviour.kind())));
        return kinds;
    }

    Behaviour behaviour(String address, BehaviourKind kind) {
        return host(address)
                .orElseThrow(() -> new AssertionError("nothing is said of " + address))
                .behaviours()
                .stream()
                .filter(behaviour -> behaviour.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is not said, but " + kinds(address)));
    }

    Evidence evidence(String address, BehaviourKind kind) {
        return behaviour(address, kind).evidence().get(0);
    }

    List<CommandServer> servers() {
        return all(CommandServer.class);
    }

    List<Botnet> botnets() {
        return all(Botnet.class);
    }
}
