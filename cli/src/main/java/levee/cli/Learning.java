package levee.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import levee.attack.LearnedRates;
import levee.attack.LearnedRatesFile;

/**
 * What {@code levee serve} learned of the traffic, kept in the folder of data: read at the start, written every few seconds
 * on a thread of its own, and at the end.
 */
final class Learning implements AutoCloseable {
    /** What is lost at the most when the process is killed, with the time to write. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final String RATES = "learned-rates.cache";

    private final Path folder;
    private final Consumer<String> messages;
    private final LearnedRates rates;
    private final Thread saver =
            Thread.ofPlatform().daemon().name("levee-learning").unstarted(this::saveForever);

    private final CountDownLatch ended = new CountDownLatch(1);

    // Of whoever saves, one at a time.
    private long savedChanges;
    private boolean hasFailed;

    private Learning(Path folder, LearnedRates rates, Consumer<String> messages) {
        this.folder = folder;
        this.rates = rates;
        this.messages = messages;
    }

    /**
     * Reads what is there. What cannot be used is told, and left as it is until something is saved over it.
     *
     * @param folder of data
     * @param seed of hashes, secret
     */
    static Learning load(Path folder, long seed, InstantSource clock, Consumer<String> messages) {
        LearnedRates rates = new LearnedRates(LearnedRates.USUAL_CAPACITY, seed);
        Path file = folder.resolve(RATES);
        if (Files.exists(file)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                LearnedRatesFile.load(rates, in, clock.instant().getEpochSecond());
            } catch (IOException e) {
                messages.accept(file + " cannot be used: " + e.getMessage()
                        + "; what traffic is usual is learned anew, until when more may be called an attack");
            }
        }
        Learning learning = new Learning(folder, rates, messages);
        learning.savedChanges = rates.changes();
        return learning;
    }

    LearnedRates rates() {
        return rates;
    }

    void start() {
        saver.start();
    }

    private void saveForever() {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                save();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but who ends the process.
        }
    }

    /** Saves what changed since the last time. */
    synchronized void save() {
        long changes = rates.changes();
        if (changes == savedChanges) {
            return;
        }
        try {
            write(folder.resolve(RATES), out -> LearnedRatesFile.save(rates, out));
            savedChanges = changes;
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                messages.accept("what was learned cannot be saved in " + folder + ": " + e.getMessage());
            }
            hasFailed = true;
        }
    }

    /** Writes to a file. */
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a file as a whole or not at all, whenever the process or the machine ends. */
    static void write(Path file, Writer writer) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            writer.write(out);
            out.flush();
            channel.force(true);
        }
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        ended.countDown();
        save();
    }
}
