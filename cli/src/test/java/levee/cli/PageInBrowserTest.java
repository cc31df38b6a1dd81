package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page of {@code --format html} in Chromium, where there is one. */
@Tag("slow")
final class PageInBrowserTest {
    /** Holds the page in a frame of some width, and writes down what is wider. */
    private static final String OBSERVER = """
        <!DOCTYPE html>
        <meta charset="utf-8">
        <iframe src="page.html" width="WIDTH" height="740" style="border:0"></iframe>
        <script>
          addEventListener("load", () => {
            const page = document.querySelector("iframe").contentDocument;
            const width = page.documentElement.clientWidth;
            const wide = [...page.querySelectorAll("body *")]
                .filter(element => !element.closest("details:not([open]) > :not(summary), .scrolling > *"))
                .map(element => [element, element.getBoundingClientRect()])
                .filter(([element, box]) => box.width > 0 && (box.right > width + 0.5 || box.left < -0.5))
                .map(([element, box]) => `${element.tagName} ${Math.round(box.left)}-${Math.round(box.right)}`);
            const font = page.defaultView.getComputedStyle(page.querySelector("h2")).fontWeight;
            document.body.append(
                `[wide: ${wide}] [sideways: ${page.documentElement.scrollWidth - width}] [weight: ${font}]`
                + ` [headings: ${page.querySelectorAll("h2").length}]`);
          });
        </script>
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void pageFitsItsWidthAndHasNoErrors(int width) throws Exception {
        Optional<Path> browser = browser();
        assumeThat(browser).as("Chromium is not installed").isPresent();
        Path capture = Files.move(SampleInputs.flood(folder), folder.resolve("long".repeat(50) + ".pcap"));
        assertThat(CalledCommand.of(
                                "analyze",
                                capture.toString(),
                                SampleInputs.connectionLog(folder).toString(),
                                "--format",
                                "html",
                                "--output",
                                folder.resolve("page.html").toString())
                        .exitCode())
                .isZero();
        Files.writeString(folder.resolve("observer.html"), OBSERVER.replace("WIDTH", String.valueOf(width)));

        Path messages = folder.resolve("messages");
        String observed = open(browser.orElseThrow(), messages);

        assertThat(observed)
                .contains("[wide: ] [sideways: 0]", "[headings: 4]")
                .as("the policy lets the style through")
                .contains("[weight: 650]");
        assertThat(Files.readAllLines(messages)).noneMatch(line -> line.contains("CONSOLE"));
    }

    /** The document once all is loaded; what the browser says goes to {@code messages}. */
    private String open(Path browser, Path messages) throws IOException, InterruptedException {
        Path document = folder.resolve("document");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        // Root and containers have no sandbox; the page is our own.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--allow-file-access-from-files",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        folder.resolve("observer.html").toUri().toString())
                .redirectOutput(document.toFile())
                .redirectError(messages.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(document);
    }

    private static Optional<Path> browser() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(path -> names.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
