package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/** What the README shows must be so, and the example must be what it was made of. */
@Tag("slow")
final class ExampleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(\\$ \\./levee .*?)^```$");
    private static final String PROMPT = "$ ./levee ";

    /** Stands for lines that are left out. */
    private static final String LEFT_OUT = "[...]";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyExamples() throws IOException {
        Path copies = Files.createDirectory(folder.resolve("examples"));
        for (String name : List.of("two-attacks.pcap.xz", "two-attacks-truth.json")) {
            Files.copy(EXAMPLES.resolve(name), copies.resolve(name));
        }
    }

    /** A command with what it says, in pieces that follow each other. */
    private record Shown(List<String> arguments, List<String> pieces) {}

    private static List<Shown> shownIn(String block) {
        List<Shown> shown = new ArrayList<>();
        for (String text : ("\n" + block).split(Pattern.quote("\n" + PROMPT))) {
            String[] commandAndOutput = text.split("\n", 2);
            if (!text.isBlank()) {
                String output = commandAndOutput.length == 1 ? "" : commandAndOutput[1];
                shown.add(new Shown(
                        Arrays.asList(commandAndOutput[0].split(" ")),
                        Arrays.asList(output.split(Pattern.quote(LEFT_OUT + "\n")))));
            }
        }
        return shown;
    }

    @TestFactory
    Stream<DynamicTest> commandsInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> blocks =
                BLOCK.matcher(readme).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(1);
        return blocks.stream()
                .flatMap(block -> shownIn(block).stream())
                // Goes on until it is stopped; DrillServiceTest does that.
                .filter(shown -> !shown.arguments.getFirst().equals("serve"))
                .map(shown -> dynamicTest(String.join(" ", shown.arguments), () -> {
                    String said = said(shown.arguments);
                    int at = 0;
                    for (String piece : shown.pieces) {
                        assertThat(said.substring(at)).contains(piece);
                        at = said.indexOf(piece, at) + piece.length();
                    }
                }));
    }

    private String said(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "levee.cli.Main"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void captureIsWhatItsScenarioMakes() throws IOException {
        Path capture = folder.resolve("two-attacks.pcap");
        Path truth = folder.resolve("two-attacks-truth.json");

        assertThat(CalledCommand.of(
                        "drill",
                        "--scenario",
                        EXAMPLES.resolve("two-attacks.yaml").toString(),
                        "--output",
                        capture.toString(),
                        "--truth",
                        truth.toString()))
                .isEqualTo(new CalledCommand(0, "", ""));

        try (InputStream committed = new XZInputStream(Files.newInputStream(EXAMPLES.resolve("two-attacks.pcap.xz")))) {
            assertThat(Files.newInputStream(capture)).hasSameContentAs(committed);
        }
        assertThat(truth).hasSameTextualContentAs(EXAMPLES.resolve("two-attacks-truth.json"));
    }
}
