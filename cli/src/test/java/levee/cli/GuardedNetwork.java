package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import levee.flowexport.ExportFormat;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running {@code levee serve}, all but its command line, with its settings file, a router that exports to it over
 * loopback, and somebody who is told of attacks.
 */
final class GuardedNetwork implements AutoCloseable {
    static final IpAddress VICTIM = IpAddress.parse("192.0.2.7");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String ROUTER = "127.0.0.1";

    final WebhookReceiver receiver = new WebhookReceiver();
    final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    final Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Path file;
    private final InstantSource clock;
    private final LongSupplier routersClock;
    private final ExportFormat format;
    private final int web;
    private LiveService service;
    private FakeExporter router;

    GuardedNetwork(Path folder, String yaml) throws IOException, StartException {
        this(folder, yaml, ExportFormat.IPFIX);
    }

    /** @param format in which the router exports */
    GuardedNetwork(Path folder, String yaml, ExportFormat format) throws IOException, StartException {
        this(folder, yaml, format, InstantSource.system());
    }

    /** @param clock of the service; the router has its own */
    GuardedNetwork(Path folder, String yaml, ExportFormat format, InstantSource clock)
            throws IOException, StartException {
        this(folder, yaml, format, clock, FakeExporter::now);
    }

    /** All of it, the router too, by a clock that runs ten times as fast: what is told every ten seconds comes soon. */
    static GuardedNetwork inFastMotion(Path folder, String yaml, ExportFormat format)
            throws IOException, StartException {
        FastClock clock = new FastClock();
        return new GuardedNetwork(folder, yaml, format, clock, () -> EpochNanos.of(clock.instant()));
    }

    private GuardedNetwork(
            Path folder, String yaml, ExportFormat format, InstantSource clock, LongSupplier routersClock)
            throws IOException, StartException {
        this.folder = folder;
        this.format = format;
        this.clock = clock;
        this.routersClock = routersClock;
        data = folder.resolve("data");
        file = folder.resolve("levee.yaml");
        web = freePort();
        Files.writeString(folder.resolve("secret"), WebhookReceiver.SECRET);
        write(yaml);
        boolean done = false;
        try {
            service = startService();
            router = exporter(ROUTER);
            done = true;
        } finally {
            if (!done) {
                receiver.close();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    private LiveService startService() throws StartException {
        ServeSettingsBuilder builder = read();
        ServeSettings settings = builder.build();
        assertThat(builder.problems()).isEmpty();
        return LiveService.start(settings, messages::add, clock);
    }

    private ServeSettingsBuilder read() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(file);
        builder.web("127.0.0.1:" + web);
        return builder;
    }

    /**
     * @param yaml with {@code WEBHOOK} where the keys of the channel belong that this listens on; the two lines before it
     *     say where flows are received, unless it begins with that, and where data are
     */
    private void write(String yaml) throws IOException {
        String channel = "{type: webhook, name: test, url: '%s', secret-file: %s}"
                .formatted(receiver.url("/"), folder.resolve("secret"));
        String flows = yaml.startsWith("flows:") ? "" : "flows: 127.0.0.1:0\n";
        Files.writeString(file, flows + "data: " + data + "\n" + yaml.replace("WEBHOOK", channel));
    }

    /** Changes the settings while it runs. */
    void reload(String yaml) throws IOException {
        write(yaml);
        new Reload(this::read, service, messages::add).run();
    }

    /** Ends it and starts it again with the same settings. */
    void restart() throws IOException, StartException {
        stop();
        service = startService();
        router = exporter(ROUTER);
    }

    /** Ends it; whoever is told of attacks still listens. */
    void stop() {
        router.close();
        service.close();
    }

    /** One more router, if it has another address. */
    FakeExporter exporter(String address) throws IOException {
        return exporter(address, routersClock);
    }

    /** The same with a clock of its own, in nanoseconds since 1970. */
    FakeExporter exporter(String address, LongSupplier exportersClock) throws IOException {
        return new FakeExporter(
                format,
                address,
                new InetSocketAddress(LOOPBACK, service.flows().getFirst().getPort()),
                exportersClock);
    }

    FakeExporter router() {
        return router;
    }

    HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(text(path));
    }

    /** Something that becomes true some day; the time limit of the test bounds it. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    void await(Condition condition) throws IOException, InterruptedException {
        while (!condition.holds()) {
            Thread.sleep(5);
        }
    }

    void floodUntil(Condition condition) throws IOException, InterruptedException {
        floodUntil(VICTIM, condition);
    }

    void floodUntil(IpAddress victim, Condition condition) throws IOException, InterruptedException {
        while (!condition.holds()) {
            flood(victim);
        }
    }

    /** Floods until the answer is as wanted. */
    JsonNode floodUntil(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        while (true) {
            flood(VICTIM);
            JsonNode answer = get(path);
            if (wanted.test(answer)) {
                return answer;
            }
        }
    }

    /** Floods until it is told that the address is attacked. */
    void floodUntilTold(String victim) throws IOException, InterruptedException {
        floodUntil(IpAddress.parse(victim), () -> receiver.isToldOf(victim));
    }

    void floodFor(long millis) throws InterruptedException {
        for (long end = System.currentTimeMillis() + millis; System.currentTimeMillis() < end; ) {
            flood(VICTIM);
        }
    }

    void flood(IpAddress victim) throws InterruptedException {
        router.tellSyns(victim, FakeExporter.ROWS);
        Thread.sleep(5);
    }

    static boolean hasAttack(JsonNode findings) {
        return !findings.get("findings").isEmpty();
    }

    @Override
    public void close() {
        stop();
        receiver.close();
    }
}
