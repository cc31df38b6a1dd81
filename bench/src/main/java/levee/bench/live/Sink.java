package levee.bench.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.OptionalLong;
import levee.bench.live.ProcessUsage.Usage;

/** Receives and throws away, to know what the sender and the kernel can do: a thread that blocks in the system call. */
final class Sink implements Peer {
    private static final int RECEIVE_BUFFER_BYTES = 64 << 20;
    private static final long SETTLED_MILLIS = 300;

    private final int flowsPerDatagram;
    private final DatagramChannel channel;
    private volatile long datagrams;
    private volatile Usage usage = new Usage(0);
    private long datagramsBefore;
    private long dropsBefore;
    private Usage usageBefore = new Usage(0);

    Sink(int flowsPerDatagram) throws IOException {
        this.flowsPerDatagram = flowsPerDatagram;
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("sink").start(this::receive);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (true) {
                buffer.clear();
                channel.receive(buffer);
                datagrams++;
                if ((datagrams & 0xfff) == 0) {
                    usage = ProcessUsage.ofThisThread();
                }
            }
        } catch (ClosedChannelException e) {
            // The end.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "sink";
    }

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void begin() throws IOException {
        datagramsBefore = datagrams;
        dropsBefore = ProcessUsage.drops(port());
        usageBefore = usage;
    }

    @Override
    public Received end() throws IOException, InterruptedException {
        Thread.sleep(SETTLED_MILLIS);
        long received = datagrams - datagramsBefore;
        return new Received(
                OptionalLong.of(received),
                received * flowsPerDatagram,
                OptionalLong.empty(),
                ProcessUsage.drops(port()) - dropsBefore,
                usage.secondsSince(usageBefore));
    }

    @Override
    public void close() throws IOException {
        // Its thread ends by this.
        channel.close();
    }
}
