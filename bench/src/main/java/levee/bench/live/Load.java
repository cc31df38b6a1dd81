package levee.bench.live;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/**
 * Export datagrams in memory, to be sent over and over: each time with the next sequence number and the time of sending,
 * which are put in place. They tell of conversations between the hosts of 10.0.0.0/13 and as many others: half a million
 * connections, a flow in each direction.
 */
final class Load {
    /** How many addresses there are: half of them in {@link #NETWORK}. */
    static final int ADDRESSES = 1 << 20;

    /** The own network. */
    static final String NETWORK = "10.0.0.0/13";

    private static final int INSIDE = 10 << 24;
    private static final int OUTSIDE = 100 << 24;
    private static final int HOSTS = ADDRESSES / 2;
    private static final int LARGEST_DATAGRAM = 1_400;
    private static final int SAMPLING = 1_000;
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;
    private static final long MILLIS_PER_SECOND = 1_000L;

    /** How long exporters are up when they begin. */
    private static final long UPTIME_MILLIS = 3_600_000L;

    // NetFlow v9, RFC 3954 section 5.1, and the template of the encoder.
    private static final int V9_UPTIME = 4;
    private static final int V9_SECONDS = 8;
    private static final int V9_SEQUENCE = 12;
    private static final int V9_SOURCE_ID = 16;
    private static final int V9_FIRST_RECORD = 24;
    private static final int V9_FLOWS = 31;
    private static final int V9_RECORD = 43;
    private static final int V9_START = 35;
    private static final int V9_END = 39;

    // sFlow version 5 of the encoder: each sample has an Ethernet, an IPv4 and a TCP header.
    private static final int SFLOW_SUB_AGENT = 12;
    private static final int SFLOW_SEQUENCE = 16;
    private static final int SFLOW_UPTIME = 20;
    private static final int SFLOW_FIRST_SAMPLE = 28;
    private static final int SFLOW_SAMPLES = 10;
    private static final int SFLOW_SAMPLE = 120;
    private static final int SFLOW_SAMPLE_SEQUENCE = 8;
    private static final int SFLOW_SAMPLE_POOL = 20;

    private final ExportFormat format;
    private final int flowsPerDatagram;
    private final ByteBuffer[] datagrams;
    private final ByteBuffer template;
    private final long bootMillis;

    /** @param format NetFlow v9 or sFlow */
    Load(ExportFormat format) {
        this.format = format;
        flowsPerDatagram = switch (format) {
            case NETFLOW_V9 -> V9_FLOWS;
            case SFLOW -> SFLOW_SAMPLES;
            case NETFLOW_V5, IPFIX -> throw new IllegalArgumentException("no load of " + format);
        };
        long nowMillis = System.currentTimeMillis();
        bootMillis = nowMillis - UPTIME_MILLIS;
        Encoding encoding = new Encoding(nowMillis);
        template = encoding.one(1);
        datagrams = new ByteBuffer[2 * HOSTS / flowsPerDatagram];
        for (int i = 0; i < datagrams.length; i++) {
            datagrams[i] = encoding.one(flowsPerDatagram);
        }
    }

    /** Makes one datagram after another. */
    private final class Encoding {
        private final long nanos;
        private final SplittableRandom random = new SplittableRandom(1);
        private final FlowBatch batch = new FlowBatch(64);
        private final FlowExportEncoder encoder;
        private byte[] last = {};
        private int host;
        private boolean isAnswer;
        private int outside;
        private char port;

        Encoding(long nowMillis) {
            nanos = nowMillis * NANOS_PER_MILLISECOND;
            encoder = new FlowExportEncoder(
                    new EncoderSettings(
                            format,
                            LARGEST_DATAGRAM,
                            1,
                            bootMillis * NANOS_PER_MILLISECOND,
                            Integer.MAX_VALUE,
                            format == ExportFormat.SFLOW ? SAMPLING : 1,
                            false),
                    (bytes, length) -> last = Arrays.copyOf(bytes, length));
        }

        ByteBuffer one(int rows) {
            batch.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
            for (int row = 0; row < rows; row++) {
                batch.size++;
                fill(row);
            }
            encoder.encode(batch, nanos);
            if (last.length > 0) {
                throw new IllegalStateException("the flows of a datagram do not fit into one");
            }
            encoder.flush(nanos);
            ByteBuffer datagram = ByteBuffer.allocateDirect(last.length);
            datagram.put(last).flip();
            last = new byte[0];
            return datagram;
        }

