package levee.bench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import levee.bench.live.ProcessUsage.Usage;

/** {@code levee serve}, by its launcher. */
final class LeveePeer implements Peer {
    static final int FLOWS_PORT = 2055;
    static final int WEB_PORT = 8080;

    private static final long SETTLED_MILLIS = 300;
    private static final int MOST_CHECKS = 100;

    private final Running running;
    private Counts before = new Counts(0, 0, 0, 0, 0, new Usage(0));

    private record Counts(long datagrams, long flows, long lost, long drops, long queue, Usage usage) {}

    /** @param configuration given to it besides */
    LeveePeer(Path launcher, Optional<Path> configuration, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "serve",
                "--data",
                folder.resolve("levee").toString(),
                "--web",
                "127.0.0.1:" + WEB_PORT,
                "--flows",
                "127.0.0.1:" + FLOWS_PORT,
                "--networks",
                Load.NETWORK));
        configuration.ifPresent(file -> command.addAll(List.of("--config", file.toString())));
        running = new Running(folder.resolve("levee.log"), command);
        try {
            running.await(
                    "levee serve", () -> !Web.get(WEB_PORT, "/api/v1/stats").isEmpty());
        } catch (IOException e) {
            running.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "levee";
    }

    @Override
    public int port() {
        return FLOWS_PORT;
    }

    private Counts counts() throws IOException, InterruptedException {
        String statistics = Web.get(WEB_PORT, "/api/v1/stats");
        String exporters = Web.get(WEB_PORT, "/api/v1/exporters");
        return new Counts(
                Web.first(statistics, "\"datagrams\":"),
                Web.first(statistics, "\"flows\":"),
                Web.sum(exporters, "\"lost\":"),
                ProcessUsage.drops(FLOWS_PORT),
                Web.first(statistics, "\"queue\":{\"length\":"),
                ProcessUsage.of(running.process()));
    }

    @Override
    public void begin() throws IOException, InterruptedException {
        before = counts();
    }

    @Override
    public Received end() throws IOException, InterruptedException {
        Counts now = counts();
        Counts last;
        int checks = 0;
        do {
            last = now;
            Thread.sleep(SETTLED_MILLIS);
            now = counts();
        } while ((now.flows() != last.flows() || now.queue() > 0) && ++checks < MOST_CHECKS);
        return new Received(
                OptionalLong.of(now.datagrams() - before.datagrams()),
                now.flows() - before.flows(),
                OptionalLong.of(now.lost() - before.lost()),
                now.drops() - before.drops(),
                now.usage().secondsSince(before.usage()));
    }

    @Override
    public void close() {
        running.close();
    }
}
