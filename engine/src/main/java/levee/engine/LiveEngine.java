package levee.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.flowexport.ExporterTable;
import levee.model.Attack.Volume;
import levee.model.FindingEvent;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Looks for attacks in what exporters send, until it is closed. One thread receives and decodes, another one detects; a
 * ring of batches lies between them. When the detector falls behind, the kernel's buffer fills, and what it drops is
 * counted ({@link Statistics#kernelDrops}).
 */
public final class LiveEngine implements AutoCloseable {
    private static final int RING_BATCHES = 256;
    private static final int CONNECTIONS = 1 << 20;
    private static final long PATIENCE_MILLIS = 50;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PARK_NANOS = 50_000;

    /** Where the clock goes back by more, detection begins anew: its time would stand still until then. */
    private static final long SET_BACK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ExporterTable exporters;
    private final ConnectionTable connections;
    private final AttackDetector detector;
    private final TrafficMeter meter;
    private final FlowCollector collector;
    private final BatchRing ring = new BatchRing(RING_BATCHES, Pipeline.BATCH_ROWS, 1);
    private final LongSupplier clock;
    private final Batches batches = new Batches();
    private final Set<Integer> ports;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    // Of the receiving thread.
    private long next;
    private boolean claimed;
    private boolean setBack;
    private long latestNanos;

    // Of the detecting thread.
    private long nextTick;

    // Written by the detecting thread.
    private volatile long flows;
    private volatile long packets;
    private volatile long bytes;
    private volatile long detected;
    private volatile long evicted;

    /**
     * @param flows where to listen for export datagrams
     * @param copies where each datagram is sent to as it came
     * @param receiveBufferBytes what the kernel should hold for each port
     * @param seed of all hashes, secret
     */
    public record Settings(
            List<InetSocketAddress> flows,
            List<InetSocketAddress> copies,
            int receiveBufferBytes,
            OwnNetworks networks,
            long seed) {
        public Settings {
            flows = List.copyOf(flows);
            copies = List.copyOf(copies);
        }
    }

    /**
     * @param datagrams received
     * @param flows records or samples that became rows
     * @param packets that the rows stand for
     * @param bytes that the rows stand for, IP length
     * @param kernelDrops datagrams that were dropped because they were not fetched in time
     * @param uncopied copies of datagrams that could not be sent
     * @param waiting batches that wait for the detector
     * @param capacity batches that can wait
     * @param evicted what had to be forgotten because a table was full
     */
    public record Statistics(
            long datagrams,
            long flows,
            long packets,
            long bytes,
            long kernelDrops,
            long uncopied,
            long waiting,
            long capacity,
            long evicted) {}

    /**
     * Listens at once; call {@link #start} to begin with the work.
     *
     * @param exporters known so far
     * @param clock nanoseconds since 1970
     * @param listener is told of attacks as they open, change and end, on the thread that detects: it must not wait
     * @param seconds is told how much traffic came in each second, likewise
     * @throws IOException if a port cannot be listened on; the message says which
     */
    public LiveEngine(
            Settings settings,
            ExporterTable exporters,
            LongSupplier clock,
            Consumer<FindingEvent> listener,
            BiConsumer<Long, Map<String, Volume>> seconds)
            throws IOException {
        this.exporters = exporters;
        this.clock = clock;
        connections = new ConnectionTable(CONNECTIONS, settings.seed());
        detector = new AttackDetector(
                DetectionPolicy.liveNetwork(),
                settings.networks(),
                settings.seed(),
                index -> exporters.address(index).toString(),
                listener);
        meter = new TrafficMeter(settings.networks(), seconds);
        nextTick = clock.getAsLong();
        collector = new FlowCollector(
                settings.flows(),
                settings.receiveBufferBytes(),
                settings.copies(),
                exporters,
                this::receivedNanos,
                batches);
        ports = collector.ports().stream().map(InetSocketAddress::getPort).collect(Collectors.toSet());
    }

    /** The addresses that are listened on. */
    public List<InetSocketAddress> ports() {
        try {
            return collector.ports();
        } catch (IOException e) {
            return List.of();
        }
    }

    public void start() {
        threads.add(Thread.ofPlatform().name("levee-receive").start(() -> run(this::receive)));
        threads.add(Thread.ofPlatform().name("levee-detect").start(() -> run(this::detect)));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (Throwable e) {
            failure = e;
            stopping = true;
            ring.stop();
        }
    }

    private void receive() throws IOException {
        while (!stopping) {
            collector.work(PATIENCE_MILLIS);
        }
    }

    /** When a datagram is received. What came before the clock was set back is kept apart from what comes after. */
    private long receivedNanos() {
        long now = clock.getAsLong();
        if (now < latestNanos - SET_BACK_NANOS) {
            batches.filled();
            setBack = true;
            latestNanos = now;
        }
        latestNanos = Math.max(latestNanos, now);
        return now;
    }

    /** The ring as the collector sees it. */
    private final class Batches implements FlowCollector.Output {
        @Override
        public FlowBatch batch() {
            if (!claimed) {
                ring.awaitFree(next);
                ring.batch(next).clear(FlowBatch.Rows.FLOWS);
                claimed = true;
            }
            FlowBatch batch = ring.batch(next);
            if (setBack) {
                batch.restart = true;
                setBack = false;
            }
            return batch;
        }

        @Override
        public void filled() {
            if (claimed && ring.batch(next).size > 0) {
                connections.hash(ring.batch(next));
                ring.done(0, next++);
                claimed = false;
            }
        }
    }

    private void detect() {
        while (!stopping) {
            if (!detectNext()) {
                LockSupport.parkNanos(PARK_NANOS);
            }
            tick();
        }
    }

    /** Looks at the next batch; false if there is none. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private boolean detectNext() {
        if (!ring.isReady(1, detected)) {
            return false;
        }
        FlowBatch batch = ring.batch(detected);
        connections.annotate(batch);
        detector.process(batch);
        meter.count(batch);
        count(batch);
        ring.done(1, detected);
        detected++;
        return true;
    }

    private void tick() {
        long now = clock.getAsLong();
        if (now >= nextTick || now < nextTick - TICK_NANOS) {
            nextTick = now + TICK_NANOS;
            detector.tick(now);
            meter.tick(now);
            exporters.expire(now);
            evicted = detector.evicted();
        }
    }

    /**
     * Instead of {@link #start}: receives what has come and looks at it, on this thread, so that a day can be played in a
     * minute. Waits a moment for the first datagram.
     */
    public void step() throws IOException {
        collector.work(PATIENCE_MILLIS);
        while (detectNext()) {
            // All of it.
        }
        tick();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private void count(FlowBatch batch) {
        long addedPackets = 0;
        long addedBytes = 0;
        for (int row = 0; row < batch.size; row++) {
            addedPackets += batch.packets[row];
            addedBytes += batch.bytes[row];
        }
        flows += batch.size;
        packets += addedPackets;
        bytes += addedBytes;
    }

    /** Records or samples that became rows so far; unlike {@link #statistics} this asks nobody. */
    public long flows() {
        return flows;
    }

    /** May be called from any thread; reads what the kernel counted. */
    public Statistics statistics() {
        return new Statistics(
                collector.datagrams(),
                flows,
                packets,
                bytes,
                KernelDrops.of(ports),
                collector.uncopied(),
                Math.max(0, ring.filled() - detected),
                RING_BATCHES,
                evicted);
    }

    /** Why it has stopped by itself, if it has. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops without ending attacks: they go on without being watched. */
    @Override
    public void close() {
        stopping = true;
        ring.stop();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            collector.close();
        } catch (IOException e) {
            // The process gives its ports back when it ends.
        }
    }
}
