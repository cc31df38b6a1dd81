package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.drill.LookAlikeKind;
import levee.model.AttackVector;
import levee.testing.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a process of its own: standard input and output, and what comes while input is still arriving. */
@Tag("slow")
@Timeout(120)
final class ProcessTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int PIECE = 7_001;

    /** Kept back, so that the end of the input cannot be what makes a finding appear. */
    private static final int KEPT_BACK = 10_000;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void reportGoesToStandardOutput() throws Exception {
        Process process =
                start("analyze", "--format", "json", SampleInputs.flood(folder).toString());
        JsonNode document = MAPPER.readTree(process.getInputStream());

        assertThat(process.waitFor()).isZero();
        assertThat(document.get("findings")).hasSize(1);
        assertThat(errors()).isEmpty();
    }

    @Test
    void standardInputIsAnalysed() throws Exception {
        Process process = start("analyze", "--format", "json", "-");
        try (OutputStream in = process.getOutputStream()) {
            in.write(SampleInputs.flood());
        }
        JsonNode document = MAPPER.readTree(process.getInputStream());

        assertThat(process.waitFor()).isZero();
        assertThat(document.get("inputs").get(0).get("name").stringValue()).isEqualTo("-");
        assertThat(document.get("inputs").get(0).get("packets").asInt()).isEqualTo(6_000);
        assertThat(document.get("findings").get(0).get("target").stringValue()).isEqualTo(SampleInputs.FLOOD_TARGET);
    }

    @Test
    void emptyStandardInputYieldsNothing() throws Exception {
        Process process = start("analyze", "-");
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(errors()).isEmpty();
    }

    @Test
    void wrongCallIsToldOnStandardError() throws Exception {
        Process process = start("analyze", "--format", "xml", "missing.pcap");

        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors()).contains("'xml'", "missing.pcap");
    }

    @Test
    void outputThatCannotBeOpened() throws Exception {
        Path nowhere = folder.resolve("no/such/folder/report");
        Process process = start(
                "analyze",
                "--output",
                nowhere.toString(),
                SampleInputs.flood(folder).toString());

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).startsWith("levee: cannot write " + nowhere + ": ").doesNotContain("Exception", "\tat ");
    }

    @Test
    void fullDiskIsTold() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        for (String format : List.of("text", "json", "jsonl")) {
            Process process = start(
                    "analyze",
                    "--format",
                    format,
                    "--output",
                    "/dev/full",
                    SampleInputs.flood(folder).toString());

            assertThat(process.waitFor()).as(format).isEqualTo(1);
            assertThat(errors())
                    .as(format)
                    .startsWith("levee: cannot write /dev/full")
                    .doesNotContain("\tat ");
        }
    }

    /** As {@code head -n 1} does: nobody wants a stack trace then. */
    @Test
    void readerThatGoesAwayIsNoNews() throws Exception {
        Process process = start("analyze", "--format", "jsonl", "-");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assertThat(lines.readLine()).contains("\"started\"");
        lines.close();
        try (OutputStream in = process.getOutputStream()) {
            in.write(SampleInputs.flood());
        } catch (IOException e) {
            // It need not read on when nobody listens.
            assertThat(e).hasMessageContaining("pipe");
        }

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).isEmpty();
    }

    @Test
    void drillListsWhatItCanPlay() throws Exception {
        Process process = start("drill", "--list");
        String list = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(list.lines().map(line -> line.strip().split(" ")[0]))
                .contains("pulse")
                .containsAll(Arrays.stream(AttackVector.values())
                        .map(AttackVector::label)
                        .toList())
                .containsAll(Arrays.stream(LookAlikeKind.values())
                        .map(LookAlikeKind::label)
                        .toList());
    }

    @Test
    void drillThatNobodyReadsIsNoNews() throws Exception {
        Process process = start("drill", "--output", "-");
        assertThat(process.getInputStream().read()).isEqualTo(0xa1);
        process.getInputStream().close();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).isEmpty();
    }

    @Test
    void drillThatFillsTheDiskIsTold() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        Process process = start("drill", "--duration", "1s", "--output", "/dev/full");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).startsWith("levee: cannot write /dev/full").doesNotContain("\tat ");
    }

    @Test
    void whatADrillIsTooShortForIsTold() throws Exception {
        Process process = start("drill", "--duration", "1s", "--attack", "udp-flood,at=90s", "--output", "/dev/null");

        assertThat(process.waitFor()).isZero();
        assertThat(errors()).contains("--attack udp-flood,at=90s: is not played");
    }

    @Test
    void attackIsReportedWhileInputStillArrives() throws Exception {
        Process process = start("analyze", "--format", "jsonl", "-");
        byte[] capture = SampleInputs.flood();
        OutputStream in = process.getOutputStream();
        for (int at = 0; at < capture.length - KEPT_BACK; at += PIECE) {
            in.write(capture, at, Math.min(PIECE, capture.length - KEPT_BACK - at));
            in.flush();
        }
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);

        assertThat(lines.readLine()).contains("\"started\"");
        assertThat(lines.readLine()).contains("\"opened\"", SampleInputs.FLOOD_TARGET);
        in.write(capture, capture.length - KEPT_BACK, KEPT_BACK);
        in.close();
        assertThat(lines.lines()).last().asString().contains("\"finished\"", "\"packets\":6000");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void namedPipeIsReadAsItFills() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeThat(Programs.succeeds("mkfifo", pipe.toString())).as("mkfifo").isTrue();
        Process process = start("analyze", "--format", "jsonl", pipe.toString());
        byte[] capture = SampleInputs.flood();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try (OutputStream in = Files.newOutputStream(pipe)) {
            in.write(capture, 0, capture.length - KEPT_BACK);
            assertThat(lines.readLine()).contains("\"started\"");
            assertThat(lines.readLine()).contains("\"opened\"", SampleInputs.FLOOD_TARGET);
            in.write(capture, capture.length - KEPT_BACK, KEPT_BACK);
        }

        assertThat(lines.lines()).last().asString().contains("\"finished\"");
        assertThat(process.waitFor()).isZero();
    }

    /** The way that the help recommends, with the real program. */
    @Test
    void whatTcpdumpWritesIsReportedWhileItRuns() throws Exception {
        assumeThat(Programs.succeeds("tcpdump", "--version"))
                .as("tcpdump is installed")
                .isTrue();
        Path capture = SampleInputs.flood(folder);
        Process tcpdump = new ProcessBuilder("tcpdump", "-r", capture.toString(), "-U", "-w", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(tcpdump);
        byte[] written;
        try (InputStream in = tcpdump.getInputStream()) {
            written = in.readAllBytes();
        }
        assumeThat(written.length).as("tcpdump may read the file").isGreaterThan(KEPT_BACK);
        Process process = start("analyze", "--format", "jsonl", "-");
        OutputStream in = process.getOutputStream();
        in.write(written, 0, written.length - KEPT_BACK);
        in.flush();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);

        assertThat(lines.readLine()).contains("\"started\"");
        assertThat(lines.readLine()).contains("\"opened\"", SampleInputs.FLOOD_TARGET);
        in.write(written, written.length - KEPT_BACK, KEPT_BACK);
        in.close();
        assertThat(lines.lines()).last().asString().contains("\"finished\"", "\"packets\":6000");
        assertThat(process.waitFor()).isZero();
    }

    private Process start(String... arguments) throws IOException {
        Process process = Processes.levee(arguments)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }
}
