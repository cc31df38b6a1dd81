package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void halfWrittenFileIsNeverSeen() throws IOException {
        Path file = folder.resolve("some.cache");
        WholeFile.write(file, out -> out.write(1));
        assertThat(file).hasBinaryContent(new byte[] {1});
        try {
            WholeFile.write(file, out -> {
                out.write(2);
                throw new IOException("disk full");
            });
        } catch (IOException e) {
            assertThat(e).hasMessage("disk full");
        }
        assertThat(file).hasBinaryContent(new byte[] {1});
    }
}
