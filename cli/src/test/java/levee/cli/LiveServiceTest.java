package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import levee.alert.Channel;
import levee.alert.Secret;
import levee.alert.Webhook;
import levee.attack.DetectionSettings;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole of {@code levee serve} but the command line, over loopback. */
@Tag("slow")
@Timeout(60)
final class LiveServiceTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final IpAddress VICTIM = IpAddress.parse("192.0.2.7");
    private static final int ROWS = 256;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @TempDir
    private Path data;

    private final List<String> captures = new ArrayList<>();
    private Mode mode = Mode.ALERT;
    private final List<Channel> channels = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);

    private ServeSettings settings(int webPort) {
        return new ServeSettings(
                data,
                Optional.empty(),
                new InetSocketAddress(LOOPBACK, webPort),
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                List.of(),
                DetectionSettings.of(OwnNetworks.of(List.of(Prefix.parse("192.0.2.0/24")))),
                mode,
                List.of(),
                false,
                List.of(),
                List.of(),
                channels,
                Retention.DEFAULT,
                captures,
                Optional.empty(),
                List.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private JsonNode get(int webPort, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Floods until what the API says is as wanted; the time limit of the test bounds it. */
    private JsonNode floodUntil(
            LiveService service, int webPort, ExportFormat format, String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(service.flows().getFirst());
            FlowExportEncoder encoder = new FlowExportEncoder(
                    new EncoderSettings(format, 1_400, 1, now() - 3_600 * NANOS_PER_SECOND, 20, 1, false),
                    (bytes, length) -> send(socket, bytes, length));
            FlowBatch batch = new FlowBatch(ROWS);
            while (true) {
                encoder.encode(syns(batch, format), now());
                encoder.flush(now());
                JsonNode answer = get(webPort, path);
                if (wanted.test(answer)) {
                    return answer;
                }
            }
        }
    }

    private static void send(DatagramSocket socket, byte[] bytes, int length) {
        try {
            socket.send(new DatagramPacket(bytes, length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In whole milliseconds. */
    private static long now() {
        return System.currentTimeMillis() * 1_000_000;
    }

    /** SYNs from ever new sources. */
    private FlowBatch syns(FlowBatch batch, ExportFormat format) {
        batch.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
        for (int row = 0; row < ROWS; row++) {
            batch.reset(row);
            batch.firstNanos[row] = now();
            batch.lastNanos[row] = batch.firstNanos[row];
            batch.sourceLow[row] = IpAddress.mapIpv4(random.nextInt(0x0100_0000, 0x6000_0000));
            batch.destinationLow[row] = VICTIM.low();
            batch.sourcePort[row] = (char) random.nextInt(1_024, 65_536);
            batch.destinationPort[row] = 443;
            batch.protocol[row] = Protocols.TCP;
            batch.tcpFlags[row] = TcpFlags.SYN;
            batch.bytes[row] = 44;
            batch.ingressInterface[row] = 3;
            batch.timeToLive[row] = 60;
        }
        batch.size = ROWS;
        return batch;
    }

    private static boolean hasAttack(JsonNode answer) {
        return !answer.get("findings").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void attackIsFoundInEachFormat(ExportFormat format) throws Exception {
        int web = freePort();
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            JsonNode attack = floodUntil(
                            service, web, format, "/api/v1/findings?kind=attack&state=open", LiveServiceTest::hasAttack)
                    .at("/findings/0");

            assertThat(attack.at("/target").asString()).isEqualTo("192.0.2.7/32");
            assertThat(attack.at("/direction").asString()).isEqualTo("inbound");
            assertThat(attack.at("/vectors/0/name").asString()).isEqualTo("tcp-syn-flood");
            assertThat(attack.at("/mode").asString()).isEqualTo("alert");
            assertThat(attack.at("/detected_at").asString()).isNotEmpty();
            JsonNode exporter = get(web, "/api/v1/exporters").at("/exporters/0");
            assertThat(exporter.at("/address").asString()).isEqualTo("127.0.0.1");
            assertThat(exporter.at("/format").asString()).isEqualTo(format.label());
            assertThat(exporter.at("/lost").asLong()).isZero();
            assertThat(Math.abs(exporter.at("/clock_offset_seconds").asDouble()))
                    .isLessThan(2);
        }
    }

    @Test
    void attackKeepsItsIdentityOverARestart() throws Exception {
        int web = freePort();
        String path = "/api/v1/findings";
        JsonNode before;
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            before = floodUntil(service, web, ExportFormat.IPFIX, path, LiveServiceTest::hasAttack);
        }
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            JsonNode after = floodUntil(
                    service,
                    web,
                    ExportFormat.IPFIX,
                    path,
                    answer -> answer.toString().contains("nothing was seen for"));

            assertThat(after.at("/findings")).hasSize(1);
            assertThat(after.at("/findings/0/id")).isEqualTo(before.at("/findings/0/id"));
            assertThat(after.at("/findings/0/start")).isEqualTo(before.at("/findings/0/start"));
            assertThat(after.at("/findings/0/detected_at")).isEqualTo(before.at("/findings/0/detected_at"));
        }
    }

    @Test
    void webhookIsToldOnceAlthoughLeveeIsStartedAgain() throws Exception {
        BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        receiver.createContext("/", exchange -> {
            told.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            channels.add(new Webhook(
                    "test",
                    URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/"),
                    Secret.of("0123456789abcdef0123456789abcdef")));
            int web = freePort();
            try (LiveService service = LiveService.start(settings(web), messages::add)) {
                floodUntil(service, web, ExportFormat.NETFLOW_V9, "/api/v1/stats", answer -> !told.isEmpty());
            }
            JsonNode alert = told.remove();
            assertThat(alert.at("/event").asString()).isEqualTo("opened");
            assertThat(alert.at("/finding/target").asString()).isEqualTo("192.0.2.7/32");
            try (LiveService service = LiveService.start(settings(web), messages::add)) {
                floodUntil(
                        service,
                        web,
                        ExportFormat.NETFLOW_V9,
                        "/api/v1/findings",
                        answer -> answer.toString().contains("nothing was seen for"));
            }
            assertThat(told.stream().map(again -> again.at("/event").asString()))
                    .doesNotContain("opened");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void monitorModeSaysWhatItWouldHaveAlarmedOn() throws Exception {
        int web = freePort();
        mode = Mode.MONITOR;
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            JsonNode learned = floodUntil(
                    service,
                    web,
                    ExportFormat.IPFIX,
                    "/api/v1/learning",
                    answer -> !answer.at("/would_have_alarmed").isEmpty());
            JsonNode alarm = learned.at("/would_have_alarmed/0");
            assertThat(alarm.at("/vector").asString()).isEqualTo("tcp-syn-flood");
            assertThat(alarm.at("/target").asString()).isEqualTo("192.0.2.7/32");
            assertThat(alarm.at("/count").asInt()).isEqualTo(1);
            assertThat(alarm.at("/highest_packets_per_second").asDouble()).isGreaterThan(100);
            assertThat(learned.at("/networks/0/network").asString()).isEqualTo("192.0.2.0/24");
            assertThat(learned.at("/enough").asBoolean()).isFalse();
        }
        Path output = data.resolve("learned.txt");
        assertThat(CalledCommand.of("learned", "--data", data.toString(), "--output", output.toString())
                        .exitCode())
                .isZero();
        assertThat(output).content().contains("WOULD HAVE ALARMED", "tcp-syn-flood", "Less than a week is little");
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            ServeSettings settings = settings(freePort());
            ServeSettings other = new ServeSettings(
                    settings.data(),
                    settings.store(),
                    settings.web(),
                    List.of(new InetSocketAddress(LOOPBACK, taken.getLocalPort())),
                    settings.copies(),
                    settings.detection(),
                    settings.mode(),
                    settings.exporters(),
                    settings.onlyKnown(),
                    settings.names(),
                    settings.tokens(),
                    settings.alerts(),
                    settings.retention(),
                    settings.captures(),
                    settings.archive(),
                    settings.inForce());
            assertThatThrownBy(() -> LiveService.start(other, messages::add).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }
}
