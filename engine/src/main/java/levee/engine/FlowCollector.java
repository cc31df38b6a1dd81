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
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Receives export datagrams on UDP ports and decodes them into batches. Two agents, which do what there is to do and
 * return, so that a thread each can run them for ever and a test step by step: {@link #receive} empties the kernel's
 * small buffers into a large one, and {@link #decode} empties that.
 */
final class FlowCollector implements Closeable {
    /** At 100,000 datagrams a second of 1,400 bytes, half a second. */
    private static final int RING_BYTES = 64 << 20;

    private static final int RING_DATAGRAMS = 1 << 16;

    /** Datagrams that are read of one port before the others have their turn. */
    private static final int IN_A_ROW = 256;

    private static final long FULL_NANOS = 200_000;

    /** Where the clock goes back by more, detection begins anew: its time would stand still until then. */
    private static final long SET_BACK_NANOS = 5_000_000_000L;

    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<InetSocketAddress> copies;
    private final @Nullable DatagramChannel copying;
    private final FlowExportDecoder decoder;
    private final LongSupplier clock;
    private final Output output;
    private final Shedding shedding;
    private final DatagramRing ring = new DatagramRing(RING_BYTES, RING_DATAGRAMS);
    private final ByteBuffer buffer = ByteBuffer.wrap(ring.bytes());

    // The address that datagrams came from last: most come from the same as the one before.
    private @Nullable InetAddress lastSender;
    private long senderHigh;
    private long senderLow;

    /** The latest time at which a datagram came that was decoded. */
    private long latestNanos = Long.MIN_VALUE + SET_BACK_NANOS;

    private volatile long datagrams;
    private volatile long uncopied;
    private volatile long shed;
    private volatile int keptOneIn = 1;

    /** Where batches come from and go to. */
    interface Output {
        /** The batch to be filled on, empty or not. May wait. */
        FlowBatch batch();

        /** The batch is full, or holds all that there is for now. */
        void filled();

        /** What follows came after the clock was set back, and is to be kept apart from what came before. */
        void clockSetBack();
    }

    /**
     * @param ports to listen on; a port of 0 is any free one
     * @param receiveBufferBytes what the kernel should hold for each port; it may allow less
     * @param copies where each datagram is sent to as it came
     * @param clock nanoseconds since 1970
     * @param seed of the choice of what is given up under too much load
     * @throws IOException if one of the ports cannot be listened on; the message says which
     */
    FlowCollector(
            List<InetSocketAddress> ports,
            int receiveBufferBytes,
            List<InetSocketAddress> copies,
            ExporterTable exporters,
            LongSupplier clock,
            long seed,
            Output output)
            throws IOException {
        this.copies = List.copyOf(copies);
        this.clock = clock;
        this.output = output;
        shedding = new Shedding(seed);
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

    /** Rows that were given up because more came than could be looked at. */
    long shed() {
        return shed;
    }

    /** One in how many rows is looked at now. */
    int keptOneIn() {
        return keptOneIn;
    }

    /** Datagrams that wait to be decoded. */
    long waiting() {
        return ring.size();
    }

    /** Datagrams that can wait. */
    int capacity() {
        return ring.capacity();
    }

    /**
     * Receives what there is, and waits for it if there is nothing.
     *
     * @param patienceMillis how long to wait at the most
     */
    void receive(long patienceMillis) throws IOException {
        selector.select(patienceMillis);
        for (SelectionKey key : selector.selectedKeys()) {
            DatagramChannel channel = (DatagramChannel) key.attachment();
            long now = clock.getAsLong();
            int received = 0;
            while (received < IN_A_ROW && receive(channel, now)) {
                received++;
            }
        }
        selector.selectedKeys().clear();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private boolean receive(DatagramChannel channel, long now) throws IOException {
        if (!ring.hasRoom()) {
            // What waits in the kernel now is dropped and counted there.
            LockSupport.parkNanos(FULL_NANOS);
            return false;
        }
        int offset = ring.writeOffset();
        buffer.limit(offset + DatagramRing.LARGEST).position(offset);
        InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
        if (sender == null) {
            return false;
        }
        datagrams++;
        buffer.flip().position(offset);
        copy();
        note(sender.getAddress());
        ring.put(buffer.limit() - offset, now, senderHigh, senderLow);
        return true;
    }

    /**
     * Decodes what was received.
     *
     * @param most datagrams at the most
     * @return whether there was anything
     */
    boolean decode(int most) {
        if (ring.isEmpty()) {
            return false;
        }
        for (int i = 0; i < most && !ring.isEmpty(); i++) {
            if (ring.nanos() < latestNanos - SET_BACK_NANOS) {
                output.clockSetBack();
                latestNanos = ring.nanos();
            }
            latestNanos = Math.max(latestNanos, ring.nanos());
            shedding.adapt(ring.load());
            decoder.begin(
                    ring.senderHigh(), ring.senderLow(), ring.nanos(), ring.bytes(), ring.offset(), ring.length());
            boolean isDone = false;
            while (!isDone) {
                FlowBatch batch = output.batch();
                int before = batch.size;
                isDone = decoder.fill(batch);
                shedding.thin(batch, before);
                if (!isDone) {
                    output.filled();
                }
            }
            ring.release();
        }
        shed = shedding.shed();
        keptOneIn = shedding.keptOneIn();
        if (ring.isEmpty()) {
            // What is there should not wait for more to come.
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
