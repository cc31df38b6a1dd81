package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole of {@code levee serve --drill} but the command line, over loopback and in real time. */
@Tag("slow")
@Timeout(90)
@Isolated("it looks at all threads")
final class DrillServiceTest {
    private static final String SCENARIO = """
        duration: 2m
        hosts: 300
        flows-per-second: 20
        attacks:
          - {vectors: ntp-reflection, at: 1s, for: 100s, rate: 3000, target: 10.16.0.33}
        """;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private DrillSettings settings(String... more) throws IOException, UsageException {
        Path file = Files.writeString(folder.resolve("play.yaml"), SCENARIO);
        List<String> arguments =
                new ArrayList<>(List.of("--drill", file.toString(), "--web", "127.0.0.1:0", "--flows", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return DrillSettings.of(ServeCommand.line(arguments));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("levee-"))
                .collect(Collectors.toSet());
    }

    /** After a while, for nobody waits for all of those that were told to end. */
    private static Set<String> threadsLeft(Set<String> before) throws InterruptedException {
        Set<String> left = threads();
        for (int i = 0; i < 500 && !before.containsAll(left); i++) {
            Thread.sleep(20);
            left = threads();
        }
        return left;
    }

    private JsonNode get(DrillService service, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://" + LiveService.text(service.service().web()) + path);
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode await(DrillService service, String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        JsonNode answer = get(service, path);
        while (!wanted.test(answer)) {
            Thread.sleep(50);
            answer = get(service, path);
        }
        return answer;
    }

    @Test
    void anAttackIsSeenByAllRoutersAndNothingIsLeft() throws Exception {
        Set<String> before = threads();
        DrillSettings settings = settings();
        Path data = settings.serve().data();
        DrillService service = DrillService.start(settings, said::add);
        try (service) {
            assertThat(data).isDirectoryContaining("glob:**levee.db");
            JsonNode attack = await(
                            service,
                            "/api/v1/findings",
                            findings -> findings.at("/findings/0/ingress").size() == 3)
                    .at("/findings/0");

            assertThat(attack.at("/target").asString()).isEqualTo("10.16.0.33/32");
            assertThat(attack.at("/customer").asString()).isEqualTo("Harbour Hosting");
            assertThat(attack.at("/vectors/0/name").asString()).isEqualTo("ntp-reflection");
            JsonNode exporters = get(service, "/api/v1/exporters").at("/exporters");
            assertThat(exporters
                            .valueStream()
                            .map(exporter -> exporter.at("/address").asString() + " "
                                    + exporter.at("/format").asString() + " "
                                    + exporter.at("/sampling/rate").asInt()))
                    .containsExactlyInAnyOrder("127.0.0.11 netflow-v9 1", "127.0.0.12 ipfix 1", "127.0.0.13 sflow 10");
            assertThat(exporters.valueStream())
                    .allMatch(exporter -> exporter.at("/lost").asLong() == 0)
                    .allMatch(exporter ->
                            Math.abs(exporter.at("/clock_offset_seconds").asDouble()) < 2);
            JsonNode first = get(service, "/api/v1/settings").at("/settings/0");
            assertThat(first.at("/name").asString()).isEqualTo("drill");
            assertThat(first.at("/values/0").asString()).isEqualTo("play.yaml");
        }

        assertThat(data).doesNotExist();
        assertThat(threadsLeft(before)).isSubsetOf(before);
        assertThat(said)
                .anyMatch(line -> line.startsWith("This is a drill"))
                .anyMatch(line -> line.contains("begins  ntp-reflection on 10.16.0.33 (Harbour Hosting)"))
                .anyMatch(line -> line.contains("found   ntp-reflection on 10.16.0.33 (Harbour Hosting)"))
                .contains("  1 attack played, 1 found, target and main vector right in 1", "  0 false attacks")
                .noneMatch(line -> line.contains("could not be sent"));
    }

    @Test
    void dataInAFolderOfOnesOwnAreKept() throws Exception {
        Path data = folder.resolve("data");
        DrillService.start(settings("--data", data.toString()), said::add).close();

        assertThat(data).isDirectoryContaining("glob:**levee.db");
        assertThat(settings("--data", data.toString()).serve().data()).isEqualTo(data);
    }

    @Test
    void nothingIsLeftOfWhatCannotStart() throws Exception {
        DrillSettings first = settings();
        try (DrillService service = DrillService.start(first, said::add)) {
            Set<String> before = threads();
            DrillSettings clash = DrillSettings.of(ServeCommand.line(List.of(
                    "--drill", "--web", LiveService.text(service.service().web()), "--flows", "127.0.0.1:0")));

            assertThatThrownBy(() -> DrillService.start(clash, said::add))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen");
            assertThat(clash.serve().data()).doesNotExist();
            assertThat(threadsLeft(before)).isSubsetOf(before);
        }
    }
}
