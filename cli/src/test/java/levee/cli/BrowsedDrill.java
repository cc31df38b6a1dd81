package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.store.TrafficPoint;
import levee.testing.SomeAbuse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A drill that is served on free ports, with an attack that was an hour ago, and a browser that looks at it. */
final class BrowsedDrill implements AutoCloseable {
    /** The attack that was an hour ago, on the host that is attacked again. */
    private static final String BEFORE = """
        start: %s
        duration: 50s
        hosts: 100
        flows-per-second: 5
        attacks:
          - {vectors: ntp-reflection, at: 10s, for: 20s, rate: 500, target: 10.16.0.33}
        """;

    /** A host that is thought infected. */
    static final String INFECTED = "10.16.0.44";

    /** What was said on the terminal. */
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final DrillService service;
    private final Browser browser;

    BrowsedDrill(Path folder, String scenario) throws IOException, UsageException, StartException {
        this.folder = folder;
        Path data = folder.resolve("data");
        Path play = Files.writeString(folder.resolve("play.yaml"), scenario);
        DrillSettings settings = DrillSettings.of(ServeCommand.line(List.of(
                "--drill",
                play.toString(),
                "--web",
                "127.0.0.1:0",
                "--flows",
                "127.0.0.1:0",
                "--data",
                data.toString())));
        settings.mark();
        rememberAttack(data);
        // First, so that nothing has happened yet when it goes to a page.
        browser = Browser.open(folder, Browser.Scripts.ON);
        service = startedOrClosed(settings);
        browser.base(base());
    }

    private DrillService startedOrClosed(DrillSettings settings) throws StartException {
        try {
            return DrillService.start(settings, said::add);
        } catch (StartException e) {
            browser.close();
            throw e;
        }
    }

    private void rememberAttack(Path data) throws IOException {
        Instant start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Path scenario = Files.writeString(folder.resolve("before.yaml"), BEFORE.formatted(start));
        Path capture = folder.resolve("before.pcap");
        CalledCommand drilled =
                CalledCommand.of("drill", "--scenario", scenario.toString(), "--output", capture.toString());
        assertThat(drilled.exitCode()).as(drilled.errors()).isZero();
        Path report = folder.resolve("before.json");
        CalledCommand analyzed =
                CalledCommand.of("analyze", capture.toString(), "--format", "json", "--output", report.toString());
        JsonNode findings = JsonMapper.shared().readTree(report.toFile()).at("/findings");
        assertThat(findings).as(analyzed.errors()).hasSize(1);
        String json = findings.get(0).toString().replaceFirst("\"state\":\"open\"", "\"state\":\"ended\"");
        Instant from = Instant.parse(findings.at("/0/start").asString());
        Instant to = Instant.parse(findings.at("/0/end").asString());
        try (Store store = Store.open(new StoreLocation.SqliteFile(data.resolve("levee.db")))) {
            rememberAbuse(store);
            rememberTraffic(store);
            store.save(new StoredFinding(
                    findings.at("/0/id").asString(),
                    "attack",
                    StoredFinding.State.ENDED,
                    findings.at("/0/target").asString(),
                    from,
                    to,
                    from.plusSeconds(1),
                    StoredFinding.Mode.ALERT,
                    1,
                    to,
                    json));
        }
    }

    /** Of minutes before it was stopped: the first minute of the drill itself is over after a while only. */
    private static void rememberTraffic(Store store) {
        Instant minute = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MINUTES);
        List<TrafficPoint> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (String series : List.of("total", "tcp", "udp", "icmp", "other")) {
                points.add(new TrafficPoint(series, minute.plusSeconds(60L * i), 6_000, 6_000_000));
            }
        }
        store.addTraffic(Resolution.MINUTE, points);
    }

    /** What was going on when it was stopped: it is shown until it is clear that it does not go on. */
    private static void rememberAbuse(Store store) {
        SomeAbuse some = new SomeAbuse(Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS));
        FindingJournal journal = new FindingJournal(StoredFinding.Mode.ALERT, InstantSource.system());
        for (Finding finding : List.of(
                some.infected(INFECTED, InfectedHost.Level.NOTIFY),
                some.infected("10.16.0.45", InfectedHost.Level.SUSPECTED),
                some.server(INFECTED, "10.16.0.45"),
                some.botnet(INFECTED, "10.16.0.45"),
                some.exposed("10.16.0.46", 11_211),
                some.scanner("198.51.100.0/24"),
                some.spoofed())) {
            store.save(journal.note(new FindingEvent(FindingEvent.Change.OPENED, finding))
                    .stored());
        }
    }

    /** The one that looks at it. */
    Browser browser() {
        return browser;
    }

    /** One more, without scripts. */
    Browser browserWithoutScripts() throws IOException {
        Browser other = Browser.open(folder, Browser.Scripts.OFF);
        other.base(base());
        return other;
    }

    String base() {
        return "http://" + LiveService.text(service.service().web());
    }

    HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The attacks that go on. */
    JsonNode open() throws IOException, InterruptedException {
        return json("/api/v1/findings?kind=attack&state=open").at("/findings");
    }

    /** Waits until so many attacks go on. */
    void awaitAttacks(int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (open().size() < count) {
            assertThat(System.nanoTime()).as("waited too long for attacks").isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** When the attack on this target began, as it was announced. */
    String begunAt(String target) {
        return said.stream()
                .filter(line -> line.contains("  begins  ") && line.contains(target))
                .map(line -> line.substring(0, "12:00:00".length()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        browser.close();
        service.close();
        client.close();
    }
}
