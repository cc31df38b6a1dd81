package levee.bench.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import levee.bench.live.ProcessUsage.Usage;
import org.jspecify.annotations.Nullable;

/** {@code nfcapd} or {@code sfcapd}, which writes all flows to a file. It is started anew for each step. */
final class NfcapdPeer implements Peer {
    private static final int PORT = 2056;
    private static final long SETTLED_MILLIS = 300;

    private final String program;
    private final Path folder;
    private final Path log;
    private @Nullable Running running;

    NfcapdPeer(String program, Path folder) {
        this.program = program;
        this.folder = folder.resolve(program);
        log = folder.resolve(program + ".log");
    }

    @Override
    public String name() {
        return program;
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public void begin() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        empty();
        Running started = new Running(
                log,
                List.of(
                        program,
                        "-w",
                        folder.toString(),
                        "-p",
                        Integer.toString(PORT),
                        "-b",
                        "127.0.0.1",
                        "-t",
                        "3600",
                        "-B",
                        "4000000"));
        running = started;
        String port = String.format(":%04X ", PORT);
        started.await(program, () -> Files.readString(Path.of("/proc/net/udp")).contains(port));
    }

    @Override
    public Received end() throws IOException, InterruptedException {
        Running collector = running;
        if (collector == null) {
            throw new IllegalStateException("not begun");
        }
        Usage last;
        Usage now = ProcessUsage.of(collector.process());
        do {
            last = now;
            Thread.sleep(SETTLED_MILLIS);
            now = ProcessUsage.of(collector.process());
        } while (now.secondsSince(last) > 0);
        long drops = ProcessUsage.drops(PORT);
        collector.close();
        running = null;
        Process reader = new ProcessBuilder("nfdump", "-R", folder.toString(), "-I")
                .redirectErrorStream(true)
                .start();
        String summary = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.waitFor();
        empty();
        return new Received(
                OptionalLong.empty(),
                Web.first(summary, "Flows:"),
                OptionalLong.of(Web.first(summary, "Sequence failures:")),
                drops,
                now.cpuSeconds());
    }

    private void empty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public void close() {
        Running collector = running;
        if (collector != null) {
            collector.close();
        }
    }
}
