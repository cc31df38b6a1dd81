package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the service and the container name is there: options, paths, ports, and memory that fits the launcher's. */
final class PackagingTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PACKAGING = ROOT.resolve("packaging");

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(result -> result.groupCount() == 0 ? result.group() : result.group(1))
                .toList();
    }

    private static String only(String pattern, String text) {
        return found(pattern, text).stream().reduce((a, b) -> a + " and " + b).orElse("");
    }

    @Test
    void optionsOfTheServiceAndOfTheContainerExist() throws IOException {
        String command = only("^ExecStart=(.*)$", read(PACKAGING.resolve("levee.service")));
        assertThat(command).startsWith("/opt/levee/levee serve --config ");
        String container = only("^CMD \\[(.*)]$", read(PACKAGING.resolve("Containerfile")));
        assertThat(container).startsWith("\"serve\"");
        String help = new ServeCommand().help();

        assertThat(found("--[a-z]+", command + container + podman()))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help).contains(" " + option + " "));
    }

    /** What stands behind the name of the image. */
    private static String podman() throws IOException {
        return only("^ {4}levee serve (.*)$", read(ROOT.resolve("docs/running.md")));
    }

    @Test
    void folderOfDataIsTheOneThatMayBeWritten() throws IOException {
        String unit = read(PACKAGING.resolve("levee.service"));

        assertThat(unit).contains("--data /var/lib/" + only("^StateDirectory=(.*)$", unit));
        assertThat(read(PACKAGING.resolve("Containerfile"))).contains("VOLUME /var/lib/levee", "\"/var/lib/levee\"");
        assertThat(read(ROOT.resolve("examples/levee.yaml"))).contains("data: /var/lib/levee");
    }

    @Test
    void serviceMayUseMoreMemoryThanTheHeap() throws IOException {
        int heap = Integer.parseInt(only("^ +memory=-Xmx(\\d+)m$", read(ROOT.resolve("levee"))));
        int limit = Integer.parseInt(only("^MemoryMax=(\\d+)M$", read(PACKAGING.resolve("levee.service"))));

        assertThat(limit - heap).isBetween(512, 2_048);
        assertThat(read(ROOT.resolve("docs/running.md"))).contains("--memory " + limit + "m");
    }

    @Test
    void kernelMayHoldWhatTheCollectorAsksFor() throws IOException {
        assertThat(only("^net.core.rmem_max = (\\d+)$", read(PACKAGING.resolve("levee.sysctl"))))
                .isEqualTo(String.valueOf(64 << 20));
        assertThat(read(ROOT.resolve("cli/src/main/java/levee/cli/LiveService.java")))
                .contains("RECEIVE_BUFFER_BYTES = 64 << 20");
    }

    @Test
    void healthCheckAsksForWhatTheInterfaceHas() throws IOException {
        String ready = read(PACKAGING.resolve("ready"));
        String container = read(PACKAGING.resolve("Containerfile"));

        assertThat(read(ROOT.resolve("docs/openapi.yaml"))).contains("\n  " + only("GET (\\S+) HTTP", ready) + ":\n");
        assertThat(Files.isExecutable(PACKAGING.resolve("ready"))).isTrue();
        assertThat(container).contains("/opt/levee/packaging/ready", "EXPOSE 2055/udp 4739/udp 6343/udp 8080/tcp");
        ServeSettings usual = new ServeSettingsBuilder().build();
        assertThat(container).contains("\"127.0.0.1\", \"" + usual.web().getPort() + "\"");
        assertThat(container).contains(" " + usual.flows().getFirst().getPort() + "/udp");
    }

    @Test
    void containerCopiesAndCallsWhatTheArchiveHolds() throws IOException {
        String archive = read(PACKAGING.resolve("distribution.xml"));

        assertThat(found("<(?:source|directory)>\\$\\{project.basedir}/\\.\\./([^<]+)<", archive))
                .contains("levee", "packaging/ready")
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
        assertThat(found("<include>([^<*]+)<", archive))
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
        assertThat(read(PACKAGING.resolve("Containerfile")))
                .contains("-Dlevee.distribution ", "cli/target/levee.tar.gz");
        assertThat(read(ROOT.resolve("cli/pom.xml"))).contains("<name>levee.distribution</name>", "<finalName>levee<");
    }

    @Test
    void metricsThatAreToBeWatchedExist() throws IOException {
        String metrics = read(ROOT.resolve("server/src/main/java/levee/server/MetricOperations.java"));

        assertThat(Pattern.compile("`(levee_[a-z_]+)`")
                        .matcher(read(ROOT.resolve("docs/running.md")))
                        .results())
                .hasSizeGreaterThan(8)
                .map(result -> result.group(1))
                .allSatisfy(name -> assertThat(metrics).contains("\"" + name + "\""));
    }
}
