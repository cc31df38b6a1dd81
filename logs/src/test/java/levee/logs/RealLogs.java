package levee.logs;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Real logs, which may be used but not passed on: in the folder that the system property or environment variable {@code
 * LEVEE_DATA} names, or beside the repository. Tests that need them are skipped where they are absent.
 */
final class RealLogs {
    private RealLogs() {}

    static Path folder() {
        Path data = Optional.ofNullable(System.getProperty("LEVEE_DATA"))
                .or(() -> Optional.ofNullable(System.getenv("LEVEE_DATA")))
                .map(Path::of)
                .orElseGet(() -> repository().resolveSibling("shared").resolve("data"));
        Path logs = data.resolve("botnet");
        assumeThat(logs).as("real logs, to be set by LEVEE_DATA").isDirectory();
        return logs;
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        for (Path path = here; path.getParent() != null; path = path.getParent()) {
            if (Files.exists(path.resolve("telemetry").resolve("pom.xml"))) {
                return path;
            }
        }
        return here;
    }

    /** Opens a log; compression is told by the file's name. */
    static InputStream open(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
        }
        if (name.endsWith(".xz")) {
            // No decoder is on this module's path; the tool reads the file as well.
            Process xz = new ProcessBuilder("xz", "--decompress", "--stdout", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return xz.getInputStream();
        }
        return Files.newInputStream(file);
    }

    static byte[] read(String name) throws IOException {
        Path file = folder().resolve(name);
        assumeThat(file).isRegularFile();
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }
}
