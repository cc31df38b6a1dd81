package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EvaluateCommandTest {
    /** Of {@link SampleInputs#flood()}. */
    private static final String TRUTH = """
        {
          "schema_version": "1",
          "name": "flood",
          "start": "2023-11-14T22:13:20Z",
          "end": "2023-11-14T22:13:22.9995Z",
          "networks": [],
          "hosts": 1200,
          "packets": 6000,
          "bytes": 240000,
          "attacks": [
            {
              "target": "192.0.2.1/32",
              "vectors": [
                {
                  "name": "tcp-syn-flood",
                  "start": "2023-11-14T22:13:20Z",
                  "end": "2023-11-14T22:13:22.9995Z",
                  "packets": 6000,
                  "bytes": 240000
                }
              ],
              "start": "2023-11-14T22:13:20Z",
              "end": "2023-11-14T22:13:22.9995Z",
              "packets": 6000,
              "bytes": 240000,
              "sources": 6000,
              "forged": true
            }
          ],
          "infected_hosts": [],
          "command_servers": [],
          "look_alikes": []
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void bothFormatsOfFindingsAreEvaluated() throws IOException {
        String capture = SampleInputs.flood(folder).toString();
        String json = file("findings.json");
        String lines = file("findings.jsonl");
        String truth = write("truth.json", TRUTH);
        assertThat(Main.run("analyze", capture, "--format", "json", "--output", json))
                .isZero();
        assertThat(Main.run("analyze", capture, "--format", "jsonl", "--output", lines))
                .isZero();
        String output = file("evaluation.json");

        CalledCommand called =
                call(json, "--truth", truth, lines, "--truth", truth, "--format", "json", "--output", output);

        assertThat(called.errors()).isEmpty();
        assertThat(called.exitCode()).isZero();
        JsonNode evaluation = JsonMapper.shared().readTree(Files.readString(Path.of(output)));
        assertThat(evaluation.at("/runs").asInt()).isEqualTo(2);
        assertThat(evaluation.at("/attacks").toString())
                .isEqualTo("{\"happened\":2,\"found\":2,\"missed\":0,\"target_right\":2,\"target_partly_right\":0,"
                        + "\"main_vector_right\":2}");
        assertThat(evaluation.at("/false_attacks/count").asInt()).isZero();
        assertThat(evaluation.at("/start_error_seconds/worst").asDouble()).isBetween(-0.1, 0.1);
        assertThat(evaluation.at("/end_error_seconds/worst").asDouble()).isBetween(-0.1, 0.1);
        assertThat(evaluation.at("/packets/share_of_happened").asDouble()).isGreaterThan(0.99);
    }

    @Test
    void textIsTheDefault() throws IOException {
        String output = file("evaluation.txt");

        assertThat(call(noFindings(), "--truth", write("truth.json", TRUTH), "--output", output)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(Path.of(output)))
                .startsWith("0 of 1 true attack found, 0 false attacks in 1 run\n")
                .contains("tcp-syn-flood", "MISSED");
    }

    @Test
    void truthsBelongToFindingsInTheirOrder() throws IOException {
        String flood = write("truth.json", TRUTH);
        String quiet =
                write("quiet.json", TRUTH.replace("\"flood\"", "\"quiet\"").replace("192.0.2.1/32", "::1/128"));
        String output = file("evaluation.txt");

        assertThat(call("--truth", flood, "--truth", quiet, noFindings(), noFindings(), "--output", output)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(Path.of(output))).containsSubsequence("flood: 192.0.2.1/32", "quiet: ::1/128");
    }

    @Test
    void nothingIsEvaluatedWhereAFileIsUnreadable() throws IOException {
        String output = file("evaluation.txt");
        String cut = write("cut.json", "{\"schema_version\": \"1\", \"findings\": [");
        String teapot = write("teapot.json", TRUTH.replace("tcp-syn-flood", "teapot-flood"));
        CalledCommand called =
                call(noFindings(), "--truth", write("truth.json", TRUTH), cut, "--truth", teapot, "--output", output);

        assertThat(called.exitCode()).isEqualTo(3);
        assertThat(Path.of(output)).doesNotExist();
    }

    @Test
    void resultThatCannotBeWritten() throws IOException {
        assertThat(call(noFindings(), "--truth", write("truth.json", TRUTH), "--output", file("no/such/folder"))
                        .exitCode())
                .isEqualTo(1);
    }

    static Stream<List<String>> wrongCalls() {
        return Stream.of(
                List.of(),
                List.of("pom.xml"),
                List.of("--truth", "pom.xml"),
                List.of("pom.xml", "--truth"),
                List.of("pom.xml", "pom.xml", "--truth", "pom.xml"),
                List.of("pom.xml", "--truth", "pom.xml", "--truth", "pom.xml"),
                List.of("missing.json", "--truth", "pom.xml"),
                List.of("pom.xml", "--truth", "missing.json"),
                List.of("", "--truth", "pom.xml"),
                List.of("src", "--truth", "pom.xml"),
                List.of("pom.xml", "--truth", "pom.xml", "--format", "jsonl"),
                List.of("pom.xml", "--truht", "pom.xml"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCall(List<String> arguments) {
        CalledCommand called = call(arguments.toArray(String[]::new));

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.errors()).startsWith("levee evaluate: ").contains("levee evaluate --help");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        CalledCommand called = call("gone.json", "lost.json", "--truth", "missing.json", "--format", "xml");

        assertThat(called.errors())
                .contains(
                        "2 FINDINGS and 1 --truth",
                        "no file gone.json",
                        "no file lost.json",
                        "no file missing.json",
                        "'xml'; there are text, json and svg");
    }

    @Test
    void helpNamesItsOptionsAndExitCodes() {
        CalledCommand called = call("--help");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out())
                .startsWith("Usage: levee evaluate FINDINGS --truth TRUTH")
                .contains("--format", "--output", "Exit codes:", "  0  ", "  1  ", "  2  ", "  3  ");
        assertThat(called.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        assertThat(CalledCommand.of("--help").out()).contains("evaluate");
    }

    private String noFindings() throws IOException {
        return write("nothing.json", "{\"schema_version\": \"1\", \"findings\": []}");
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static CalledCommand call(String... arguments) {
        return CalledCommand.of(
                Stream.concat(Stream.of("evaluate"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    @Test
    void exportsAreOfAKnownFormatAndSampling() {
        assertThat(CalledCommand.of("evaluate", "--drills", "1", "--exports", "netflow-v7")
                        .errors())
                .contains("no format 'netflow-v7'", "netflow-v5, netflow-v9, ipfix, sflow");
        assertThat(CalledCommand.of("evaluate", "--drills", "1", "--exports", "sflow/0")
                        .errors())
                .contains("'0' is not a whole number from 1");
        assertThat(CalledCommand.of("evaluate", "--exports", "sflow").errors())
                .contains("--exports goes with --drills");
    }

    @Test
    void outbreaksHaveOptionsOfTheirOwn() {
        assertThat(call("--hours", "2").errors()).contains("--hours goes with --outbreaks");
        assertThat(call("--outbreaks", "1", "--drills", "1").errors()).contains("one after the other");
        assertThat(call("--outbreaks", "1", "--truth", "pom.xml").errors()).contains("bring their own findings");
        assertThat(call("--outbreaks", "1", "--format", "svg").errors()).contains("text and json");
        assertThat(call("--outbreaks", "1", "--exports", "netflow-v7").errors())
                .contains("no format 'netflow-v7'", "conn.log");
        assertThat(call("--drills", "1", "--exports", "conn.log").errors()).contains("no format 'conn.log'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "conn.log", "ipfix"})
    void outbreaksAreScoredHowEverTheyAreSeen(String exports) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--outbreaks", "2", "--hours", "1", "--seed", "3", "--format", "json", "--output", file("o.json")));
        if (!exports.isEmpty()) {
            arguments.addAll(List.of("--exports", exports));
        }
        CalledCommand called = call(arguments.toArray(String[]::new));

        assertThat(called.exitCode()).isZero();
        JsonNode hosts = JsonMapper.shared().readTree(Path.of(file("o.json"))).get("hosts");
        assertThat(hosts.get("runs").asInt()).isEqualTo(2);
        assertThat(hosts.get("benign").asInt()).isGreaterThan(100);
        assertThat(hosts.get("families").size()).isPositive();
        assertThat(hosts.get("look_alikes").size()).isBetween(5, 20);
    }
}
