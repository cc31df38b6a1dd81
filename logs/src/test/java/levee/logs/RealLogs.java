package levee.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import levee.testing.RealData;

/** Real logs; tests that need them are skipped where they are absent. */
final class RealLogs {
    private RealLogs() {}

    /** A log, or a folder of them. */
    static Path file(String name) {
        return RealData.file("botnet/" + name);
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
        try (InputStream in = open(file(name))) {
            return in.readAllBytes();
        }
    }
}
