package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows must be so. */
class ExampleTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    @Test
    void reportInTheReadme() throws IOException {
        Path report = folder.resolve("report.txt");
        Path capture = ROOT.resolve("examples/syn-flood.pcap.xz");

        assertThat(Main.run("analyze", capture.toString(), "--output", report.toString()))
                .isZero();

        String text =
                Files.readString(report).replace("../examples", "examples").strip();
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(text);
    }
}
