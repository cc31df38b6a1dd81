package levee.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Receives export datagrams on UDP ports and decodes them into batches. An agent: {@link #work} does what there is to do
 * and returns, so that a thread can run it for ever and a test step by step.
 */
final class FlowCollector implements Closeable {
    /** The largest datagram there is. */
    private static final int LARGEST = 65_535;

    /** Datagrams that are read of one port before the others have their turn. */
    private static final int IN_A_ROW = 256;

    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<InetSocketAddress> copies;
    private final @Nullable DatagramChannel copying;
    private final FlowExportDecoder decoder;
    private final LongSupplier clock;
    private final Output output;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final byte[] bytes = new byte[LARGEST];

    // The address that datagrams came from last: most come from the same as the one before.
    private @Nullable InetAddress lastSender;
    private long senderHigh;
    private long senderLow;

    private volatile long datagrams;
    private volatile long uncopied;

    /** Where batches come from and go to. */
    interface Output {
        /** The batch to be filled on, empty or not. May wait. */
        FlowBatch batch();

        /** The batch is full, or holds all that there is for now. */
        void filled();
    }

    /**
     * @param ports to listen on; a port of 0 is any free one
     * @param receiveBufferBytes what the kernel should hold for each port; it may allow less
     * @param copies where each datagram is sent to as it came
     * @param clock nanoseconds since 1970
     * @throws IOException if one of the ports cannot be listened on; the message says which
     */
    FlowCollector(
            List<InetSocketAddress> ports,
            int receiveBufferBytes,
            List<InetSocketAddress> copies,
            ExporterTable exporters,
            LongSupplier clock,
            Output output)
            throws IOException {
        this.copies = List.copyOf(copies);
        this.clock = clock;
        this.output = output;
        decoder = new FlowExportDecoder(exporters);
        selector = Selector.open();
        try {
            for (InetSocketAddress port : ports) {
                channels.add(bind(port, receiveBufferBytes));
            }
            copying = copies.isEmpty() ? null : DatagramChannel.open();
            if (copying != null) {
                copying.configureBlocking(false);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private DatagramChannel bind(InetSocketAddress port, int receiveBufferBytes) throws IOException {
        boolean isIpv4 = port.getAddress() instanceof Inet4Address;
        DatagramChannel channel =
                DatagramChannel.open(isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            channel.configureBlocking(false);
            channel.bind(port);
            channel.register(selector, SelectionKey.OP_READ, channel);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "cannot listen on UDP " + port.getAddress().getHostAddress() + " port " + port.getPort() + ": "
                            + e.getMessage() + "; choose another port, or stop what uses it",
                    e);
        }
    }

    /** The addresses that are listened on, in the order in which they were asked for. */
    List<InetSocketAddress> ports() throws IOException {
        List<InetSocketAddress> ports = new ArrayList<>();
        for (DatagramChannel channel : channels) {
            ports.add((InetSocketAddress) channel.getLocalAddress());
        }
        return ports;
    }

    /** Datagrams received so far. */
    long datagrams() {
        return datagrams;
    }

    /** Copies of datagrams that could not be sent. */
    long uncopied() {
        return uncopied;
    }

    /**
     * Receives what there is, and waits for it if there is nothing.
     *
     * @param patienceMillis how long to wait at the most
     */
    void work(long patienceMillis) throws IOException {
        selector.select(patienceMillis);
        boolean any = false;
        for (SelectionKey key : selector.selectedKeys()) {
            DatagramChannel channel = (DatagramChannel) key.attachment();
            for (int i = 0; i < IN_A_ROW && receive(channel); i++) {
                any = true;
            }
        }
        selector.selectedKeys().clear();
        if (any && selector.selectNow() == 0) {
            // What is there should not wait for more to come.
            output.filled();
        }
        selector.selectedKeys().clear();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private boolean receive(DatagramChannel channel) throws IOException {
        buffer.clear();
        InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
        if (sender == null) {
            return false;
        }
        datagrams++;
        buffer.flip();
        copy();
        int length = buffer.remaining();
        buffer.get(bytes, 0, length);
        note(sender.getAddress());
        decoder.begin(senderHigh, senderLow, clock.getAsLong(), bytes, 0, length);
        while (!decoder.fill(output.batch())) {
            output.filled();
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private void copy() {
        DatagramChannel channel = copying;
        if (channel == null) {
            return;
        }
        for (InetSocketAddress to : copies) {
            try {
                if (channel.send(buffer.duplicate(), to) == 0) {
                    uncopied++;
                }
            } catch (IOException e) {
                // The other collector is gone; ours goes on.
                uncopied++;
            }
        }
    }

    private void note(InetAddress sender) {
        if (!sender.equals(lastSender)) {
            lastSender = sender;
            IpAddress address = IpAddress.parse(withoutZone(sender.getHostAddress()));
            senderHigh = address.high();
            senderLow = address.low();
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        if (copying != null) {
            copying.close();
        }
        selector.close();
    }
}
