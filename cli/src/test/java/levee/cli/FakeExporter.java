package levee.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/** A router that tells of made-up flows; another one to the collector when it has another address. */
final class FakeExporter implements AutoCloseable {
    static final int ROWS = 256;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;

    final ExportFormat format;
    final FlowBatch batch = new FlowBatch(ROWS);

    private final LongSupplier clock;
    private final DatagramSocket socket;
    private final SplittableRandom random = new SplittableRandom(1);
    private FlowExportEncoder encoder;

    /** @param clock in nanoseconds since 1970 */
    FakeExporter(ExportFormat format, String address, InetSocketAddress collector, LongSupplier clock)
            throws IOException {
        this.format = format;
        this.clock = clock;
        socket = new DatagramSocket(0, InetAddress.getByName(address));
        socket.connect(collector);
        encoder = newEncoder();
    }

    private FlowExportEncoder newEncoder() {
        return new FlowExportEncoder(
                new EncoderSettings(format, 1_400, 1, wholeMilliseconds() - NANOS_PER_SECOND, 20, 1, false),
                this::send);
    }

    private long wholeMilliseconds() {
        return Math.floorDiv(clock.getAsLong(), NANOS_PER_MILLISECOND) * NANOS_PER_MILLISECOND;
    }

    /** With its uptime and sequence numbers at zero. */
    void restart() {
        encoder = newEncoder();
    }

    /** By the clock of the machine, in whole milliseconds. */
    static long now() {
        return System.currentTimeMillis() * NANOS_PER_MILLISECOND;
    }

    /** Makes an empty batch. */
    void clear() {
        batch.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
    }

    /**
     * Adds a row of one packet that passed just now; addresses are of IPv4.
     *
     * @return its number
     */
    int add(int source, int destination, int sourcePort, int destinationPort, int protocol) {
        int row = batch.size++;
        batch.reset(row);
        batch.firstNanos[row] = wholeMilliseconds();
        batch.lastNanos[row] = batch.firstNanos[row];
        batch.sourceLow[row] = IpAddress.mapIpv4(source);
        batch.destinationLow[row] = IpAddress.mapIpv4(destination);
        batch.sourcePort[row] = (char) sourcePort;
        batch.destinationPort[row] = (char) destinationPort;
        batch.protocol[row] = (byte) protocol;
        batch.timeToLive[row] = 60;
        return row;
    }

    /** Sends the batch. */
    void tell() {
        encoder.encode(batch, clock.getAsLong());
        encoder.flush(clock.getAsLong());
    }

    /** Tells of so many SYNs from ever new sources to an address of IPv4. */
    void tellSyns(IpAddress victim, int count) {
        clear();
        for (int i = 0; i < count; i++) {
            int row = add(
                    random.nextInt(0x0100_0000, 0x6000_0000),
                    (int) victim.low(),
                    random.nextInt(1_024, 65_536),
                    443,
                    Protocols.TCP);
            batch.tcpFlags[row] = TcpFlags.SYN;
            batch.bytes[row] = 44;
            batch.ingressInterface[row] = 3;
        }
        tell();
    }

    /** Sends a datagram, whatever it is. */
    void send(byte[] bytes, int length) {
        try {
            socket.send(new DatagramPacket(bytes, length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
