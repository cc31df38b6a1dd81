package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import levee.evaluation.ListedCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code levee evaluate --captures}: a list of captures, each analyzed, and the weights judged by all of them. */
final class EvaluatedCapturesTest {
    @TempDir
    private Path folder;

    /** A host that asks sixty others for telnet, none of which answers, and one that uses a server. */
    private Path capture(String name) throws IOException {
        StringBuilder log = new StringBuilder(SampleInputs.CONNECTION_LOG_HEADER);
        for (int i = 0; i < 60; i++) {
            log.append(String.format(
                    Locale.ROOT,
                    "%d.000000\tA%d\t192.168.1.1\t%d\t203.0.113.%d\t23\ttcp\tS0\t1\t0%n",
                    1_700_000_000 + i,
                    i,
                    40_000 + i,
                    i + 1));
            log.append(String.format(
                    Locale.ROOT,
                    "%d.500000\tB%d\t192.168.1.2\t%d\t198.51.100.1\t443\ttcp\tSF\t6\t7%n",
                    1_700_000_000 + i,
                    i,
                    40_000 + i));
        }
        return Files.writeString(folder.resolve(name), log);
    }

    private static String entry(String name, String capture, String path) {
        return """
            {"name": "%s", "capture": "%s", "path": "%s", "networks": [],
             "infected": [{"host": "192.168.1.1", "shows": ["scanning"]}], "benign_hosts": ["192.168.1.2"],
             "command_servers": []}
            """.formatted(name, capture, path);
    }

    private Path list(String... entries) throws IOException {
        return Files.writeString(folder.resolve("list.json"), "{\"captures\": [" + String.join(",", entries) + "]}");
    }

    private static CalledCommand call(String... arguments) {
        return CalledCommand.of(
                Stream.concat(Stream.of("evaluate"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    @Test
    void weightsAreJudgedByAllCaptures() throws IOException {
        capture("monday.log");
        capture("tuesday.log");
        Path list = list(
                entry("monday", "monday", "monday.log"),
                entry("monday again", "monday", "monday.log"),
                entry("tuesday", "tuesday", "tuesday.log"));
        Path text = folder.resolve("evaluation.txt");
        Path json = folder.resolve("evaluation.json");

        CalledCommand called =
                call("--captures", folder.toString(), "--truth", list.toString(), "--output", text.toString());
        call(
                "--captures",
                folder.toString(),
                "--truth",
                list.toString(),
                "--format",
                "json",
                "--output",
                json.toString());

        assertThat(called.errors()).isEmpty();
        assertThat(called.exitCode()).isZero();
        assertThat(Files.readString(text))
                .startsWith("3 of 3 infected hosts found")
                .contains("""
                    WEIGHTS OF BEHAVIOURS, IN DECIBANS
                      by 2 infected hosts in 2 captures and 2 benign ones in 2
                    """, "EACH CAPTURE WITH THE WEIGHTS OF THE OTHERS", "HOW OFTEN SCORES ARE RIGHT");
        JsonNode hosts = JsonMapper.shared().readTree(Files.readString(json)).get("hosts");
        assertThat(hosts.at("/behaviours/0/right").asInt()).isEqualTo(3);
        assertThat(hosts.at("/validation/weights/1/name").asString()).isEqualTo("scanning");
        assertThat(hosts.at("/validation/weights/1/infected").asInt()).isEqualTo(2);
        assertThat(hosts.at("/validation/weights/1/judged").asDouble()).isGreaterThan(20);
        assertThat(hosts.at("/validation/left_out/suspected/found_judged").asInt())
                .isEqualTo(2);
    }

    @Test
    void nothingIsEvaluatedWhereACaptureIsMissing() throws IOException {
        capture("monday.log");
        Path list = list(entry("monday", "monday", "monday.log"), entry("gone", "gone", "gone.log"));

        CalledCommand called = call("--captures", folder.toString(), "--truth", list.toString());

        assertThat(called.exitCode()).isEqualTo(3);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void aCaptureWithoutAnythingIsAProblem() throws IOException {
        capture("monday.log");
        Files.writeString(folder.resolve("empty.log"), "");
        List<ListedCapture> captures;
        try (InputStream in = Files.newInputStream(list(entry("a", "a", "empty.log"), entry("b", "b", "monday.log")))) {
            captures = ListedCapture.read(in);
        }
        List<String> problems = new ArrayList<>();
        List<Integer> over = new ArrayList<>();

        assertThat(CapturePlay.play(folder, captures, over::add, problems))
                .extracting(run -> run.truth().name())
                .containsExactly("b");
        assertThat(problems).containsExactly("cannot read " + folder.resolve("empty.log") + ": there is nothing in it");
        assertThat(over).containsExactly(1, 2);
    }

    @Test
    void aListThatIsNone() throws IOException {
        CalledCommand called = call(
                "--captures",
                folder.toString(),
                "--truth",
                capture("monday.log").toString());

        assertThat(called.exitCode()).isEqualTo(3);
    }

    /** A host that were infected in one form of a capture and benign in another one would be counted twice. */
    @Test
    void listsOfRealCapturesAreOfOneMind() throws IOException {
        List<ListedCapture> captures = new ArrayList<>();
        for (String list : List.of("/botnet-captures.json", "/benign-captures.json")) {
            try (InputStream in = EvaluatedCapturesTest.class.getResourceAsStream(list)) {
                captures.addAll(ListedCapture.read(in));
            }
        }

        assertThat(captures).hasSizeGreaterThan(60);
        assertThat(captures).extracting(ListedCapture::name).doesNotHaveDuplicates();
        for (ListedCapture capture : captures) {
            assertThat(captures)
                    .filteredOn(other -> other.capture().equals(capture.capture()))
                    .allMatch(other -> Collections.disjoint(
                            other.benign(), capture.infected().keySet()));
        }
    }

    @Test
    void wrongCalls() throws IOException {
        String list = list().toString();

        assertThat(call("--captures", folder.toString()).errors()).contains("no --truth is given");
        assertThat(call("--captures", "no/such/folder", "--truth", list).errors())
                .contains("there is no folder no/such/folder");
        assertThat(call("--captures", folder.toString(), "--truth", list, "--outbreaks", "2", "--seed", "1")
                        .errors())
                .contains("--outbreaks does not go with --captures", "--seed does not go with --captures");
        assertThat(call("--captures", folder.toString(), "--truth", list, "findings.json")
                        .errors())
                .contains("--captures bring their own findings");
        assertThat(call("--captures", folder.toString(), "--truth", list, "--format", "svg")
                        .errors())
                .contains("of infected hosts there are text and json");
    }
}
