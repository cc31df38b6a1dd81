package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.store.StoredFinding.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServeSettingsBuilderTest {
    @TempDir
    private Path folder;

    private ServeSettingsBuilder read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("levee.yaml"), yaml);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(file);
        return builder;
    }

    @Test
    void withoutAnythingItListensOnThisMachineOnly() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.web().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.flows())
                .hasSize(1)
                .allMatch(port -> port.getAddress().isLoopbackAddress());
        assertThat(settings.mode()).isEqualTo(Mode.ALERT);
        assertThat(settings.networks().configured()).isFalse();
    }

    @Test
    void theExampleIsSound() throws IOException {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(Path.of("..", "examples", "levee.yaml"));
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.MONITOR);
        assertThat(settings.exporters()).hasSize(2);
    }

    @Test
    void capturesArePipes() throws IOException {
        ServeSettingsBuilder builder = read("capture: [/run/levee.pcap, \"-\"]");
        assertThat(builder.build().captures()).containsExactly("/run/levee.pcap", "-");
        assertThat(builder.problems()).isEmpty();

        ServeSettingsBuilder options = read("capture: /run/levee.pcap");
        options.captures(List.of("-", "-", folder.resolve("levee.yaml").toString()));
        options.build();
        assertThat(options.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("given twice"))
                .anyMatch(problem -> problem.contains("levee analyze reads"));
    }

    @Test
    void everySettingIsRead() throws IOException {
        ServeSettingsBuilder builder = read("""
            mode: monitor
            networks: [192.0.2.0/24, "2001:db8::/32"]
            data: /tmp/levee
            web: "[::1]:8081"
            flows: ["0.0.0.0:2055"]
            copies: ["127.0.0.1:9995"]
            exporters:
              - address: 192.0.2.1
                sampling-rate: 1000
                interfaces: {3: 100}
            retention: {findings: 30, revisions: 5}
            """);
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.MONITOR);
        assertThat(settings.networks().prefixes())
                .containsExactly(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/32"));
        assertThat(settings.data()).isEqualTo(Path.of("/tmp/levee"));
        assertThat(settings.web().getPort()).isEqualTo(8081);
        assertThat(settings.flows().getFirst().getPort()).isEqualTo(2055);
        assertThat(settings.copies()).hasSize(1);
        assertThat(settings.onlyKnown()).isTrue();
        assertThat(settings.exporters().getFirst().address()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(settings.exporters().getFirst().samplingRate()).isEqualTo(1_000);
        assertThat(settings.exporters().getFirst().samplingRateOfInterface()).isEqualTo(Map.of(3, 100));
        assertThat(settings.retention().findings()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.retention().revisions()).isEqualTo(5);
    }

    @Test
    void optionsComeFirst() throws IOException {
        ServeSettingsBuilder builder = read("web: 127.0.0.1:1\nflows: 127.0.0.1:2\nnetworks: 192.0.2.0/24\ndata: a\n");
        builder.web("127.0.0.1:3");
        builder.flows(List.of("127.0.0.1:4", "127.0.0.1:5"));
        builder.networks("198.51.100.0/24,203.0.113.0/24");
        builder.data("b");
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.web().getPort()).isEqualTo(3);
        assertThat(settings.flows()).hasSize(2);
        assertThat(settings.networks().prefixes()).hasSize(2);
        assertThat(settings.data()).isEqualTo(Path.of("b"));
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        ServeSettingsBuilder builder = read("""
            mod: alert
            networks: [192.0.2.0/33]
            web: "8080"
            flows: ["0.0.0.0:2055"]
            exporters:
              - adress: 192.0.2.1
            tokens:
              - {name: pager, scope: everything}
            """);
        builder.build();

        assertThat(builder.problems()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(String.join("\n", builder.problems()))
                .contains(
                        "there is no key 'mod'. Did you mean 'mode'?",
                        "'8080' is not HOST:PORT",
                        "adress",
                        "everything");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: loud | is neither alert nor monitor",
                "flows: [\"0.0.0.0:2055\"] | list the exporters",
                "exporters: 5 | is not a list",
                "retention: {findings: 0} | not a whole number from 1",
                "tokens: [{name: a, sha256: short}] | 64 hexadecimal digits",
                "mode: [alert, monitor] | has one value, not several",
            })
    void mistakesAreNamed(String yaml, String message) throws IOException {
        ServeSettingsBuilder builder = read(yaml);
        builder.build();

        assertThat(String.join("\n", builder.problems())).contains(message);
    }
}
