package levee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import levee.capture.CaptureFormat;
import levee.capture.PacketDissector;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/**
 * Rows of a capture, read, hashed and annotated beforehand and then given over and over. Each time round they are later
 * by as long as they last, so that time goes on; their relations stay as they were the first time.
 */
final class PreparedBatches {
    /** Rows of each batch. */
    static final int ROWS = 256;

    /** Connections alive at a time. */
    static final int CONNECTIONS = 100_000;

    static final long SEED = 1;

    private static final int BATCHES = 1 << 9;

    /** Batches before those that are kept, so that hardly any connection begins in the middle: ten rows of each. */
    private static final int BATCHES_BEFORE = 10 * CONNECTIONS / ROWS;

    /** As in the analysis. */
    static final int TABLE_CAPACITY = 1 << 19;

    private static final long NANOS_PER_FLOW = 1_000_000_000L;
    private static final long PACKETS_PER_FLOW = 10;

    private static final long NANOS_PER_PACKET = 1_000_000_000L / Traffic.PACKETS_PER_SECOND;

    private final FlowBatch[] batches = new FlowBatch[BATCHES];
    private final long lastingNanos;
    private int next;

    PreparedBatches(Traffic traffic) {
        ConnectionTable connections = new ConnectionTable(TABLE_CAPACITY, SEED);
        try (BatchSource source =
                CaptureFormat.PCAP.open(new GeneratedCapture(traffic, Profile.SHORTEST_FRAME), false)) {
            FlowBatch passing = emptyBatch();
            for (int i = 0; i < BATCHES_BEFORE; i++) {
                fill(passing, source, connections);
            }
            for (int i = 0; i < BATCHES; i++) {
                batches[i] = emptyBatch();
                fill(batches[i], source, connections);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file that could fail
        }
        long first = batches[0].firstNanos[0];
        long last = batches[BATCHES - 1].firstNanos[ROWS - 1];
        lastingNanos = last - first + NANOS_PER_PACKET;
    }

    /** Conversations of many hosts in which nothing is wrong. */
    static PreparedBatches ordinary() {
        return new PreparedBatches(
                new Conversations(new SplittableRandom(SEED), CONNECTIONS, PcapWriter.MAXIMUM_FRAME));
    }

    /** Nothing but SYNs from random sources to one host. */
    static PreparedBatches synFlood() {
        return new PreparedBatches(new ForgedSyns(new SplittableRandom(SEED)));
    }

    /** Nothing but answers to one host that never asked. */
    static PreparedBatches reflection() {
        return new PreparedBatches(new Reflection(new SplittableRandom(SEED)));
    }

    /** Packets from random sources to many hosts, which answer none. */
    static PreparedBatches oneWay() {
        return new PreparedBatches(new OneWay(new SplittableRandom(SEED)));
    }

    /** Flow records of conversations of many hosts. */
    static PreparedBatches flows() {
        PreparedBatches batches = ordinary();
        batches.becomeFlows();
        return batches;
    }

    /** Flow records of SYNs from random sources to one host, each of its own. */
    static PreparedBatches flowsOfSynFlood() {
        PreparedBatches batches = synFlood();
        batches.becomeFlows();
        return batches;
    }

    /** Each packet becomes the record of a flow that lasted for a second and, but for SYNs, had ten packets. */
    private void becomeFlows() {
        for (FlowBatch batch : batches) {
            long[] times = batch.firstNanos.clone();
            long[] bytes = batch.bytes.clone();
            int size = batch.size;
            byte[] relations = batch.relation.clone();
            batch.clear(FlowBatch.Rows.FLOWS);
            batch.size = size;
            for (int row = 0; row < size; row++) {
                boolean isSyn = (batch.tcpFlags[row] & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
                batch.firstNanos[row] = times[row] - (isSyn ? 0 : NANOS_PER_FLOW);
                batch.lastNanos[row] = times[row];
                batch.packets[row] = isSyn ? 1 : PACKETS_PER_FLOW;
                batch.bytes[row] = bytes[row] * batch.packets[row];
                batch.exporter[row] = 1;
                batch.ingressInterface[row] = 1 + row % 4;
                batch.relation[row] = relations[row];
                batch.payloadHint[row] = 0;
            }
        }
    }

    /** A batch that a source of packets without tunnels fills with {@link #ROWS} rows. */
    static FlowBatch emptyBatch() {
        return new FlowBatch(ROWS + PacketDissector.MAXIMUM_ROWS - 1);
    }

    private static void fill(FlowBatch batch, BatchSource source, ConnectionTable connections) throws IOException {
        source.fill(batch);
        if (batch.size != ROWS) {
            throw new IllegalStateException("a batch has " + batch.size + " rows instead of " + ROWS);
        }
        connections.hash(batch);
        connections.annotate(batch);
    }

    /** The next batch; moving its time on costs less than a tenth of a nanosecond a row. */
    FlowBatch next() {
        FlowBatch batch = batches[next];
        next = next + 1 & BATCHES - 1;
        for (int row = 0; row < ROWS; row++) {
            batch.firstNanos[row] += lastingNanos;
        }
        if (!batch.rows.arePackets()) {
            for (int row = 0; row < ROWS; row++) {
                batch.lastNanos[row] += lastingNanos;
            }
        }
        return batch;
    }
}
