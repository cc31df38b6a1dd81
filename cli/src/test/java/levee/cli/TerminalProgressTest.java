package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import levee.engine.Analyzer.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminalProgressTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final String CLEARED = "\r\u001b[K";

    @TempDir
    private Path folder;

    private long nanos = 42;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final TerminalProgress progress =
            new TerminalProgress(new StatusLine(new PrintStream(shown, false, StandardCharsets.UTF_8), () -> nanos));

    @Test
    void nothingIsShownOfAShortRun() {
        progress.began(new Location.StandardInput());
        pass(999);
        progress.read(1_000_000, 1_000);
        progress.finished();

        assertThat(shown()).isEmpty();
    }

    @Test
    void fileShowsHowMuchIsDoneHowFastAndHowLongItTakes() throws IOException {
        progress.began(new Location.File(fileOf(4_000_000), false));
        pass(2_000);
        progress.read(1_000_000, 3_000_000);

        assertThat(shown()).isEqualTo("\r 25 %  3.0 million rows, 1.5 million/s, 1 MB/s, 6 s left\u001b[K");
    }

    @Test
    void streamShowsNoShareAndNoEnd() {
        progress.began(new Location.StandardInput());
        pass(4_000);
        progress.read(8_000_000, 1_000_000);

        assertThat(shown()).isEqualTo("\r1.0 million rows, 0.3 million/s, 2 MB/s\u001b[K");
    }

    @Test
    void shownFourTimesASecondAtMost() {
        progress.began(new Location.StandardInput());
        pass(1_000);
        progress.read(1, 1);
        int once = shown.size();
        pass(249);
        progress.read(2, 2);
        assertThat(shown.size()).isEqualTo(once);
        pass(1);
        progress.read(3, 3);
        assertThat(shown.size()).isGreaterThan(once);
    }

    @Test
    void lineIsClearedAtTheEndOnce() {
        progress.began(new Location.StandardInput());
        pass(1_500);
        progress.read(1, 1);
        shown.reset();
        progress.finished();
        progress.finished();

        assertThat(shown()).isEqualTo(CLEARED);
    }

    @Test
    void growingFileIsNeverMoreThanWhole() throws IOException {
        progress.began(new Location.File(fileOf(1_000), false));
        pass(1_000);
        progress.read(5_000, 10);

        assertThat(shown()).startsWith("\r100 %").contains(" 0 s left");
    }

    @Test
    void everyInputBeginsAnew() throws IOException {
        progress.began(new Location.StandardInput());
        pass(5_000);
        progress.finished();
        progress.began(new Location.File(fileOf(100), false));
        pass(500);
        progress.read(50, 1);

        assertThat(shown()).isEmpty();
    }

    @Test
    void fileThatIsGoneIsLikeAStream() {
        progress.began(new Location.File(folder.resolve("gone"), false));
        pass(1_000);
        progress.read(1_000_000, 1_000_000);

        assertThat(shown()).isEqualTo("\r1.0 million rows, 1.0 million/s, 1 MB/s\u001b[K");
    }

    private void pass(long milliseconds) {
        nanos += milliseconds * MILLISECOND;
    }

    private Path fileOf(int bytes) throws IOException {
        return Files.write(folder.resolve("input"), new byte[bytes]);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
