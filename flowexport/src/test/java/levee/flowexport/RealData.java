package levee.flowexport;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Real exports, which may be used but not passed on: in the folder that the environment variable {@code LEVEE_DATA}
 * names, or beside the repository. Tests that need them are skipped where they are absent.
 */
final class RealData {
    private RealData() {}

    static Path file(String name) {
        Path file = folder().resolve(name);
        assumeThat(file).as("real exports, in the folder that LEVEE_DATA names").exists();
        return file;
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv("LEVEE_DATA"))
                .map(Path::of)
                .orElseGet(() -> repository().resolveSibling("shared").resolve("data"));
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        for (Path path = here; path.getParent() != null; path = path.getParent()) {
            if (Files.exists(path.resolve("flowexport").resolve("pom.xml"))) {
                return path;
            }
        }
        return here;
    }
}
