package levee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real captures, exports and logs, which may be used but not passed on: in the folder that the environment variable {@code
 * LEVEE_DATA} names, or beside the repository. Tests that need them are skipped where they are absent.
 */
public final class RealData {
    private RealData() {}

    /** A file or folder of them; skips the test where it is absent. */
    public static Path file(String name) {
        Path file = Optional.ofNullable(System.getenv("LEVEE_DATA"))
                .map(Path::of)
                // Tests run in the folder of their module.
                .orElseGet(() -> Path.of("..", "..", "shared", "data"))
                .resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), "real traffic is absent: " + name + ", in the folder that LEVEE_DATA names");
        return file;
    }

    /** All files in a folder, and in folders in it. */
    public static List<Path> filesIn(String name) {
        try (Stream<Path> files = Files.walk(file(name))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
