package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AnalyzeCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @TempDir
    private Path folder;

    private Path inputs = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        inputs = Files.createDirectory(folder.resolve("inputs"));
        output = folder.resolve("report");
    }

    @Test
    void inputThatWasReadIsSuccess() throws IOException {
        assertThat(analyze(SampleInputs.flood(inputs))).isZero();
        assertThat(findings()).hasSize(1);
        assertThat(findings().get(0).get("target").stringValue()).isEqualTo(SampleInputs.FLOOD_TARGET);
    }

    @Test
    void pageIsWritten() throws IOException {
        Path flood = SampleInputs.flood(inputs);

        int exitCode = CalledCommand.of("analyze", flood.toString(), "--format", "html", "--output", output.toString())
                .exitCode();

        assertThat(exitCode).isZero();
        assertThat(output)
                .content()
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<h1>Analysis of flood.pcap</h1>", "Attack on 192.0.2.1")
                .endsWith("</html>\n");
    }

    @Test
    void readingWithoutAnyFindingIsSuccess() throws IOException {
        assertThat(analyze(SampleInputs.connectionLog(inputs))).isZero();
        assertThat(findings()).isEmpty();
    }

    @Test
    void damagedInputIsSuccessAndTold() throws IOException {
        byte[] capture = SampleInputs.flood();
        Path cut = Files.write(inputs.resolve("cut.pcap"), Arrays.copyOf(capture, capture.length - 5));

        assertThat(analyze(cut)).isZero();
        JsonNode input = document().get("inputs").get(0);
        assertThat(input.get("packets").asInt()).isEqualTo(5_999);
        assertThat(input.get("damage").get("reason").stringValue()).contains("ends inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "just text\n"})
    void inputThatYieldsNothing(String content) throws IOException {
        Path text = Files.writeString(inputs.resolve("text.txt"), content);

        assertThat(analyze(text)).isEqualTo(3);
        assertThat(document().get("inputs").get(0).get("format").stringValue()).isEqualTo("unknown");
    }

    @Test
    void oneOfSeveralInputsYieldsNothing() throws IOException {
        Path text = Files.writeString(inputs.resolve("text.txt"), "just text");

        assertThat(analyze(SampleInputs.flood(inputs), text)).isEqualTo(3);
        assertThat(findings()).as("the others are analysed all the same").hasSize(1);
        assertThat(document().get("inputs")).hasSize(2);
    }

    @Test
    void devNullYieldsNothing() {
        assertThat(analyze(Path.of("/dev/null"))).isEqualTo(3);
    }

    @Test
    void logsWithoutConnectionsAreReadForWhatApplicationsSaid() throws IOException {
        assertThat(analyze(SampleInputs.nameLog(inputs))).isZero();
        JsonNode input = document().get("inputs").get(0);
        assertThat(input.get("format").stringValue()).isEqualTo("zeek-tsv");
        assertThat(input.get("carries").stringValue()).isEqualTo("events");
        assertThat(input.get("flows").intValue()).isEqualTo(1);
    }

    @Test
    void folderOfLogsAndOtherFiles() throws IOException {
        Path day = Files.createDirectories(inputs.resolve("zeek/monday"));
        SampleInputs.connectionLog(day);
        SampleInputs.nameLog(day);
        Files.writeString(day.resolve("README"), "what is in here");
        Path capture = SampleInputs.flood(inputs);

        assertThat(analyze(inputs)).isZero();
        assertThat(document().get("inputs").values().stream()
                        .map(input -> input.get("name").stringValue()))
                .containsExactly(capture.toString(), day.toString());
        assertThat(findings()).hasSize(1);
    }

    @Test
    void folderThatYieldsNothing() throws IOException {
        assertThat(analyze(inputs)).as("empty").isEqualTo(3);
        Files.writeString(inputs.resolve("README"), "what is in here");
        assertThat(analyze(inputs)).as("other files only").isEqualTo(3);
        assertThat(document().get("inputs")).isEmpty();
    }

    @Test
    void sameInputTwice() throws IOException {
        Path log = SampleInputs.connectionLog(inputs);

        assertThat(analyze(log, log)).isZero();
        assertThat(document().get("inputs")).hasSize(2);
    }

    @Test
    void formatsDiffer() throws IOException {
        String capture = SampleInputs.flood(inputs).toString();

        assertThat(call("--format", "text", "--output", output.toString(), capture)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(output)).contains(SampleInputs.FLOOD_TARGET.replace("/32", ""), "tcp-syn-flood");
        assertThat(Files.readString(output)).as("a file is no terminal").doesNotContain("\u001b");
        assertThat(call("--format", "json", "--output", output.toString(), capture)
                        .exitCode())
                .isZero();
        assertThat(document().get("schema_version").stringValue()).isEqualTo("1");
        assertThat(call("--format", "JSONL", "--output", output.toString(), capture)
                        .exitCode())
                .isZero();
        assertThat(Files.readAllLines(output)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void outputReplacesWhatWasThere() throws IOException {
        Files.writeString(output, "old ".repeat(100_000));

        assertThat(analyze(SampleInputs.connectionLog(inputs))).isZero();
        assertThat(Files.readString(output)).startsWith("{").endsWith("}\n").doesNotContain("old");
    }

    @Test
    void networksTellDirections() throws IOException {
        Path capture = SampleInputs.flood(inputs);

        assertThat(call(
                                "--format",
                                "json",
                                "--output",
                                output.toString(),
                                "--networks",
                                "192.0.2.0/24,2001:db8::/32",
                                capture.toString())
                        .exitCode())
                .isZero();
        assertThat(document().get("settings").get("networks").values().stream().map(JsonNode::stringValue))
                .containsExactly("192.0.2.0/24", "2001:db8::/32");
        assertThat(findings().get(0).get("direction").stringValue()).isEqualTo("inbound");
        assertThat(call(
                                "--format",
                                "json",
                                "--output",
                                output.toString(),
                                "--networks",
                                "198.51.100.0/24",
                                capture.toString())
                        .exitCode())
                .isZero();
        assertThat(findings().get(0).get("direction").stringValue()).isEqualTo("transit");
    }

    @Test
    void everyWrongNetworkIsNamed() throws IOException {
        CalledCommand called = call(
                "--networks",
                "10.0.0.0/33,192.0.2.0/24,nonsense,10.0.0.0/x,2001:db8::/129",
                SampleInputs.flood(inputs).toString());

        assertWrongCall(called);
        assertThat(called.errors())
                .contains("33", "nonsense", "10.0.0.0/x", "129")
                .doesNotContain("192.0.2.0/24", "Exception", "\tat ");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        CalledCommand called = call("--format", "xml", "--networks", "nonsense", "missing.pcap", "gone/");

        assertWrongCall(called);
        assertThat(called.errors())
                .contains("'xml'", "text, json, jsonl and html", "nonsense", "missing.pcap", "gone/");
    }

    @Test
    void everyProblemWithIndicatorsIsToldAtOnce() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "\n<html>\n<p>Come again later!</p>\n");
        CalledCommand called = call(
                "--indicators",
                "/nowhere/at/all," + page,
                "--allow",
                "192.0.2.0/33,*.example.org,!",
                SampleInputs.flood(inputs).toString());

        assertWrongCall(called);
        assertThat(called.errors())
                .contains(
                        "--indicators: there is no file /nowhere/at/all",
                        "--indicators: " + page + ", line 2: is no indicator",
                        "--allow: neither a name nor a prefix: 192.0.2.0/33, !")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void hostThatTalksToAKnownServerIsFoundUnlessItIsAllowed() throws IOException {
        Path log = SampleInputs.connectionLog(inputs);
        Path list = Files.writeString(folder.resolve("own.txt"), SampleInputs.SERVER + "\n");
        String[] arguments = {
            "--format", "json", "--output", output.toString(), "--indicators", list.toString(), log.toString()
        };
        assertThat(call(arguments).exitCode()).isZero();
        assertThat(findings()).singleElement().satisfies(found -> {
            assertThat(found.get("kind").stringValue()).isEqualTo("infected-host");
            assertThat(found.get("host").stringValue()).isEqualTo(SampleInputs.CLIENT);
            assertThat(found.toString()).contains("known-indicator", "own.txt");
        });

        String[] allowing = Stream.concat(Arrays.stream(arguments), Stream.of("--allow", SampleInputs.SERVER))
                .toArray(String[]::new);
        assertThat(call(allowing).exitCode()).isZero();
        assertThat(findings()).isEmpty();
    }

    @Test
    void wrongCallWritesNoOutput() {
        assertWrongCall(call("--output", output.toString(), "missing.pcap"));
        assertThat(output).doesNotExist();
    }

    static Stream<List<String>> wrongCalls() {
        return Stream.of(
                List.of(),
                List.of("--format", "json"),
                List.of("--format"),
                List.of("--output"),
                List.of("--networks", ""),
                List.of("--no-such-option", "/dev/null"),
                List.of("-x", "/dev/null"),
                List.of("--form", "json", "/dev/null"),
                List.of("--format", "xml", "/dev/null"),
                List.of("missing.pcap"),
                List.of(""));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCall(List<String> arguments) {
        assertWrongCall(call(arguments.toArray(String[]::new)));
    }

    @Test
    void misspeltOptionIsCorrected() {
        assertThat(call("--formt", "json", "/dev/null").errors()).contains("'--formt'", "Did you mean '--format'?");
    }

    @Test
    void namesThatLookLikeOptionsFollowTwoHyphens() throws IOException {
        CalledCommand called = call("--", "--format");

        assertWrongCall(called);
        assertThat(called.errors()).contains("there is no file --format");
    }

    @Test
    void unreadableInput() throws IOException {
        Path capture = SampleInputs.flood(inputs);
        assumeThat(capture.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(capture)).as("may read everything").isFalse();

        CalledCommand called = call(capture.toString());
        assertWrongCall(called);
        assertThat(called.errors()).contains("not allowed to read", capture.toString());
    }

    private static void assertWrongCall(CalledCommand called) {
        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.errors()).startsWith("levee analyze: ").contains("levee analyze --help");
    }

    private int analyze(Path... paths) {
        Stream<String> options = Stream.of("--format", "json", "--output", output.toString());
        CalledCommand called = call(
                Stream.concat(options, Arrays.stream(paths).map(Path::toString)).toArray(String[]::new));
        assertThat(called.out()).isEmpty();
        assertThat(called.errors()).isEmpty();
        return called.exitCode();
    }

    private static CalledCommand call(String... arguments) {
        return CalledCommand.of(
                Stream.concat(Stream.of("analyze"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private JsonNode document() throws IOException {
        return MAPPER.readTree(Files.readString(output));
    }

    private List<JsonNode> findings() throws IOException {
        return List.copyOf(document().get("findings").values());
    }
}
