package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import levee.engine.Analyzer.Location;
import levee.model.Analysis;
import levee.model.InputSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are no capture and no log. */
final class OddInputsTest {
    @TempDir
    private Path folder;

    @Test
    void emptyFile() throws IOException {
        assertUnknown(summary(new byte[0]));
    }

    @Test
    void aSingleByte() throws IOException {
        assertUnknown(summary(new byte[] {(byte) 0xd4}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nothing to see here.\n", "{}", "a,b,c\n1,2,3\n", "\u0000\u0000\u0000\u0000", "\n\n\n"})
    void text(String text) throws IOException {
        assertUnknown(summary(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longText() throws IOException {
        assertUnknown(summary("lorem ipsum dolor sit amet ".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void picture() throws IOException {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1};
        assertUnknown(summary(jpeg));
    }

    @Test
    void magicOfACompressionAndNoMore() throws IOException {
        for (byte[] magic :
                List.of(new byte[] {0x1f, (byte) 0x8b}, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, new byte[] {
                    0x28, (byte) 0xb5, 0x2f, (byte) 0xfd
                })) {
            InputSummary input = summary(magic);

            assertThat(input.isEmpty()).isTrue();
            assertThat(input.damage()).isPresent();
        }
    }

    @Test
    void magicOfACaptureAndNoMore() throws IOException {
        InputSummary input = summary(new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1});

        assertThat(input.format()).isEqualTo("pcap");
        assertThat(input.isEmpty()).isTrue();
        assertThat(input.damage()).hasValue(new InputSummary.Damage(0, "the input ends inside the file header"));
    }

    @Test
    void captureWithoutPackets() throws IOException {
        InputSummary input = summary(SampleCapture.fileHeader());

        assertThat(input.format()).isEqualTo("pcap");
        assertThat(input.isEmpty()).isTrue();
        assertThat(input.damage()).isEmpty();
        assertThat(input.first()).isEmpty();
        assertThat(input.last()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero"})
    void device(String name) {
        Path device = Path.of(name);
        assumeThat(device).exists();

        assertUnknown(analyze(device));
    }

    @Test
    void folderWhereAFileIsExpected() {
        InputSummary input = analyze(folder);

        assertThat(input.isEmpty()).isTrue();
        assertThat(input.damage()).isPresent();
    }

    @Test
    void fileThatIsNotThereAnyMore() {
        InputSummary input = analyze(folder.resolve("gone.pcap"));

        assertThat(input.isEmpty()).isTrue();
        assertThat(input.damage()).hasValue(new InputSummary.Damage(0, "there is no such file"));
    }

    @Test
    void fileThatMayNotBeRead() throws IOException {
        Path file = Files.write(folder.resolve("secret.pcap"), SampleCapture.flood());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("may read everything").isFalse();

        assertThat(analyze(file).damage()).hasValue(new InputSummary.Damage(0, "not allowed to read it"));
    }

    @Test
    void filesAfterABadOneAreStillRead() throws IOException {
        Path good = Files.write(folder.resolve("good.pcap"), SampleCapture.flood());
        Analysis analysis = Analyses.of(folder.resolve("gone.pcap"), folder, good);

        assertThat(analysis.inputs()).hasSize(3);
        assertThat(analysis.findings()).hasSize(1);
    }

    @Test
    void otherFilesOfAFolderArePassedOver() throws IOException {
        Path capture = Files.write(folder.resolve("1.pcap"), SampleCapture.flood());
        Path text = Files.writeString(folder.resolve("2.txt"), "no capture");
        Path cut = Files.write(folder.resolve("3.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
        Analysis analysis = Analyses.analyzer(Analyses.SEED)
                .analyze(List.of(
                        new Location.File(capture, true), new Location.File(text, true), new Location.File(cut, true)));

        assertThat(analysis.inputs())
                .extracting(InputSummary::name)
                .as("a capture could be in the damaged one")
                .containsExactly(capture.toString(), cut.toString());
    }

    private InputSummary summary(byte[] bytes) throws IOException {
        return analyze(Files.write(folder.resolve("input"), bytes));
    }

    private static InputSummary analyze(Path file) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Analyses.summary(file));
    }

    private static void assertUnknown(InputSummary input) {
        assertThat(input.format()).isEqualTo("unknown");
        assertThat(input.carries()).isEqualTo("unknown");
        assertThat(input.compression()).isEqualTo("none");
        assertThat(input.isEmpty()).isTrue();
        assertThat(input.first()).isEmpty();
        assertThat(input.rejected()).isEmpty();
    }
}
