package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.Folders;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.CommandServer;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of real captures, by {@code botnet-captures.json}, which says what they show. The bounds are what was measured when
 * they were written, so that nobody makes it worse unnoticed; docs/detection.md has the table.
 */
@Tag("slow")
final class BotCapturesTest {
    private static final long SEED = 42;
    private static final int NAMED = 3;

    private static Path data = Path.of("");
    private static final List<Capture> CAPTURES = new ArrayList<>();

    /** A capture, what it shows, and what was said of it. */
    private record Capture(JsonNode truth, Analysis analysis) {
        String name() {
            return truth.get("name").asString();
        }

        Stream<InfectedHost> hosts() {
            return analysis.findings().stream()
                    .filter(InfectedHost.class::isInstance)
                    .map(InfectedHost.class::cast);
        }

        Optional<InfectedHost> host(String address) {
            return hosts().filter(host -> host.host().toString().equals(address))
                    .findAny();
        }

        List<String> servers() {
            return analysis.findings().stream()
                    .filter(CommandServer.class::isInstance)
                    .map(CommandServer.class::cast)
                    .sorted(Comparator.comparing(CommandServer::rank))
                    .map(server -> server.server().toString())
                    .toList();
        }
    }

    /** An infected host of a capture. */
    private record Bot(Capture capture, String address) {
        Optional<Level> level() {
            return capture.host(address).map(InfectedHost::level);
        }
    }

    @BeforeAll
    static void analyzeAll() throws IOException {
        Optional<Path> folder = Optional.ofNullable(System.getenv("LEVEE_DATA")).map(Path::of);
        assumeThat(folder)
                .as("real captures, in the folder that LEVEE_DATA names")
                .isPresent();
        data = folder.orElseThrow();
        try (InputStream in = BotCapturesTest.class.getResourceAsStream("/botnet-captures.json")) {
            JsonNode document = JsonMapper.shared().readTree(in);
            JsonNode list = document.isArray() ? document : document.get("captures");
            for (JsonNode truth : list) {
                List<Prefix> networks = new ArrayList<>();
                truth.get("networks").forEach(network -> networks.add(Prefix.parse(network.asString())));
                OwnNetworks own = networks.isEmpty() ? OwnNetworks.unknown() : OwnNetworks.of(networks);
                CAPTURES.add(new Capture(
                        truth, analyze(data.resolve(truth.get("path").asString()), own)));
            }
        }
    }

    private static Analysis analyze(Path path, OwnNetworks networks) throws IOException {
        List<Location> inputs =
                Files.isDirectory(path) ? Folders.inputsIn(path) : List.of(new Location.File(path, false));
        return new Analyzer("test", networks, SEED, event -> {}, ReadProgress.NONE).analyze(inputs);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Those that show something. */
    private static List<Bot> bots() {
        return CAPTURES.stream()
                .flatMap(capture -> elements(capture.truth().get("infected"))
                        .filter(host -> !host.get("shows").isEmpty())
                        .map(host -> new Bot(capture, host.get("host").asString())))
                .toList();
    }

    @Test
    void mostInfectedHostsThatShowSomethingAreFound() {
        List<Bot> bots = bots();
        List<String> missed = bots.stream()
                .filter(bot -> bot.level().isEmpty())
                .map(bot -> bot.capture().name() + " " + bot.address())
                .toList();
        long sure = bots.stream()
                .filter(bot ->
                        bot.level().filter(level -> level == Level.NOTIFY).isPresent())
                .count();

        assertThat(bots).hasSizeGreaterThan(20);
        assertThat(missed).as("missed").hasSizeLessThanOrEqualTo(bots.size() * 35 / 100);
        assertThat(sure).as("sure").isGreaterThanOrEqualTo(bots.size() * 3 / 10);
    }

    @Test
    void nobodyElseWouldBeWrittenTo() {
        List<String> wrong = CAPTURES.stream()
                .flatMap(capture -> capture.hosts()
                        .filter(host -> host.level() == Level.NOTIFY)
                        .map(host -> host.host().toString())
                        .filter(address -> elements(capture.truth().get("infected"))
                                .noneMatch(host -> host.get("host").asString().equals(address)))
                        .map(address -> capture.name() + " " + address))
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void benignAndOnlyAttackedHostsAreNotSuspected() {
        List<String> wrong = CAPTURES.stream()
                .flatMap(capture -> elements(capture.truth().get("benign_hosts"))
                        .map(JsonNode::asString)
                        .filter(address -> capture.host(address).isPresent())
                        .map(address -> capture.name() + " " + address))
                .toList();

        assertThat(wrong).isEmpty();
    }

    /** Wherever the host was found, and its server is named by somebody who knows. */
    @Test
    void trueCommandServersAreAmongTheFirstThree() {
        List<String> missed = CAPTURES.stream()
                .filter(capture -> capture.hosts().findAny().isPresent())
                .flatMap(capture -> elements(capture.truth().get("command_servers"))
                        .map(server -> server.get("address").asString() + ":"
                                + server.get("port").asInt() + "/")
                        .filter(server ->
                                capture.servers().stream().limit(NAMED).noneMatch(named -> named.startsWith(server)))
                        .map(server -> capture.name() + " " + server))
                .toList();

        assertThat(missed).isEmpty();
    }

    @Test
    void noDeviceThatIsSetUpIsSuspected() throws IOException {
        List<String> wrong = new ArrayList<>();
        int captures = 0;
        for (String folder : List.of("iot/sentinel", "iot/devices")) {
            try (Stream<Path> files = Files.walk(data.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().contains(".pcap"))
                        .sorted()
                        .toList()) {
                    captures++;
                    for (Finding finding : analyze(file, OwnNetworks.unknown()).findings()) {
                        if (finding instanceof InfectedHost host) {
                            wrong.add(file + " " + host.host());
                        }
                    }
                }
            }
        }

        assertThat(captures).isGreaterThan(200);
        assertThat(wrong).isEmpty();
    }
}
