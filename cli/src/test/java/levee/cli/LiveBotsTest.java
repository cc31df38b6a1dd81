package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import levee.flowexport.ExportFormat;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Infected hosts in what a router exports to the whole of {@code levee serve}, in a time that goes faster. */
@Tag("slow")
@Timeout(60)
final class LiveBotsTest {
    private static final String NETWORKS = "networks: 192.0.2.0/24\n";
    private static final String INFECTED = "/api/v1/findings?kind=infected-host";
    private static final int BOT = (int) IpAddress.parse("192.0.2.23").low();
    private static final int NEIGHBOUR = (int) IpAddress.parse("192.0.2.40").low();
    private static final int KNOWN_SERVER =
            (int) IpAddress.parse("203.0.113.66").low();
    private static final int TRIES_A_SECOND = 10;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final FastClock clock = new FastClock();

    /** Stands still but for its steps. */
    private static final class FastClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-05-11T08:00:20Z");

        @Override
        public Instant instant() {
            return now;
        }

        void step() {
            now = now.plusSeconds(1);
        }
    }

    private GuardedNetwork start(String bots) throws IOException, StartException {
        return new GuardedNetwork(folder, NETWORKS + bots, ExportFormat.NETFLOW_V9, clock);
    }

    private FakeExporter router(GuardedNetwork network) throws IOException {
        return network.exporter("127.0.0.2", () -> EpochNanos.of(clock.instant()));
    }

    /** A second of one who looks for cameras, as Mirai does, and of a neighbour who reads the news. */
    private void second(FakeExporter router) throws InterruptedException {
        clock.step();
        router.clear();
        for (int i = 0; i < TRIES_A_SECOND; i++) {
            int row = router.add(
                    BOT,
                    random.nextInt(0x0100_0000, 0x6000_0000),
                    random.nextInt(1_024, 65_536),
                    i == 0 ? 2_323 : 23,
                    Protocols.TCP);
            router.batch.tcpFlags[row] = TcpFlags.SYN;
            router.batch.bytes[row] = 40;
        }
        conversation(router, NEIGHBOUR, random.nextInt(0x0100_0000, 0x6000_0000));
        router.tell();
        Thread.sleep(5);
    }

    private void conversation(FakeExporter router, int client, int server) {
        int port = random.nextInt(32_768, 61_000);
        for (boolean isAnswer : new boolean[] {false, true}) {
            int row = isAnswer
                    ? router.add(server, client, 443, port, Protocols.TCP)
                    : router.add(client, server, port, 443, Protocols.TCP);
            router.batch.tcpFlags[row] = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.FIN;
            router.batch.packets[row] = 8;
            router.batch.bytes[row] = 4_000;
        }
    }

    @Test
    void scanningHostIsFoundWithinTwoMinutesAndKeptOverARestart() throws Exception {
        try (GuardedNetwork network = start("")) {
            Instant begun = clock.instant();
            JsonNode before;
            try (FakeExporter router = router(network)) {
                before = untilFound(network, router);
            }
            assertThat(before.at("/findings")).hasSize(1);
            Instant detected =
                    Instant.parse(before.at("/findings/0/detected_at").asString());
            assertThat(Duration.between(begun, detected)).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(before.at("/findings/0/host").asString()).isEqualTo("192.0.2.23");
            assertThat(before.at("/findings/0/behaviours/0/name").asString()).isEqualTo("scanning");
            assertThat(before.at("/findings/0/state").asString()).isEqualTo("open");
            assertThat(network.get("/api/v1/stats").at("/evicted").asLong()).isZero();

            network.restart();
            assertThat(network.get(INFECTED).at("/findings/0/state").asString()).isEqualTo("open");
            JsonNode end = network.get(INFECTED).at("/findings/0/end");
            try (FakeExporter router = router(network)) {
                network.await(() -> {
                    second(router);
                    return !network.get(INFECTED).at("/findings/0/end").equals(end);
                });
            }
            JsonNode after = network.get(INFECTED);
            assertThat(after.at("/findings")).hasSize(1);
            assertThat(after.at("/findings/0/id")).isEqualTo(before.at("/findings/0/id"));
            assertThat(after.at("/findings/0/start")).isEqualTo(before.at("/findings/0/start"));
            assertThat(after.at("/findings/0/state").asString()).isEqualTo("open");
        }
    }

    /** Hours of signs must not be lost with the process: what was found counts on as soon as the host does anything. */
    @Test
    void whatWasFoundBeforeARestartStillCounts() throws Exception {
        try (GuardedNetwork network = start("")) {
            JsonNode before;
            try (FakeExporter router = router(network)) {
                before = untilFound(network, router).at("/findings/0");
            }
            network.restart();
            JsonNode score = before.at("/score");
            try (FakeExporter router = router(network)) {
                network.await(() -> {
                    clock.step();
                    router.clear();
                    conversation(router, BOT, random.nextInt(0x0100_0000, 0x6000_0000));
                    router.tell();
                    Thread.sleep(5);
                    return !network.get(INFECTED).at("/findings/0/score").equals(score);
                });
            }
            JsonNode after = network.get(INFECTED).at("/findings/0");
            assertThat(after.at("/id")).isEqualTo(before.at("/id"));
            assertThat(after.at("/level")).isEqualTo(before.at("/level"));
            assertThat(after.at("/behaviours/0/name").asString()).isEqualTo("scanning");
            assertThat(after.at("/behaviours/0/first_seen")).isEqualTo(before.at("/behaviours/0/first_seen"));
            assertThat(after.at("/score").asDouble()).isBetween(score.asDouble() - 2, score.asDouble());
        }
    }

    private JsonNode untilFound(GuardedNetwork network, FakeExporter router) throws Exception {
        while (true) {
            second(router);
            JsonNode answer = network.get(INFECTED);
            if (!answer.at("/findings").isEmpty()) {
                return answer;
            }
        }
    }

    @Test
    void whatIsAllowedIsNotTold() throws Exception {
        try (GuardedNetwork network = start("bots: {allow: [192.0.2.23]}\n");
                FakeExporter router = router(network)) {
            for (int i = 0; i < 180; i++) {
                second(router);
            }
            assertThat(network.get(INFECTED).at("/findings")).isEmpty();
        }
    }

    @Test
    void knownServerIsTold() throws Exception {
        Path list = Files.writeString(folder.resolve("own.txt"), "203.0.113.66\n");
        try (GuardedNetwork network = start("bots: {indicators: [%s]}\n".formatted(list));
                FakeExporter router = router(network)) {
            network.await(() -> {
                clock.step();
                router.clear();
                conversation(router, NEIGHBOUR, KNOWN_SERVER);
                router.tell();
                Thread.sleep(5);
                return !network.get(INFECTED).at("/findings").isEmpty();
            });
            JsonNode found = network.get(INFECTED).at("/findings/0");
            assertThat(found.at("/host").asString()).isEqualTo("192.0.2.40");
            assertThat(found.toString()).contains("known-indicator", "own.txt");
        }
    }

    @Test
    void nothingIsLookedForWhereItIsSwitchedOffAndThatNeedsARestart() throws Exception {
        try (GuardedNetwork network = start("bots: {enabled: false}\n")) {
            network.reload(NETWORKS + "bots: {allow: [example.org]}\n");
            assertThat(network.messages).contains("bots.enabled: needs a restart; until then the former value holds");
            assertThat(network.get("/api/v1/settings").toString())
                    .contains("{\"name\":\"bots.enabled\",\"values\":[\"false\"],\"from\":\"file\"", "example.org");
            try (FakeExporter router = router(network)) {
                for (int i = 0; i < 180; i++) {
                    second(router);
                }
            }
            assertThat(network.get(INFECTED).at("/findings")).isEmpty();
        }
    }

    @Test
    void indicatorsStayWhereTheirFileIsGoneAndTheOtherSettingsChange() throws Exception {
        Path list = Files.writeString(folder.resolve("own.txt"), "203.0.113.66\n");
        String bots = "bots: {indicators: [%s]}\n".formatted(list);
        try (GuardedNetwork network = start(bots)) {
            Files.delete(list);
            network.reload(NETWORKS + "mode: monitor\n" + bots);
            assertThat(network.messages)
                    .contains(
                            "there is no file " + list,
                            "the indicators stay as they were, because of these files",
                            "the settings were read again and are in force, with 1 indicator");
            assertThat(network.get("/api/v1/settings").toString()).contains("monitor", list.toString());

            Files.writeString(list, "203.0.113.66\n203.0.113.67\n");
            network.reload(NETWORKS + bots);
            assertThat(network.messages).contains("the settings were read again and are in force, with 2 indicators");
        }
    }
}
