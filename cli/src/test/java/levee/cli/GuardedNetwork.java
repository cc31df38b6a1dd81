package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running {@code levee serve} with its settings file, an exporter, and somebody who is told of attacks. */
final class GuardedNetwork implements AutoCloseable {
    static final IpAddress VICTIM = IpAddress.parse("192.0.2.7");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int ROWS = 256;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    /** The low half of the address of each source. */
    IntSupplier sources = new Sources();

    private final HttpServer receiver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Path folder;
    private final Path file;
    private final LiveService service;
    private final Reload reload;
    private final int web;
    private final DatagramSocket socket;
    private final FlowExportEncoder encoder;
    private final FlowBatch batch = new FlowBatch(ROWS);

    /** Ever new ones. */
    private static final class Sources implements IntSupplier {
        private final SplittableRandom random = new SplittableRandom(2);

        @Override
        public int getAsInt() {
            return random.nextInt(0x0100_0000, 0x6000_0000);
        }
    }

    GuardedNetwork(Path folder, String yaml) throws IOException, StartException {
        this.folder = folder;
        receiver = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        receiver.createContext("/", exchange -> {
            told.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            web = free.getLocalPort();
        }
        file = folder.resolve("levee.yaml");
        write(yaml);
        ServeSettingsBuilder builder = read();
        ServeSettings settings = builder.build();
        assertThat(builder.problems()).isEmpty();
        service = LiveService.start(settings, messages::add);
        reload = new Reload(this::read, service, messages::add);
        socket = new DatagramSocket();
        socket.connect(service.flows().getFirst());
        encoder = new FlowExportEncoder(
                new EncoderSettings(ExportFormat.IPFIX, 1_400, 1, now() - 3_600 * NANOS_PER_SECOND, 20, 1, false),
                this::send);
    }

    private ServeSettingsBuilder read() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(file);
        builder.web("127.0.0.1:" + web);
        return builder;
    }

    /** @param yaml with {@code WEBHOOK} where the keys of the channel belong that this listens on */
    void write(String yaml) throws IOException {
        String channel = "{type: webhook, name: test, url: 'http://127.0.0.1:%d/', secret-file: %s}"
                .formatted(receiver.getAddress().getPort(), folder.resolve("secret"));
        Files.writeString(
                file, "flows: 127.0.0.1:0\ndata: " + folder.resolve("data") + "\n" + yaml.replace("WEBHOOK", channel));
    }

    void reload(String yaml) throws IOException {
        write(yaml);
        reload.run();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Floods until the answer is as wanted; the time limit of the test bounds it. */
    JsonNode floodUntil(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        while (true) {
            flood();
            JsonNode answer = get(path);
            if (wanted.test(answer)) {
                return answer;
            }
        }
    }

    void floodFor(long millis) throws InterruptedException {
        for (long end = System.currentTimeMillis() + millis; System.currentTimeMillis() < end; ) {
            flood();
            Thread.sleep(5);
        }
    }

    private void flood() {
        batch.clear(FlowBatch.Rows.FLOWS);
        for (int row = 0; row < ROWS; row++) {
            batch.reset(row);
            batch.firstNanos[row] = now();
            batch.lastNanos[row] = batch.firstNanos[row];
            batch.sourceLow[row] = IpAddress.mapIpv4(sources.getAsInt());
            batch.destinationLow[row] = VICTIM.low();
            batch.sourcePort[row] = (char) random.nextInt(1_024, 65_536);
            batch.destinationPort[row] = 443;
            batch.protocol[row] = Protocols.TCP;
            batch.tcpFlags[row] = TcpFlags.SYN;
            batch.packets[row] = 1;
            batch.bytes[row] = 44;
            batch.ingressInterface[row] = 3;
            batch.timeToLive[row] = 60;
        }
        batch.size = ROWS;
        encoder.encode(batch, now());
        encoder.flush(now());
    }

    private void send(byte[] bytes, int length) {
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

    @Override
    public void close() {
        service.close();
        socket.close();
        receiver.stop(0);
    }
}
