package levee.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.attack.DetectionSettings;
import levee.attack.LearnedRates;
import levee.botnet.AbuseDetector;
import levee.botnet.AbuseSettings;
import levee.botnet.BotMemory;
import levee.flowexport.ExporterTable;
import levee.model.Attack.Volume;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Looks for attacks and infected hosts in what exporters send, until it is closed. One thread receives, one decodes, one detects; a large ring
 * of datagrams and a small one of batches lie between them. When the detector falls behind, rows are sampled ({@link
 * Statistics#shed}); what the kernel drops is counted, too ({@link Statistics#kernelDrops}).
 */
public final class LiveEngine implements AutoCloseable {
    /** So few that they stay in the processor's cache; datagrams wait in their own ring. */
    private static final int RING_BATCHES = 32;

    private static final int DATAGRAMS_IN_A_ROW = 256;
    private static final int CONNECTIONS = 1 << 20;
    private static final long PATIENCE_MILLIS = 50;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** From a pause to the next one is longer, since a quiet network should cost nothing. */
    private static final long SHORTEST_PAUSE_NANOS = 20_000;

    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final ExporterTable exporters;
    private final ConnectionTable connections;
    private final AttackDetector detector;
    private final Optional<AbuseDetector> abuse;
    private final TrafficMeter meter;
    private final LearnedTraffic traffic;
    private final FlowCollector collector;
    private final BatchRing ring = new BatchRing(RING_BATCHES, Pipeline.BATCH_ROWS, 1);
    private final LongSupplier clock;
    private final Set<Integer> ports;
    private final List<CaptureFeed> feeds = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<RowObserver> observers = new ArrayList<>();
    private final AtomicReference<@Nullable Changed> changed = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    // Of the decoding thread.
    private long next;
    private boolean claimed;
    private boolean isSetBack;

    // Of the detecting thread.
    private long nextTick;
    private long detected;

    // Written by the detecting thread.
    private volatile long flows;
    private volatile long packets;
    private volatile long bytes;
    private volatile long evicted;

    /**
     * @param flows where to listen for export datagrams
     * @param copies where each datagram is sent to as it came
     * @param receiveBufferBytes what the kernel should hold for each port
     * @param detection what the operator says of the network
     * @param abuse what the operator says of infected hosts and other abuse, which is not looked for where absent
     * @param seed of all hashes, secret
     */
    public record Settings(
            List<InetSocketAddress> flows,
            List<InetSocketAddress> copies,
            int receiveBufferBytes,
            DetectionSettings detection,
            Optional<AbuseSettings> abuse,
            long seed) {
        public Settings {
            flows = List.copyOf(flows);
            copies = List.copyOf(copies);
        }
    }

    private record Changed(DetectionSettings detection, Optional<AbuseSettings> abuse) {}

    /**
     * @param datagrams received
     * @param flows records or samples that became rows
     * @param packets that the rows stand for
     * @param bytes that the rows stand for, IP length
     * @param kernelDrops datagrams that were dropped because they were not fetched in time
     * @param uncopied copies of datagrams that could not be sent
     * @param shed records or samples that were given up because the detector fell behind; those kept stand for them
     * @param keptOneIn one in how many is kept now
     * @param waiting datagrams that wait for the detector
     * @param capacity datagrams that can wait
     * @param evicted what had to be forgotten because a table was full
     */
    public record Statistics(
            long datagrams,
            long flows,
            long packets,
            long bytes,
            long kernelDrops,
            long uncopied,
            long shed,
            int keptOneIn,
            long waiting,
            long capacity,
            long evicted) {}

    /**
     * Listens at once; call {@link #start} to begin with the work.
     *
     * @param exporters known so far
     * @param learned what traffic is usual, as known so far
     * @param traffic how much of it is usual, as known so far
     * @param clock nanoseconds since 1970
     * @param listener is told of findings as they open, change and end, on the thread that detects: it must not wait
     * @param seconds is told how much traffic came in each second, by the name of the series, likewise; see {@link
     *     TrafficMeter}
     * @throws IOException if a port cannot be listened on; the message says which
     */
    public LiveEngine(
            Settings settings,
            ExporterTable exporters,
            LearnedRates learned,
            LearnedTraffic traffic,
            LongSupplier clock,
            Consumer<FindingEvent> listener,
            BiConsumer<Long, Map<String, Volume>> seconds)
            throws IOException {
        this.exporters = exporters;
        this.clock = clock;
        this.traffic = traffic;
        connections = new ConnectionTable(CONNECTIONS, settings.seed());
        detector = new AttackDetector(
                DetectionPolicy.liveNetwork(),
                settings.detection(),
                settings.seed(),
                learned,
                index -> exporters.address(index).toString(),
                listener);
        abuse = settings.abuse().map(known -> abuse(known, settings.seed(), listener));
        meter = new TrafficMeter(settings.detection().networks(), detector::takeVolumes, seconds);
        nextTick = clock.getAsLong();
        collector = new FlowCollector(
                settings.flows(),
                settings.receiveBufferBytes(),
                settings.copies(),
                exporters,
                clock,
                settings.seed(),
                new Batches());
        ports = collector.ports().stream().map(InetSocketAddress::getPort).collect(Collectors.toSet());
    }

    private AbuseDetector abuse(AbuseSettings settings, long seed, Consumer<FindingEvent> listener) {
        AbuseDetector made = new AbuseDetector(
                settings,
                BotMemory.liveNetwork(),
                seed,
                index -> exporters.address(index).toString(),
                listener);
        // Attacks must not wait while a minute's hosts are judged.
        made.spread();
        return made;
    }

    /** The addresses that are listened on. */
    public List<InetSocketAddress> ports() {
        try {
            return collector.ports();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Takes over an infected host that was known before a restart; only before {@link #start}. */
    public void remember(InfectedHost found) {
        abuse.ifPresent(looking -> looking.remember(found));
    }

    /** Lets somebody see all rows; only before {@link #start}. */
    public void observe(RowObserver observer) {
        observers.add(observer);
    }

    /** Looks at the packets of a capture, too; to be called before {@link #start}. */
    public void attach(CaptureFeed feed) {
        feeds.add(feed);
    }

    public void start() {
        feeds.forEach(feed -> feed.start(connections, clock));
        threads.add(Thread.ofPlatform().name("levee-receive").start(() -> run(this::receive)));
        threads.add(Thread.ofPlatform().name("levee-decode").start(() -> run(this::decode)));
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
            collector.receive(PATIENCE_MILLIS);
        }
    }

    private void decode() {
        long pause = SHORTEST_PAUSE_NANOS;
        while (!stopping) {
            pause = collector.decode(DATAGRAMS_IN_A_ROW) ? SHORTEST_PAUSE_NANOS : rest(pause);
        }
    }

    /** @return how long to rest if there is still nothing to do then */
    private static long rest(long nanos) {
        LockSupport.parkNanos(nanos);
        return Math.min(2 * nanos, LONGEST_PAUSE_NANOS);
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
            if (isSetBack) {
                batch.restart = true;
                isSetBack = false;
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

        @Override
        public void clockSetBack() {
            filled();
            isSetBack = true;
        }
    }

    /**
     * Lets the detecting thread take over what the operator changed, at the next opportunity.
     *
     * @param abuseSettings take effect where abuse was looked for from the start, and are present
     */
    public void apply(DetectionSettings detection, Optional<AbuseSettings> abuseSettings) {
        changed.set(new Changed(detection, abuseSettings));
    }

    private void applyChanges() {
        Changed both = changed.getAndSet(null);
        if (both != null) {
            DetectionSettings settings = both.detection();
            abuse.ifPresent(looking -> both.abuse().ifPresent(looking::apply));
            detector.apply(settings);
            meter.apply(settings.networks());
            traffic.apply(settings.networks().prefixes());
        }
    }

    private void detect() {
        long pause = SHORTEST_PAUSE_NANOS;
        while (!stopping) {
            pause = detectNext() ? SHORTEST_PAUSE_NANOS : rest(pause);
            tick();
        }
    }

    /** Looks at the next batch of each input; false if there is none. */
    private boolean detectNext() {
        boolean isIdle = true;
        if (ring.isReady(1, detected)) {
            look(ring.batch(detected));
            ring.done(1, detected++);
            isIdle = false;
        }
        for (int i = 0; i < feeds.size(); i++) {
            CaptureFeed feed = feeds.get(i);
            FlowBatch batch = feed.poll();
            if (batch != null) {
                look(batch);
                feed.done();
                isIdle = false;
            }
        }
        return !isIdle;
    }

    private void look(FlowBatch batch) {
        connections.annotate(batch);
        // Attacks first: they cannot wait.
        detector.process(batch);
        abuse.ifPresent(looking -> looking.process(batch));
        meter.count(batch);
        traffic.count(batch);
        count(batch);
        for (int i = 0; i < observers.size(); i++) {
            observers.get(i).rows(batch);
        }
    }

    private void tick() {
        long now = clock.getAsLong();
        if (now >= nextTick || now < nextTick - TICK_NANOS) {
            nextTick = now + TICK_NANOS;
            applyChanges();
            detector.tick(now);
            abuse.ifPresent(looking -> looking.tick(now));
            meter.tick(now);
            traffic.tick(now);
            exporters.expire(now);
            for (int i = 0; i < observers.size(); i++) {
                observers.get(i).tick(now);
            }
            evicted = detector.evicted() + abuse.map(AbuseDetector::evicted).orElse(0L);
        }
    }

    /**
     * Instead of {@link #start}: receives what has come and looks at it, on this thread, so that a day can be played in a
     * minute. Waits a moment for the first datagram.
     */
    public void step() throws IOException {
        collector.receive(PATIENCE_MILLIS);
        while (collector.decode(1) || detectNext()) {
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
        flows += batch.rows == FlowBatch.Rows.PACKETS ? 0 : batch.size;
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
                collector.shed(),
                collector.keptOneIn(),
                collector.waiting(),
                collector.capacity(),
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
        feeds.forEach(CaptureFeed::close);
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
