package levee.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that was started for a measurement; what it says goes to a file. */
final class Running implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;

    Running(Path log, List<String> command) throws IOException {
        this.log = log;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Where this program is stopped, it takes what it started with it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    Process process() {
        return process;
    }

    /** What it said last. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    /** Something that becomes true, or fails as long as it is not. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits, as long as the process lives. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds(condition)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        "waited in vain for " + what + "; it said:" + System.lineSeparator() + lastWords());
            }
            Thread.sleep(50);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
