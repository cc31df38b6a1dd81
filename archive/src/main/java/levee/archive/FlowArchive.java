package levee.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows as they are received, and never makes who receives them wait: {@link #record} copies them, another thread
 * packs and writes them. When that one is behind, rows are dropped and counted. Trouble with the disk is told once, and
 * what cannot be written meanwhile is counted likewise.
 */
public final class FlowArchive implements AutoCloseable {
    /** Blocks that wait to be written: a tenth of a second at a million flows a second, in 11 MB. */
    static final int BLOCKS = 8;

    /** After so long a block is written although it is not full. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** How often it is tried again where something is wrong with the disk, and looked for files that are too old. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final Duration TIDYING = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 200;
    private static final long LAST_BLOCKS_MILLIS = 3_000;

    private final ArchiveFolder folder;
    private final Path path;
    private final BlockEncoder encoder;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private final BlockingQueue<FlowBlock> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<FlowBlock> full = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread writer;
    private volatile boolean closing;

    // Of the thread that records.
    private @Nullable FlowBlock current;
    private long now;
    private volatile long recordDropped;

    // Of the thread that writes.
    private volatile long kept;
    private volatile long writeDropped;
    private volatile long bytes;
    private boolean inTrouble;
    private long retryNanos = Long.MIN_VALUE;
    private long tidyNanos = Long.MIN_VALUE;
    private long droppedBeforeTrouble;

    /**
     * @param flows rows that were written
     * @param dropped rows that were not, since the disk was behind, full or gone
     * @param bytes of all files
     */
    public record Statistics(long flows, long dropped, long bytes) {}

    /**
     * @param folder is made where it does not exist
     * @param exporters the address of an exporter by the index that rows have; throws IllegalArgumentException if there
     *     is none. Called from another thread.
     * @param seed secret, of hashes
     * @param messages takes what the operator should know, a line each, from another thread
     */
    public FlowArchive(
            Path folder,
            ArchiveLimits limits,
            IntFunction<IpAddress> exporters,
            long seed,
            InstantSource clock,
            Consumer<String> messages) {
        this.folder = new ArchiveFolder(folder, limits);
        this.clock = clock;
        this.messages = messages;
        path = folder;
        encoder = new BlockEncoder(exporters, seed);
        now = EpochNanos.of(clock.instant());
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new FlowBlock());
        }
        writer = Thread.ofPlatform().daemon().name("levee-archive").unstarted(this::write);
    }

    /** Begins to write. */
    public void start() {
        writer.start();
    }

    /** Keeps the rows of a batch, or counts them as dropped. From one thread only, that of {@link #tick}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    public void record(FlowBatch batch) {
        int row = 0;
        while (row < batch.size) {
            FlowBlock block = current;
            if (block == null) {
                block = free.poll();
                if (block == null) {
                    recordDropped += batch.size - row;
                    return;
                }
                block.size = 0;
                block.receivedFirstNanos = now;
                current = block;
            }
            row += block.append(batch, row);
            if (block.isFull()) {
                handOver(block);
            }
        }
    }

    /**
     * Lets time go on, some times a second.
     *
     * @param nowNanos nanoseconds since 1970, by the clock of the receiver
     */
    public void tick(long nowNanos) {
        now = nowNanos;
        FlowBlock block = current;
        if (block != null) {
            long waited = nowNanos - block.receivedFirstNanos;
            if (waited < 0 || waited >= LONGEST_WAIT.toNanos()) {
                handOver(block);
            }
        }
    }

    private void handOver(FlowBlock block) {
        block.receivedLastNanos = now;
        current = null;
        // There is room: there are no more blocks than that.
        full.add(block);
    }

    public Statistics statistics() {
        return new Statistics(kept, recordDropped + writeDropped, bytes);
    }

    private void write() {
        try {
            while (true) {
                boolean last = closing;
                FlowBlock block = last ? full.poll() : full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (block != null) {
                    write(block);
                    free.add(block);
                } else if (last) {
                    break;
                }
                tidy();
            }
        } catch (InterruptedException e) {
            // It was waited for long enough.
        } finally {
            end();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
    private void write(FlowBlock block) {
        if (inTrouble && isBefore(retryNanos)) {
            writeDropped += block.size;
            return;
        }
        try {
            folder.append(encoder.bytes(), encoder.encode(block), clock.instant());
            bytes = folder.bytes();
            kept += block.size;
            recovered();
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the next block may be written.
            writeDropped += block.size;
            failed(e, block.size);
        }
    }

    private void tidy() {
        if (isBefore(tidyNanos) || inTrouble && isBefore(retryNanos)) {
            return;
        }
        tidyNanos = nanos() + TIDYING.toNanos();
        try {
            folder.tidy(clock.instant());
            bytes = folder.bytes();
        } catch (IOException e) {
            failed(e, 0);
        }
    }

    private long nanos() {
        return EpochNanos.of(clock.instant());
    }

    /** Whether it is not yet time; a clock that was set back does not make it wait for longer than usual. */
    private boolean isBefore(long due) {
        long left = due - nanos();
        return due != Long.MIN_VALUE && left > 0 && left <= TIDYING.toNanos();
    }

    private void failed(Exception e, int dropped) {
        retryNanos = nanos() + RETRY.toNanos();
        if (!inTrouble) {
            inTrouble = true;
            droppedBeforeTrouble = statistics().dropped() - dropped;
            messages.accept("flows cannot be kept in " + path + ": " + e
                    + "; they are dropped and counted, and it is tried again every few seconds");
        }
    }

    private void recovered() {
        if (inTrouble) {
            inTrouble = false;
            messages.accept("flows are kept in " + path + " again; "
                    + (statistics().dropped() - droppedBeforeTrouble) + " were lost");
        }
    }

    private void end() {
        try {
            folder.close();
        } catch (IOException e) {
            // All that could be written is.
        }
        encoder.close();
    }

    /** Writes what there is, but waits for it not longer than three seconds. No rows must come any more. */
    @Override
    public void close() {
        FlowBlock block = current;
        if (block != null) {
            handOver(block);
        }
        closing = true;
        try {
            writer.join(LAST_BLOCKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
