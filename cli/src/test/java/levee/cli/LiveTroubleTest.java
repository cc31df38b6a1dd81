package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import levee.alert.Secret;
import levee.alert.Webhook;
import levee.attack.DetectionSettings;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.flowexport.KnownExporter;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service in trouble: it lives on, says what is wrong, and an attack is still found and told of. */
@Tag("slow")
@Timeout(120)
final class LiveTroubleTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String TRUE_EXPORTER = "127.0.0.1";
    private static final int ROWS = 256;
    private static final int MOST_UNKNOWN_EXPORTERS = 1_024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @TempDir
    private Path data;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private HttpServer receiver;
    private int web;

    @BeforeEach
    void listenForAlerts() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        receiver.createContext("/", exchange -> {
            JsonNode alert =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            if (alert.at("/event").asString().equals("opened")) {
                told.add(alert.at("/finding/target").asString());
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            web = free.getLocalPort();
        }
    }

    @AfterEach
    void listenNoMore() {
        receiver.stop(0);
    }

    private ServeSettings settings(List<KnownExporter> exporters) {
        return new ServeSettings(
                data,
                Optional.empty(),
                new InetSocketAddress(LOOPBACK, web),
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                List.of(),
                DetectionSettings.of(
                        OwnNetworks.of(List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("198.51.100.0/24")))),
                Mode.ALERT,
                exporters,
                !exporters.isEmpty(),
                List.of(),
                List.of(),
                List.of(new Webhook(
                        "test",
                        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/"),
                        Secret.of("0123456789abcdef0123456789abcdef"))),
                Retention.DEFAULT,
                List.of(),
                Optional.empty(),
                List.of());
    }

    private LiveService start() throws StartException {
        return LiveService.start(settings(List.of()), messages::add);
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Something that becomes true some day; the time limit of the test bounds it. */
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private boolean isTold(String target) {
        return told.contains(target + "/32");
    }

    /** An exporter whose network is under attack. */
    private final class Attacked implements AutoCloseable {
        private final DatagramSocket socket;
        private final FlowExportEncoder encoder;
        private final FlowBatch batch = new FlowBatch(ROWS);

        Attacked(LiveService service) throws IOException {
            socket = new DatagramSocket(0, InetAddress.getByName(TRUE_EXPORTER));
            socket.connect(service.flows().getFirst());
            encoder = new FlowExportEncoder(
                    new EncoderSettings(
                            ExportFormat.NETFLOW_V9, 1_400, 1, now() - 3_600 * NANOS_PER_SECOND, 20, 1, false),
                    (bytes, length) -> send(socket, bytes, length));
        }

        void flood(String victim) throws InterruptedException {
            IpAddress target = IpAddress.parse(victim);
            batch.clear(FlowBatch.Rows.FLOWS);
            for (int row = 0; row < ROWS; row++) {
                batch.reset(row);
                batch.firstNanos[row] = now();
                batch.lastNanos[row] = batch.firstNanos[row];
                batch.sourceLow[row] = IpAddress.mapIpv4(random.nextInt(0x0100_0000, 0x6000_0000));
                batch.destinationLow[row] = target.low();
                batch.sourcePort[row] = (char) random.nextInt(1_024, 65_536);
                batch.destinationPort[row] = 443;
                batch.protocol[row] = Protocols.TCP;
                batch.tcpFlags[row] = TcpFlags.SYN;
                batch.bytes[row] = 44;
            }
            batch.size = ROWS;
            encoder.encode(batch, now());
            encoder.flush(now());
            Thread.sleep(5);
        }

        void floodUntil(String victim, Condition condition) throws IOException, InterruptedException {
            while (!condition.holds()) {
                flood(victim);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** In whole milliseconds. */
    private static long now() {
        return System.currentTimeMillis() * 1_000_000;
    }

    private static void send(DatagramSocket socket, byte[] bytes, int length) {
        try {
            socket.send(new DatagramPacket(bytes, length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DatagramSocket from(String address, LiveService service) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address));
        socket.connect(service.flows().getFirst());
        return socket;
    }

    private long rejected(String reason) throws IOException, InterruptedException {
        return get("/api/v1/stats").at("/rejected/" + reason).asLong(0);
    }

    @Test
    void attackIsToldWhileTheDiskIsFullAndKeptWhenItIsNoMore() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", data.toString()))
                .as("a small disk can be made by root only")
                .isTrue();
        try {
            try (LiveService service = start();
                    Attacked exporter = new Attacked(service)) {
                Path ballast = data.resolve("ballast");
                fill(ballast);
                exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));
                exporter.floodUntil("192.0.2.7", () -> ask("/health/ready").statusCode() == 503);
                assertThat(ask("/health/ready").body()).contains("make room");
                // The exporters' templates are kept every ten seconds.
                exporter.floodUntil("192.0.2.7", () -> messages.stream().anyMatch(m -> m.contains("cannot be saved")));

                Files.delete(ballast);
                exporter.floodUntil(
                        "192.0.2.7", () -> get("/api/v1/findings").toString().contains("192.0.2.7/32"));
                exporter.floodUntil("192.0.2.7", () -> ask("/health/ready").statusCode() == 200);
            }
        } finally {
            assertThat(run("umount", data.toString())).isTrue();
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

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }

    @Test
    void attackIsToldWhileTheDatabaseIsLocked() throws Exception {
        try (LiveService service = start();
                Attacked exporter = new Attacked(service)) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("levee.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));
                exporter.floodUntil("198.51.100.7", () -> isTold("198.51.100.7"));
                assertThat(get("/api/v1/findings").at("/findings")).isEmpty();
                statement.execute("ROLLBACK");
            }
            exporter.floodUntil("192.0.2.7", () -> {
                String findings = get("/api/v1/findings").toString();
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
        try (LiveService service = LiveService.start(settings(List.of()), messages::add, clock);
                Attacked exporter = new Attacked(service)) {
            exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));
            clock.step = Duration.ofHours(3);
            exporter.floodUntil("198.51.100.8", () -> isTold("198.51.100.8"));
            clock.step = Duration.ofHours(-5);
            exporter.floodUntil("192.0.2.9", () -> isTold("192.0.2.9"));
            clock.step = Duration.ZERO;
            exporter.floodUntil("198.51.100.10", () -> isTold("198.51.100.10"));
            assertThat(get("/api/v1/stats").at("/kernel_drops").asLong()).isZero();
        }
    }

    @Test
    void webPortThatIsTakenIsNamedAndEndsTheCommand() throws Exception {
        try (ServerSocket taken = new ServerSocket(web, 1, LOOPBACK)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "levee.cli.Main",
                            "serve",
                            "--data",
                            data.toString(),
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
        try (LiveService service = start();
                Attacked exporter = new Attacked(service);
                DatagramSocket hostile = from("127.0.0.2", service)) {
            int templates = 0;
            for (int i = 0; templates < 1_000_000; i++) {
                templates += sendTemplates(hostile);
                byte[] unknown = new byte[random.nextInt(2, 200)];
                random.nextBytes(unknown);
                unknown[0] = (byte) 0x7f;
                if (i % 10 == 0) {
                    send(hostile, unknown, unknown.length);
                    exporter.flood("192.0.2.7");
                }
            }
            exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));

            JsonNode flooder = exporter("127.0.0.2");
            assertThat(flooder.at("/templates").asLong()).isBetween(1L, 1_024L);
            assertThat(flooder.at("/templates_evicted").asLong()
                            + flooder.at("/rejected").properties().stream()
                                    .mapToLong(reason -> reason.getValue().asLong())
                                    .sum())
                    .isPositive();
            assertThat(rejected("unknown_version")).isPositive();
            assertThat(exporter(TRUE_EXPORTER).at("/rejected")).isEmpty();
        }
    }

    /** NetFlow v9 of a domain of its own, with as many templates as a datagram holds. */
    private int sendTemplates(DatagramSocket socket) {
        int count = 100;
        ByteBuffer datagram = ByteBuffer.allocate(20 + 4 + count * 12);
        datagram.putShort((short) 9).putShort((short) count).putInt(1_000_000);
        datagram.putInt((int) (now() / NANOS_PER_SECOND))
                .putInt(random.nextInt())
                .putInt(random.nextInt());
        datagram.putShort((short) 0).putShort((short) (4 + count * 12));
        for (int i = 0; i < count; i++) {
            datagram.putShort((short) random.nextInt(256, 65_536)).putShort((short) 2);
            datagram.putShort((short) 8).putShort((short) 4);
            datagram.putShort((short) random.nextInt(1, 100)).putShort((short) random.nextInt(1, 9));
        }
        send(socket, datagram.array(), datagram.position());
        return count;
    }

    private JsonNode exporter(String address) throws IOException, InterruptedException {
        for (JsonNode exporter : get("/api/v1/exporters").at("/exporters")) {
            if (exporter.at("/address").asString().equals(address)) {
                return exporter;
            }
        }
        throw new AssertionError("there is no exporter " + address);
    }

    /** Datagrams that look as if many exporters sent them, one each. */
    private void pretendToBeMany(LiveService service, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (DatagramSocket socket = from("127.7." + i / 250 + "." + (1 + i % 250), service)) {
                sendTemplates(socket);
            }
        }
    }

    @Test
    void manyThatPretendToBeExportersDoNotHideAnAttack() throws Exception {
        try (LiveService service = start();
                Attacked exporter = new Attacked(service)) {
            exporter.flood("198.51.100.1");
            pretendToBeMany(service, 2 * MOST_UNKNOWN_EXPORTERS);
            exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));

            assertThat(get("/api/v1/exporters").at("/exporters")).hasSize(MOST_UNKNOWN_EXPORTERS);
            assertThat(rejected("unknown_exporter")).isGreaterThanOrEqualTo(MOST_UNKNOWN_EXPORTERS);
        }
    }

    @Test
    void whoIsNotOnTheListIsRefusedAndCounted() throws Exception {
        List<KnownExporter> known = List.of(new KnownExporter(IpAddress.parse(TRUE_EXPORTER), 0, Map.of()));
        try (LiveService service = LiveService.start(settings(known), messages::add);
                Attacked exporter = new Attacked(service)) {
            pretendToBeMany(service, 3_000);
            exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));

            assertThat(get("/api/v1/exporters").at("/exporters")).hasSize(1);
            assertThat(rejected("unknown_exporter")).isEqualTo(3_000);
        }
    }

    @Test
    void attackIsFoundAmongHostileDatagrams() throws Exception {
        List<byte[]> samples = samples();
        try (LiveService service = start();
                Attacked exporter = new Attacked(service);
                DatagramSocket hostile = from("127.0.0.3", service)) {
            for (int i = 0; i < 30_000; i++) {
                byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
                for (int changes = random.nextInt(1, 20); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                send(hostile, bytes, random.nextInt(1, bytes.length + 1));
                if (i % 100 == 0) {
                    exporter.flood("192.0.2.7");
                }
            }
            exporter.floodUntil("192.0.2.7", () -> isTold("192.0.2.7"));

            assertThat(get("/api/v1/stats").at("/rejected").properties().size()).isGreaterThan(1);
            assertThat(exporter(TRUE_EXPORTER).at("/rejected")).isEmpty();
            assertThat(ask("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    /** A true datagram of each format. */
    private List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (ExportFormat format : ExportFormat.values()) {
            FlowExportEncoder encoder = new FlowExportEncoder(
                    new EncoderSettings(format, 1_400, 1, now() - NANOS_PER_SECOND, 1, 1, false),
                    (bytes, length) -> samples.add(Arrays.copyOf(bytes, length)));
            FlowBatch batch = new FlowBatch(ROWS);
            batch.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
            for (int row = 0; row < 20; row++) {
                batch.reset(row);
                batch.firstNanos[row] = now();
                batch.lastNanos[row] = now();
                batch.sourceLow[row] = IpAddress.mapIpv4(random.nextInt());
                batch.destinationLow[row] = IpAddress.mapIpv4(random.nextInt());
                batch.protocol[row] = Protocols.UDP;
                batch.bytes[row] = 100;
            }
            batch.size = 20;
            encoder.encode(batch, now());
            encoder.flush(now());
        }
        return samples;
    }
}
