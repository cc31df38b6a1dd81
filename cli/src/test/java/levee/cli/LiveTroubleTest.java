package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.testing.SmallDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole service in trouble: it lives on, says what is wrong, and an attack is still found and told of. */
@Tag("slow")
@Timeout(120)
final class LiveTroubleTest {
    private static final String TRUE_EXPORTER = "127.0.0.1";
    private static final int MOST_UNKNOWN_EXPORTERS = 1_024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final IpAddress VICTIM = GuardedNetwork.VICTIM;
    private static final String SETTINGS = "networks: [192.0.2.0/24, 198.51.100.0/24]\nalerts: [WEBHOOK]\n";

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);

    private GuardedNetwork start(String settings) throws IOException, StartException {
        return new GuardedNetwork(folder, settings, ExportFormat.NETFLOW_V9);
    }

    private static long rejected(GuardedNetwork network, String reason) throws IOException, InterruptedException {
        return network.get("/api/v1/stats").at("/rejected/" + reason).asLong(0);
    }

    @Test
    void attackIsToldWhileTheDiskIsFullAndKeptWhenItIsNoMore() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (SmallDisk disk = SmallDisk.mount(data, 4_096);
                GuardedNetwork network = start(SETTINGS)) {
            assertThat(network.data).isEqualTo(disk.folder());
            Path ballast = data.resolve("ballast");
            fill(ballast);
            network.floodUntilTold("192.0.2.7");
            network.floodUntil(() -> network.ask("/health/ready").statusCode() == 503);
            assertThat(network.ask("/health/ready").body()).contains("make room");
            // The exporters' templates are kept every ten seconds.
            network.floodUntil(() ->
                    List.copyOf(network.messages).stream().anyMatch(message -> message.contains("cannot be saved")));

            Files.delete(ballast);
            network.floodUntil(() -> network.get("/api/v1/findings").toString().contains("192.0.2.7/32"));
            network.floodUntil(() -> network.ask("/health/ready").statusCode() == 200);
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4_096];
            for (int i = 0; i < 1_024; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            // Now it is full.
        }
    }

    @Test
    void attackIsToldWhileTheDatabaseIsLocked() throws Exception {
        try (GuardedNetwork network = start(SETTINGS)) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + network.data.resolve("levee.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                network.floodUntilTold("192.0.2.7");
                network.floodUntilTold("198.51.100.7");
                assertThat(network.get("/api/v1/findings").at("/findings")).isEmpty();
                statement.execute("ROLLBACK");
            }
            network.floodUntil(() -> {
                String findings = network.get("/api/v1/findings").toString();
                return findings.contains("192.0.2.7/32") && findings.contains("198.51.100.7/32");
            });
        }
    }

    /** The machine's clock, with a step that an operator or a time server makes. */
    private static final class SteppedClock implements InstantSource {
        private volatile Duration step = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(step);
        }
    }

    @Test
    void attacksAreFoundThoughTheClockIsSetForthAndBack() throws Exception {
        SteppedClock clock = new SteppedClock();
        try (GuardedNetwork network = new GuardedNetwork(folder, SETTINGS, ExportFormat.NETFLOW_V9, clock)) {
            network.floodUntilTold("192.0.2.7");
            clock.step = Duration.ofHours(3);
            network.floodUntilTold("198.51.100.8");
            clock.step = Duration.ofHours(-5);
            network.floodUntilTold("192.0.2.9");
            clock.step = Duration.ZERO;
            network.floodUntilTold("198.51.100.10");
            assertThat(network.get("/api/v1/stats").at("/kernel_drops").asLong())
                    .isZero();
        }
    }

    @Test
    void webPortThatIsTakenIsNamedAndEndsTheCommand() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = Processes.levee(
                            "serve",
                            "--data",
                            folder.toString(),
                            "--flows",
                            "127.0.0.1:0",
                            "--web",
                            "127.0.0.1:" + taken.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).isEqualTo(1);
                assertThat(said)
                        .contains("port " + taken.getLocalPort(), "Choose another")
                        .doesNotContain("\tat ");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void oneThatSendsAMillionTemplatesDoesNotHideAnAttack() throws Exception {
        try (GuardedNetwork network = start(SETTINGS);
                FakeExporter hostile = network.exporter("127.0.0.2")) {
            int templates = 0;
            for (int i = 0; templates < 1_000_000; i++) {
                templates += sendTemplates(hostile);
                byte[] unknown = new byte[random.nextInt(2, 200)];
                random.nextBytes(unknown);
                unknown[0] = (byte) 0x7f;
                if (i % 10 == 0) {
                    hostile.send(unknown, unknown.length);
                    network.flood(VICTIM);
                }
            }
            network.floodUntilTold("192.0.2.7");

            JsonNode flooder = exporter(network, "127.0.0.2");
            assertThat(flooder.at("/templates").asLong()).isBetween(1L, 1_024L);
            assertThat(flooder.at("/templates_evicted").asLong()
                            + flooder.at("/rejected").properties().stream()
                                    .mapToLong(reason -> reason.getValue().asLong())
                                    .sum())
                    .isPositive();
            assertThat(rejected(network, "unknown_version")).isPositive();
            assertThat(exporter(network, TRUE_EXPORTER).at("/rejected")).isEmpty();
        }
    }

    /** NetFlow v9 of a domain of its own, with as many templates as a datagram holds. */
    private int sendTemplates(FakeExporter exporter) {
        int count = 100;
        ByteBuffer datagram = ByteBuffer.allocate(20 + 4 + count * 12);
        datagram.putShort((short) 9).putShort((short) count).putInt(1_000_000);
        datagram.putInt((int) (FakeExporter.now() / NANOS_PER_SECOND))
                .putInt(random.nextInt())
                .putInt(random.nextInt());
        datagram.putShort((short) 0).putShort((short) (4 + count * 12));
        for (int i = 0; i < count; i++) {
            datagram.putShort((short) random.nextInt(256, 65_536)).putShort((short) 2);
            datagram.putShort((short) 8).putShort((short) 4);
            datagram.putShort((short) random.nextInt(1, 100)).putShort((short) random.nextInt(1, 9));
        }
        exporter.send(datagram.array(), datagram.position());
        return count;
    }

    private static JsonNode exporter(GuardedNetwork network, String address) throws IOException, InterruptedException {
        for (JsonNode exporter : network.get("/api/v1/exporters").at("/exporters")) {
            if (exporter.at("/address").asString().equals(address)) {
                return exporter;
            }
        }
        throw new AssertionError("there is no exporter " + address);
    }

    /** Datagrams that look as if many exporters sent them, one each. */
    private void pretendToBeMany(GuardedNetwork network, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (FakeExporter exporter = network.exporter("127.7." + i / 250 + "." + (1 + i % 250))) {
                sendTemplates(exporter);
            }
        }
    }

    @Test
    void manyThatPretendToBeExportersDoNotHideAnAttack() throws Exception {
        try (GuardedNetwork network = start(SETTINGS)) {
            network.flood(IpAddress.parse("198.51.100.1"));
            pretendToBeMany(network, 2 * MOST_UNKNOWN_EXPORTERS);
            network.floodUntilTold("192.0.2.7");

            assertThat(network.get("/api/v1/exporters").at("/exporters")).hasSize(MOST_UNKNOWN_EXPORTERS);
            assertThat(rejected(network, "unknown_exporter")).isGreaterThanOrEqualTo(MOST_UNKNOWN_EXPORTERS);
        }
    }

    @Test
    void whoIsNotOnTheListIsRefusedAndCounted() throws Exception {
        // Who listens beyond the machine itself listens to those on the list only.
        String open = "flows: 0.0.0.0:0\n" + SETTINGS + "exporters: [{address: " + TRUE_EXPORTER + "}]\n";
        try (GuardedNetwork network = start(open)) {
            pretendToBeMany(network, 3_000);
            network.floodUntilTold("192.0.2.7");

            assertThat(network.get("/api/v1/exporters").at("/exporters")).hasSize(1);
            assertThat(rejected(network, "unknown_exporter")).isEqualTo(3_000);
        }
    }

    @Test
    void attackIsWatchedAmongHostileDatagrams() throws Exception {
        List<byte[]> samples = samples();
        try (GuardedNetwork network = GuardedNetwork.inFastMotion(folder, SETTINGS, ExportFormat.NETFLOW_V9);
                FakeExporter hostile = network.exporter("127.0.0.3")) {
            network.floodUntilTold("192.0.2.7");
            for (int i = 0; i < 30_000; i++) {
                byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
                for (int changes = random.nextInt(1, 20); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                hostile.send(bytes, random.nextInt(1, bytes.length + 1));
                if (i % 100 == 0) {
                    network.flood(VICTIM);
                }
            }
            // What a hostile exporter makes up may be called attacks, too.
            network.floodUntil(
                    "/api/v1/findings?state=open&limit=500",
                    answer -> answer.get("findings")
                            .valueStream()
                            .anyMatch(
                                    finding -> finding.get("target").asString().equals("192.0.2.7/32")
                                            && finding.at("/total/packets").asLong() > 50_000));

            assertThat(network.get("/api/v1/stats").at("/rejected").properties().size())
                    .isGreaterThan(1);
            assertThat(exporter(network, TRUE_EXPORTER).at("/rejected")).isEmpty();
            assertThat(network.ask("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    /** A true datagram of each format. */
    private List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (ExportFormat format : ExportFormat.values()) {
            FlowExportEncoder encoder = new FlowExportEncoder(
                    new EncoderSettings(format, 1_400, 1, FakeExporter.now() - NANOS_PER_SECOND, 1, 1, false),
                    (bytes, length) -> samples.add(Arrays.copyOf(bytes, length)));
            FlowBatch batch = new FlowBatch(FakeExporter.ROWS);
            batch.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
            for (int row = 0; row < 20; row++) {
                batch.reset(row);
                batch.firstNanos[row] = FakeExporter.now();
                batch.lastNanos[row] = FakeExporter.now();
                batch.sourceLow[row] = IpAddress.mapIpv4(random.nextInt());
                batch.destinationLow[row] = IpAddress.mapIpv4(random.nextInt());
                batch.protocol[row] = Protocols.UDP;
                batch.bytes[row] = 100;
            }
            batch.size = 20;
            encoder.encode(batch, FakeExporter.now());
            encoder.flush(FakeExporter.now());
        }
        return samples;
    }
}
