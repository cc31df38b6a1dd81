package levee.bench.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import levee.bench.live.ProcessUsage.Usage;

/** Sends a load at a rate from one port or several, each of which is a source of its own with its own sequence. */
final class Sender implements AutoCloseable {
    private static final int SEND_BUFFER_BYTES = 4 << 20;

    /** Datagrams at a time: as few as lets the sender sleep in between. */
    private static final int MOST_AT_ONCE = 64;

    private static final long PAUSE_NANOS = 20_000;

    /** Where the machine did not let it send for longer, it does not make up for it: what follows would be a burst. */
    private static final long LATEST_NANOS = 5_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final long INTRODUCTION_NANOS = 500_000_000L;

    private final Load load;
    private final DatagramChannel[] channels;
    private final int[] sequences;
    private int next;

    /**
     * What was sent.
     *
     * @param failed datagrams that the system did not take
     * @param cpuSeconds of the sending thread
     */
    record Sent(long datagrams, long flows, long failed, double seconds, double cpuSeconds) {}

    Sender(Load load, InetSocketAddress to, int ports) throws IOException {
        this.load = load;
        channels = new DatagramChannel[ports];
        sequences = new int[ports];
        for (int i = 0; i < ports; i++) {
            channels[i] = DatagramChannel.open(StandardProtocolFamily.INET);
            channels[i].setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channels[i].connect(to);
        }
    }

    Sent send(double datagramsPerSecond, double seconds) throws IOException {
        Usage before = ProcessUsage.ofThisThread();
        // nfcapd drops flows of the first second if they follow the template at once.
        int introductions = introduce();
        long start = System.nanoTime();
        long nextTemplates = start + NANOS_PER_SECOND;
        long datagrams = introductions;
        long flows = introductions;
        long failed = 0;
        long missed = 0;
        long now = start;
        while (now - start < seconds * NANOS_PER_SECOND) {
            long nowMillis = System.currentTimeMillis();
            if (load.hasTemplate() && now >= nextTemplates) {
                nextTemplates = now + NANOS_PER_SECOND;
                for (int i = 0; i < channels.length; i++) {
                    failed += write(channels[i], load.template(i + 1, sequences[i]++));
                    datagrams++;
                    flows++;
                }
            }
            long due = introductions + (long) ((now - start - missed) * datagramsPerSecond / NANOS_PER_SECOND) + 1;
            long late = (long) ((due - datagrams) / datagramsPerSecond * NANOS_PER_SECOND);
            if (late > LATEST_NANOS) {
                missed += late - LATEST_NANOS;
                due = datagrams + MOST_AT_ONCE;
            }
            long end = Math.min(due, datagrams + MOST_AT_ONCE);
            if (datagrams >= end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (; datagrams < end; datagrams++) {
                int source = (int) (datagrams % channels.length);
                failed += write(channels[source], load.datagram(next, source + 1, sequences[source]++, nowMillis));
                next = next + 1 == load.size() ? 0 : next + 1;
                flows += load.flowsPerDatagram();
            }
            now = System.nanoTime();
        }
        double took = (double) (now - start) / NANOS_PER_SECOND;
        return new Sent(
                datagrams, flows, failed, took, ProcessUsage.ofThisThread().secondsSince(before));
    }

    /** @return how many datagrams told of templates */
    private int introduce() throws IOException {
        if (!load.hasTemplate()) {
            return 0;
        }
        for (int i = 0; i < channels.length; i++) {
            write(channels[i], load.template(i + 1, sequences[i]++));
        }
        LockSupport.parkNanos(INTRODUCTION_NANOS);
        return channels.length;
    }

    private static int write(DatagramChannel channel, ByteBuffer datagram) throws IOException {
        try {
            channel.write(datagram);
            return 0;
        } catch (PortUnreachableException e) {
            return 1;
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