        private void fill(int row) {
            if (!isAnswer) {
                host = host + 1 & HOSTS - 1;
                outside = OUTSIDE + random.nextInt(HOSTS);
                port = (char) random.nextInt(1_024, 65_536);
            }
            batch.reset(row);
            batch.sourceLow[row] = IpAddress.mapIpv4(isAnswer ? outside : INSIDE + host);
            batch.destinationLow[row] = IpAddress.mapIpv4(isAnswer ? INSIDE + host : outside);
            batch.sourcePort[row] = isAnswer ? 443 : port;
            batch.destinationPort[row] = isAnswer ? port : 443;
            batch.protocol[row] = Protocols.TCP;
            batch.tcpFlags[row] = TcpFlags.ACK | TcpFlags.PSH;
            batch.timeToLive[row] = (byte) (isAnswer ? 57 : 64);
            batch.ingressInterface[row] = isAnswer ? 2 : 1;
            int size = isAnswer ? random.nextInt(600, 1_500) : random.nextInt(60, 200);
            if (format == ExportFormat.SFLOW) {
                batch.samplingRate[row] = SAMPLING;
                batch.packets[row] = SAMPLING;
                batch.bytes[row] = (long) size * SAMPLING;
            } else {
                batch.packets[row] = random.nextInt(5, 50);
                batch.bytes[row] = batch.packets[row] * size;
                batch.tcpFlags[row] |= TcpFlags.SYN | TcpFlags.FIN;
            }
            batch.firstNanos[row] = nanos - random.nextInt(100, 900) * NANOS_PER_MILLISECOND;
            batch.lastNanos[row] = nanos;
            isAnswer = !isAnswer;
        }
    }

    /** How many different datagrams there are. */
    int size() {
        return datagrams.length;
    }

    int flowsPerDatagram() {
        return flowsPerDatagram;
    }

    boolean hasTemplate() {
        return format == ExportFormat.NETFLOW_V9;
    }

    /** A datagram with the template and one flow, ready to be sent. */
    ByteBuffer template(int source, int sequence) {
        return prepare(template, 1, source, sequence, System.currentTimeMillis());
    }

    /**
     * A datagram, ready to be sent.
     *
     * @param index from 0 to {@link #size}
     * @param source the number of the exporter's source or sub-agent
     * @param sequence how many datagrams this source sent before
     */
    ByteBuffer datagram(int index, int source, int sequence, long nowMillis) {
        return prepare(datagrams[index], flowsPerDatagram, source, sequence, nowMillis);
    }

    private ByteBuffer prepare(ByteBuffer datagram, int flows, int source, int sequence, long nowMillis) {
        int uptime = (int) (nowMillis - bootMillis);
        if (format == ExportFormat.SFLOW) {
            datagram.putInt(SFLOW_SUB_AGENT, source);
            datagram.putInt(SFLOW_SEQUENCE, sequence);
            datagram.putInt(SFLOW_UPTIME, uptime);
            for (int i = 0; i < flows; i++) {
                int sample = SFLOW_FIRST_SAMPLE + i * SFLOW_SAMPLE;
                datagram.putInt(sample + SFLOW_SAMPLE_SEQUENCE, sequence * flows + i);
                datagram.putInt(sample + SFLOW_SAMPLE_POOL, (sequence * flows + i) * SAMPLING);
            }
        } else {
            int later = uptime - datagram.getInt(V9_UPTIME);
            datagram.putInt(V9_UPTIME, uptime);
            datagram.putInt(V9_SECONDS, (int) (nowMillis / MILLIS_PER_SECOND));
            datagram.putInt(V9_SEQUENCE, sequence);
            datagram.putInt(V9_SOURCE_ID, source);
            int record = flows == 1 ? datagram.limit() - V9_RECORD - padding() : V9_FIRST_RECORD;
            for (int i = 0; i < flows; i++, record += V9_RECORD) {
                datagram.putInt(record + V9_START, datagram.getInt(record + V9_START) + later);
                datagram.putInt(record + V9_END, datagram.getInt(record + V9_END) + later);
            }
        }
        return datagram.rewind();
    }

    /** After the one record of the template's datagram, up to a multiple of four. */
    private int padding() {
        return Math.floorMod(-V9_RECORD, 4);
    }
}
