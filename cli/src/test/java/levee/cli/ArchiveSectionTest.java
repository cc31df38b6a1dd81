package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.archive.ArchiveLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveSectionTest {
    @TempDir
    private Path folder;

    private static Optional<ArchiveLimits> read(SettingsReader reader, String section) {
        return Yaml.parse(section, "levee.yaml").map(new ArchiveSection(reader)::read);
    }

    private static List<String> problems(String section) {
        SettingsReader reader = new SettingsReader("levee.yaml");
        read(reader, section);
        return reader.problems();
    }

    @ParameterizedTest
    @CsvSource({"1 MB, 1000000", "20 GB, 20000000000", "2TB, 2000000000000"})
    void sizesAreRead(String text, long bytes) {
        SettingsReader reader = new SettingsReader("levee.yaml");
        assertThat(read(reader, "{size: " + text + ", days: 3}"))
                .contains(new ArchiveLimits(bytes, Duration.ofDays(3)));
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "0 GB", "-1 GB", "20 gigabytes", "20 GiB", "9999999 TB", "''"})
    void otherSizesAreRefused(String text) {
        assertThat(problems("{size: " + text + "}")).singleElement().asString().contains("is not like 500 MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "seven", "100000"})
    void otherDaysAreRefused(String text) {
        assertThat(problems("{days: " + text + "}")).singleElement().asString().contains("not a whole number");
    }

    @Test
    void withoutTheSectionNothingIsKept() {
        assertThat(new ServeSettingsBuilder().build().archive()).isEmpty();
    }

    @Test
    void sectionOfTheExampleIsSound() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(Path.of("..", "examples", "levee.yaml"));

        assertThat(builder.build().archive()).contains(new ArchiveLimits(20_000_000_000L, Duration.ofDays(7)));
    }

    @Test
    void mistakesAreToldWithTheOthers() throws IOException {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(Files.writeString(folder.resolve("levee.yaml"), "archive: {size: much, day: 3}\n"));
        builder.build();

        assertThat(String.join("\n", builder.problems()))
                .contains("levee.yaml, line 1, size: 'much'", "there is no key 'day'. Did you mean 'days'?");
    }
}
