package levee.bench;

import java.util.List;
import java.util.SplittableRandom;
import levee.botnet.AbuseDetector;
import levee.botnet.AbuseSettings;
import levee.botnet.BotMemory;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What looking for infected hosts costs: flow records of a provider's hosts at a million a second, of which each talks to popular
 * servers, resolvers, peers and now and then to somebody new. An operation is a row; that it is made up, hashed and told how it
 * stands to its connection is included.
 */
@State(Scope.Thread)
public class AbuseBenchmark {
    private static final int ROWS = 256;
    private static final long NANOS_PER_ROW = 1_000;
    private static final int FIRST_HOST = 0x0a00_0000;
    private static final int FIRST_SERVER = 0x2d00_0000;
    private static final int RESOLVER = 0x0808_0808;

    /** Own hosts. */
    @Param({"10000", "2000000"})
    public int hosts;

    private final FlowBatch batch = new FlowBatch(ROWS);
    private final SplittableRandom random = new SplittableRandom(PreparedBatches.SEED);
    private final ConnectionTable connections = new ConnectionTable(1 << 20, PreparedBatches.SEED);
    private long nanos = 1_790_000_000_000_000_000L;

    @SuppressWarnings("NullAway.Init") // set by prepare()
    private AbuseDetector detector;

    @Setup
    public void prepare() {
        detector = new AbuseDetector(
                AbuseSettings.of(OwnNetworks.of(List.of(Prefix.parse("10.0.0.0/8")))),
                BotMemory.liveNetwork(),
                PreparedBatches.SEED,
                exporter -> "",
                event -> {});
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void process() {
        batch.clear(FlowBatch.Rows.FLOWS);
        while (batch.size <= ROWS - 2) {
            addFlow();
        }
        connections.hash(batch);
        connections.annotate(batch);
        detector.process(batch);
    }

    private void addFlow() {
        int host = FIRST_HOST + random.nextInt(hosts);
        int port = 1_024 + random.nextInt(64_000);
        int kind = random.nextInt(100);
        if (kind < 70) {
            // A few servers have most of the visits.
            int server = FIRST_SERVER + (int) (Math.pow(random.nextDouble(), 4) * 2_000_000);
            add(host, port, server, random.nextInt(10) > 0 ? 443 : 80, Protocols.TCP, true);
        } else if (kind < 85) {
            add(host, port, RESOLVER, 53, Protocols.UDP, true);
        } else if (kind < 93) {
            int peer = random.nextInt() | 0x4000_0000;
            add(host, port, peer, 1_024 + random.nextInt(60_000), Protocols.UDP, random.nextInt(3) > 0);
        } else {
            int server = FIRST_SERVER + random.nextInt(100_000_000);
            add(host, port, server, 443, Protocols.TCP, random.nextInt(10) > 0);
        }
    }

    private void add(int host, int port, int server, int service, int protocol, boolean isAnswered) {
        row(host, port, server, service, protocol, isAnswered);
        if (isAnswered) {
            row(server, service, host, port, protocol, true);
        }
    }

    private void row(int from, int fromPort, int to, int toPort, int protocol, boolean isAnswered) {
        int row = batch.size++;
        batch.reset(row);
        batch.firstNanos[row] = nanos - 2_000_000_000L;
        batch.lastNanos[row] = nanos;
        batch.sourceLow[row] = IpAddress.mapIpv4(from);
        batch.destinationLow[row] = IpAddress.mapIpv4(to);
        batch.sourcePort[row] = (char) fromPort;
        batch.destinationPort[row] = (char) toPort;
        batch.protocol[row] = (byte) protocol;
        int whole = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN;
        batch.tcpFlags[row] = (byte) (protocol == Protocols.TCP ? isAnswered ? whole : TcpFlags.SYN : 0);
        batch.packets[row] = isAnswered ? 10 : 1;
        batch.bytes[row] = isAnswered ? 5_000 : 60;
        nanos += NANOS_PER_ROW;
    }
}
