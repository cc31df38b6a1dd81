package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fingerprints are written, found again, and refused where they are none. */
final class FingerprintCommandTest {
    @TempDir
    private Path folder;

    @Test
    void fingerprintOfAFloodIsExactAndConforms() throws IOException {
        Path file = written();
        String json = Files.readString(file);
        JsonNode fingerprint = JsonMapper.shared().readTree(json);

        assertThat(FingerprintSchema.complaints(json)).isEmpty();
        assertThat(file).hasFileName(fingerprint.get("key").asString() + ".json");
        JsonNode vector = fingerprint.get("attack_vectors").get(0);
        assertThat(vector.get("nr_packets").asInt()).isEqualTo(6_000);
        assertThat(vector.get("nr_megabytes").asDouble()).isEqualTo(0.24);
        assertThat(vector.get("frame_len")).hasToString("{\"54\":1.0}");
        assertThat(vector.get("ttl")).hasToString("{\"60\":1.0}");
        // The last of 6,000 packets comes 2.9995 s after the first.
        assertThat(fingerprint.get("duration_seconds").asDouble()).isEqualTo(2.9995);
        assertThat(fingerprint.get("avg_pps").asInt()).isEqualTo(2_000);
        assertThat(fingerprint.get("target").asString()).isEqualTo("Anonymous");
    }

    @Test
    void rerunWritesTheSame() throws IOException {
        String first = Files.readString(written());

        assertThat(Files.readString(written())).isEqualTo(first);
    }

    @Test
    void withoutAttacksNothingIsWritten() throws IOException {
        Path fingerprints = folder.resolve("fingerprints");
        int exitCode = Main.run(
                "analyze",
                SampleInputs.connectionLog(folder).toString(),
                "--output",
                folder.resolve("report").toString(),
                "--fingerprint",
                fingerprints.toString());

        assertThat(exitCode).isZero();
        assertThat(fingerprints).isEmptyDirectory();
    }

    @Test
    void wrongOptionsAreToldAtOnce() throws IOException {
        CalledCommand called = CalledCommand.of(
                "analyze",
                "missing.pcap",
                "--fingerprint",
                SampleInputs.flood(folder).toString(),
                "--fingerprint-target",
                "maybe");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains("missing.pcap", "is no folder", "'maybe' is neither hide nor show");
        assertThat(CalledCommand.of("analyze", "/dev/null", "--fingerprint-target", "show")
                        .errors())
                .contains("--fingerprint-target needs --fingerprint DIR");
    }

    @Test
    void floodIsSeenWhereItIs() throws IOException {
        Path fingerprint = written();
        Path output = folder.resolve("match");

        assertThat(match(fingerprint, folder.resolve("flood.pcap"), output, "text"))
                .isZero();
        assertThat(Files.readString(output)).startsWith("SEEN").contains("to          192.0.2.1: 6,000 packets");
        assertThat(match(fingerprint, SampleInputs.connectionLog(folder), output, "json"))
                .isEqualTo(1);
        assertThat(Files.readString(output)).contains("\"verdict\": \"not_seen\"");
    }

    @Test
    void inputThatYieldsNothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "just text");

        assertThat(match(written(), text, folder.resolve("match"), "text")).isEqualTo(3);
    }

    @Test
    void whatIsNoFingerprintIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.json"), "[".repeat(100_000));

        assertThat(match(file, SampleInputs.flood(folder), folder.resolve("match"), "text"))
                .isEqualTo(3);
        assertThat(folder.resolve("match")).doesNotExist();
    }

    static Stream<List<String>> wrongCalls() {
        return Stream.of(
                List.of(),
                List.of("match"),
                List.of("match", "missing.json"),
                List.of("match", "missing.json", "missing.pcap"),
                List.of("compare", "/dev/null", "/dev/null"),
                List.of("match", "/dev/null", "/dev/null", "--format", "xml"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCall(List<String> arguments) {
        CalledCommand called = CalledCommand.of(
                Stream.concat(Stream.of("fingerprint"), arguments.stream()).toArray(String[]::new));

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).startsWith("levee fingerprint: ").contains("levee fingerprint --help");
    }

    private Path written() throws IOException {
        Path fingerprints = folder.resolve("fingerprints");
        int exitCode = Main.run(
                "analyze",
                SampleInputs.flood(folder).toString(),
                "--output",
                folder.resolve("report").toString(),
                "--fingerprint",
                fingerprints.toString());
        assertThat(exitCode).isZero();
        try (Stream<Path> files = Files.list(fingerprints)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static int match(Path fingerprint, Path input, Path output, String format) {
        return Main.run(
                "fingerprint",
                "match",
                fingerprint.toString(),
                input.toString(),
                "--format",
                format,
                "--output",
                output.toString());
    }
}
