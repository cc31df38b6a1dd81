package levee.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading export datagrams, as far as the rows: of one exporter, whose template came before. An operation is a flow
 * record or a sample; there are 30 to a datagram, 8 of sFlow.
 */
@State(Scope.Thread)
public class FlowExportBenchmark {
    private static final int ROWS = 240;
    private static final int FLOWS_PER_DATAGRAM = 30;
    private static final int SAMPLES_PER_DATAGRAM = 8;

    /** More than the processor's caches near the core hold. */
    private static final int DATAGRAMS = 1 << 13;

    private static final int LARGEST_DATAGRAM = 1_600;
    private static final long NANOS = 1_767_225_600_000_000_000L;
    private static final long BOOT_NANOS = NANOS - 3_600_000_000_000L;

    @Param({"NETFLOW_V5", "NETFLOW_V9", "IPFIX", "SFLOW"})
    public ExportFormat format = ExportFormat.NETFLOW_V9;

    private final FlowExportDecoder decoder = new FlowExportDecoder(ExporterTable.open(PreparedBatches.SEED));
    private final FlowBatch batch = new FlowBatch(ROWS + 4);
    private final List<ByteBuffer> datagrams = new ArrayList<>();
    private int perInvocation;
    private int sequenceAt;
    private int sequenceStep;
    private int sequence;
    private int next;

    @Setup
    public void prepare() {
        boolean isSflow = format == ExportFormat.SFLOW;
        int rows = isSflow ? SAMPLES_PER_DATAGRAM : FLOWS_PER_DATAGRAM;
        perInvocation = ROWS / rows;
        sequenceAt = switch (format) {
            case NETFLOW_V5, SFLOW -> 16;
            case NETFLOW_V9 -> 12;
            case IPFIX -> 8;
        };
        sequenceStep = format == ExportFormat.NETFLOW_V9 || isSflow ? 1 : rows;
        EncoderSettings settings =
                new EncoderSettings(format, LARGEST_DATAGRAM, 1, BOOT_NANOS, Integer.MAX_VALUE, 1, false);
        FlowExportEncoder encoder = new FlowExportEncoder(
                settings, (bytes, length) -> datagrams.add(ByteBuffer.wrap(Arrays.copyOf(bytes, length))));
        SplittableRandom random = new SplittableRandom(PreparedBatches.SEED);
        // The first one, with the template, has a single record, as not all would fit.
        fill(random, 1, isSflow);
        encoder.encode(batch, NANOS);
        encoder.flush(NANOS);
        decode(datagrams.removeFirst());
        while (datagrams.size() < DATAGRAMS) {
            fill(random, rows, isSflow);
            encoder.encode(batch, NANOS);
            encoder.flush(NANOS);
        }
        sequence = datagrams.getFirst().getInt(sequenceAt);
    }

    /** SYNs and datagrams from anywhere. */
    private void fill(SplittableRandom random, int rows, boolean arePackets) {
        batch.clear(arePackets ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
        for (int row = 0; row < rows; row++) {
            batch.size++;
            batch.reset(row);
            batch.sourceLow[row] = IpAddress.mapIpv4(random.nextInt());
            batch.destinationLow[row] = IpAddress.mapIpv4(random.nextInt());
            batch.sourcePort[row] = (char) random.nextInt(1 << 16);
            batch.destinationPort[row] = (char) random.nextInt(1 << 10);
            boolean isTcp = random.nextBoolean();
            batch.protocol[row] = (byte) (isTcp ? Protocols.TCP : Protocols.UDP);
            batch.tcpFlags[row] = (byte) (isTcp ? 2 : 0);
            batch.firstNanos[row] = NANOS - random.nextInt(1_000) * 1_000_000L;
            batch.lastNanos[row] = arePackets ? batch.firstNanos[row] : NANOS;
            batch.packets[row] = arePackets ? 1 : random.nextInt(1, 100);
            batch.bytes[row] = random.nextInt(60, 1_500);
            batch.timeToLive[row] = 64;
            batch.ingressInterface[row] = random.nextInt(1, 100);
        }
    }

    private void decode(ByteBuffer datagram) {
        decoder.begin(0, 1, NANOS, datagram.array(), 0, datagram.capacity());
        if (!decoder.fill(batch)) {
            throw new IllegalStateException("a batch was too small");
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int read() {
        batch.size = 0;
        for (int i = 0; i < perInvocation; i++) {
            ByteBuffer datagram = datagrams.get(next);
            next = next + 1 & DATAGRAMS - 1;
            // Without another number it would be a duplicate.
            datagram.putInt(sequenceAt, sequence);
            sequence += sequenceStep;
            decode(datagram);
        }
        if (batch.size != ROWS) {
            throw new IllegalStateException("a batch has " + batch.size + " rows");
        }
        return batch.size;
    }
}
