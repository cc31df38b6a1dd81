package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/** Makes rows, has their relations found out, and shows them to a detector. Fields say what the next rows have in common. */
final class RowPlayer implements Consumer<FindingEvent> {
    static final long SECOND = 1_000_000_000L;
    static final long SEED = 0x5eed_5eed_5eed_5eedL;
    static final OwnNetworks OWN =
            OwnNetworks.of(List.of(Prefix.parse("198.51.0.0/16"), Prefix.parse("2001:db8::/32")));

    private static final long BEGIN = 1_772_000_000L * SECOND;

    final List<FindingEvent> events = new ArrayList<>();
    private final ConnectionTable connections = new ConnectionTable(1 << 16, SEED);
    private final FlowBatch batch = new FlowBatch(64);
    private final FlowBatch.Rows kind;
    private final Consumer<FlowBatch> detector;

    int exporter;
    int networkInterface;
    int timeToLive = 60;
    int samplingRate = 1;
    byte hint;

    /** @param detector makes what looks at the rows, of the listener */
    RowPlayer(FlowBatch.Rows kind, Maker detector) {
        this.kind = kind;
        this.detector = detector.make(this);
        batch.clear(kind);
    }

    interface Maker {
        Consumer<FlowBatch> make(Consumer<FindingEvent> listener);
    }

    @Override
    public void accept(FindingEvent event) {
        events.add(event);
    }

    static long nanos(double second) {
        return BEGIN + Math.round(second * SECOND);
    }

    void udp(double second, String from, int sourcePort, String to, int destinationPort, int length) {
        row(second, from, sourcePort, to, destinationPort, Protocols.UDP, 0, 1, length);
    }

    void syn(double second, String from, int sourcePort, String to, int destinationPort) {
        row(second, from, sourcePort, to, destinationPort, Protocols.TCP, TcpFlags.SYN, 1, 60);
    }

    void tcp(double second, String from, int sourcePort, String to, int destinationPort, int flags) {
        row(second, from, sourcePort, to, destinationPort, Protocols.TCP, flags, 1, 60);
    }

    /** @param packets and bytes of a flow, before sampling */
    void row(
            double second,
            String from,
            int sourcePort,
            String to,
            int destinationPort,
            int protocol,
            int flags,
            long packets,
            long bytes) {
        int row = batch.size++;
        batch.reset(row);
        IpAddress source = IpAddress.parse(from);
        IpAddress destination = IpAddress.parse(to);
        batch.firstNanos[row] = nanos(second);
        batch.lastNanos[row] = nanos(second);
        batch.sourceHigh[row] = source.high();
        batch.sourceLow[row] = source.low();
        batch.destinationHigh[row] = destination.high();
        batch.destinationLow[row] = destination.low();
        batch.sourcePort[row] = (char) sourcePort;
        batch.destinationPort[row] = (char) destinationPort;
        batch.protocol[row] = (byte) protocol;
        batch.tcpFlags[row] = (byte) flags;
        batch.packets[row] = packets * samplingRate;
        batch.bytes[row] = bytes * samplingRate;
        batch.samplingRate[row] = samplingRate;
        batch.exporter[row] = exporter;
        batch.ingressInterface[row] = networkInterface;
        batch.timeToLive[row] = (byte) timeToLive;
        batch.payloadHint[row] = hint;
        if (batch.isFull()) {
            play();
        }
    }

    /** Shows the rows so far. */
    void play() {
        connections.hash(batch);
        connections.annotate(batch);
        detector.accept(batch);
        batch.clear(kind);
    }

    long count(Change change) {
        return events.stream().filter(event -> event.change() == change).count();
    }

    /** What was told last of the only thing that was found. */
    <T extends Finding> T only(Class<T> type) {
        List<String> ids =
                events.stream().map(event -> event.finding().id()).distinct().toList();
        if (ids.size() != 1) {
            throw new AssertionError(ids.size() + " findings: " + events);
        }
        return type.cast(events.get(events.size() - 1).finding());
    }
}
