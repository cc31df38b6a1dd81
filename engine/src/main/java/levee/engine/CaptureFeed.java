package levee.engine;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import levee.capture.CaptureFormat;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Packets of a capture that is written while it is read, such as that of a tcpdump at the other end of a pipe, for
 * {@link LiveEngine}. A thread of its own reads and dissects into a ring of its own, from which the detecting thread takes
 * batches in turn with what exporters send. When that falls behind, the ring fills, and the writer waits or drops.
 *
 * <p>The end of the input is told. A FIFO is opened again, since whoever writes may come back.
 *
 * <p>Detection lives in the time of this machine. Where the times of packets are far from it, as in a recording that is played
 * again, they are moved as a whole, so that the first comes now.
 */
public final class CaptureFeed implements AutoCloseable {
    /** Standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int RING_BATCHES = 64;
    private static final int HEAD = 1 << 12;
    private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

    /** How far the times of packets may be from this machine's. */
    private static final long FAR_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Consumer<String> messages;
    private final BatchRing ring = new BatchRing(RING_BATCHES, Pipeline.BATCH_ROWS, 1);
    private @Nullable Thread thread;

    // Of the reading thread.
    private long next;
    private long shiftNanos;
    private String lastMessage = "";

    // Of the detecting thread.
    private long taken;

    private volatile boolean stopping;

    // Written by the reading thread.
    private volatile long packets;
    private volatile Map<String, Long> rejected = Map.of();

    /**
     * @param name a path, or {@link #STANDARD_INPUT}
     * @param messages takes what the operator should know, a line each, from a thread of its own
     */
    public CaptureFeed(String name, Consumer<String> messages) {
        this.name = name;
        this.messages = messages;
    }

    /**
     * Begins to read.
     *
     * @param connections that will annotate the rows
     * @param clock nanoseconds since 1970
     */
    void start(ConnectionTable connections, LongSupplier clock) {
        thread = Thread.ofPlatform().daemon().name("levee-capture").start(() -> readForever(connections, clock));
    }

    /** Packets read so far. */
    public long packets() {
        return packets;
    }

    /** What could not be used, by reason. */
    public Map<String, Long> rejected() {
        return rejected;
    }

    /** The batch that the detecting thread works on next, if there is one; it says so with {@link #done}. */
    @Nullable
    FlowBatch poll() {
        return ring.isReady(1, taken) ? ring.batch(taken) : null;
    }

    void done() {
        ring.done(1, taken++);
    }

    private void readForever(ConnectionTable connections, LongSupplier clock) {
        boolean again = true;
        while (again && !stopping) {
            again = readOnce(connections, clock);
            if (again && !stopping) {
                // What fails at once is not tried without a pause.
                LockSupport.parkNanos(this, REOPEN_NANOS);
            }
        }
    }

    /** @return whether it should be opened again */
    private boolean readOnce(ConnectionTable connections, LongSupplier clock) {
        boolean isStandardInput = name.equals(STANDARD_INPUT);
        // A file would be read again and again.
        boolean again = !isStandardInput && !Files.isRegularFile(Path.of(name));
        String what = isStandardInput ? "the capture on standard input" : "the capture " + name;
        String then = again ? "; it is opened again" : "; it is not opened again";
        long before = packets;
        // Told when the input is closed: what is written into a FIFO before that is lost with it.
        String end = "";
        try (ReadableByteChannel channel = open(isStandardInput)) {
            PrefixedChannel whole = PrefixedChannel.of(
                    channel,
                    HEAD,
                    (head, length) -> CaptureFormat.detect(head, length).isPresent());
            Optional<CaptureFormat> format = CaptureFormat.detect(whole.head(), whole.headLength());
            if (format.isPresent()) {
                SourceStatistics statistics = read(format.get().open(whole, true, null), connections, clock);
                end = " has ended after " + (packets - before) + " packets"
                        + statistics
                                .damage()
                                .map(damage -> ", damaged at byte " + damage.offset() + ": " + damage.reason())
                                .orElse("");
            } else {
                end = whole.headLength() == 0 ? " was empty" : " is neither pcap nor pcapng";
            }
        } catch (ClosedByInterruptException e) {
            // It is being closed.
        } catch (NoSuchFileException e) {
            tell("there is no " + name + "; make it with mkfifo");
        } catch (IOException e) {
            tell(what + " cannot be read: " + e.getMessage() + then);
        }
        if (!end.isEmpty()) {
            tell(what + end + then);
        }
        return again;
    }

    private ReadableByteChannel open(boolean isStandardInput) throws IOException {
        return isStandardInput
                ? new FileInputStream(FileDescriptor.in).getChannel()
                : Files.newByteChannel(Path.of(name));
    }

    /** Says something once, however often it happens in a row. */
    private void tell(String message) {
        if (!stopping && !message.equals(lastMessage)) {
            messages.accept(message);
        }
        lastMessage = message;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private SourceStatistics read(BatchSource source, ConnectionTable connections, LongSupplier clock)
            throws IOException {
        SourceStatistics statistics = source.statistics();
        Map<String, Long> rejectedBefore = rejected;
        long packetsBefore = packets;
        shiftNanos = 0;
        boolean more = true;
        while (more && ring.awaitFree(next)) {
            FlowBatch batch = ring.batch(next);
            try {
                more = source.fill(batch);
            } finally {
                // The attacks that go on, which exporters may tell of, too, do not end because a capture's clock jumps.
                batch.restart = false;
                packets = packetsBefore + statistics.packets;
                rejected = sum(rejectedBefore, statistics.rejections.asMap());
            }
            if (batch.size > 0 || batch.events.size > 0) {
                move(batch, clock.getAsLong());
                connections.hash(batch);
                ring.done(0, next++);
            }
        }
        return statistics;
    }

    private static Map<String, Long> sum(Map<String, Long> before, Map<String, Long> added) {
        if (added.isEmpty()) {
            return before;
        }
        Map<String, Long> sum = new TreeMap<>(before);
        added.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }

    private void move(FlowBatch batch, long now) {
        long first = batch.size > 0 ? batch.firstNanos[0] : batch.events.nanos[0];
        long ahead = first + shiftNanos - now;
        if (ahead > FAR_NANOS || ahead < -FAR_NANOS) {
            shiftNanos -= ahead;
        }
        if (shiftNanos != 0) {
            shift(batch.firstNanos, batch.size);
            if (!batch.rows.arePackets()) {
                // Of packets both are one.
                shift(batch.lastNanos, batch.size);
            }
            shift(batch.events.nanos, batch.events.size);
        }
    }

    private void shift(long[] times, int count) {
        for (int i = 0; i < count; i++) {
            times[i] += shiftNanos;
        }
    }

    /** Stops; what waits is forgotten. A thread that waits for somebody to open the other end ends with the process. */
    @Override
    public void close() {
        stopping = true;
        ring.stop();
        Thread reading = thread;
        if (reading == null) {
            return;
        }
        reading.interrupt();
        try {
            reading.join(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
