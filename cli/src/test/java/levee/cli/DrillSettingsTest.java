package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.Group;
import levee.model.IpAddress;
import levee.server.SettingInForce;
import levee.server.SettingInForce.From;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DrillSettingsTest {
    @TempDir
    private Path folder;

    private DrillSettings settings(String... more) throws UsageException {
        List<String> arguments = new ArrayList<>(List.of("--drill"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--data")) {
            arguments.addAll(List.of("--data", folder.toString()));
        }
        return DrillSettings.of(ServeCommand.line(arguments));
    }

    @Test
    void theNetworkIsThatOfTheDrill() throws UsageException {
        ServeSettings serve = settings().serve();

        assertThat(serve.networks().prefixes().stream().map(String::valueOf))
                .containsExactlyInAnyOrder("10.16.0.0/14", "fd00:16::/48");
        assertThat(serve.detection().groups().all().stream().map(Group::customer))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(Optional::isPresent);
        assertThat(serve.exporters().stream().map(exporter -> exporter.address().toString()))
                .containsExactly("127.0.0.11", "127.0.0.12", "127.0.0.13");
        assertThat(serve.detection().edges()).containsKey(IpAddress.parse("127.0.0.12"));
        assertThat(serve.alerts()).isEmpty();
        assertThat(serve.web().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void whoAsksForTheSettingsLearnsThatItIsADrill() throws UsageException {
        List<SettingInForce> inForce = settings().serve().inForce();

        assertThat(inForce.getFirst()).isEqualTo(new SettingInForce("drill", List.of("day"), From.COMMAND_LINE, 0));
        assertThat(inForce.stream().map(SettingInForce::name)).contains("groups[2].customer", "exporters[0].address");
        assertThat(inForce).noneMatch(setting -> setting.from() == From.FILE);
    }

    @Test
    void dataAreTemporaryUnlessAFolderIsNamed() throws UsageException, IOException {
        assertThat(settings().isTemporary()).isFalse();

        DrillSettings temporary = DrillSettings.of(ServeCommand.line(List.of("--drill")));
        assertThat(temporary.isTemporary()).isTrue();
        assertThat(temporary.serve().data()).isEmptyDirectory();
        assertThat(temporary.serve().data().getFileName().toString()).startsWith("levee-drill-");
        Files.delete(temporary.serve().data());
    }

    @Test
    void aFileSaysWhatIsPlayed() throws UsageException, IOException {
        Path file = Files.writeString(
                folder.resolve("play.yaml"), "duration: 1m\nattacks: [{vectors: udp-flood, at: 2m}]\n");
        DrillSettings settings =
                DrillSettings.of(ServeCommand.line(List.of("--drill", file.toString(), "--data", folder.toString())));

        assertThat(settings.scenarios().name()).isEqualTo("play.yaml");
        assertThat(settings.scenarios().next(Instant.EPOCH).attacks()).hasSize(1);
        assertThat(settings.notes()).anyMatch(note -> note.contains("is not played"));
        assertThat(settings.serve().inForce().getFirst().values()).containsExactly("play.yaml");
    }

    @Test
    void anotherPortIsChosenWhereTheUsualOneIsTaken() throws UsageException, IOException {
        try (ServerSocket socket = taken(8_080)) {
            DrillSettings settings = settings();

            assertThat(socket.isClosed()).isFalse();
            assertThat(settings.notes()).anyMatch(note -> note.contains("port 8080 is taken"));
            assertThat(settings.serve().web().getPort()).isZero();
        }
    }

    /** A port that is taken by then, if not by this then by somebody else. */
    private static ServerSocket taken(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            return new ServerSocket();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--config, levee.yaml, the settings of a drill are its own",
        "--capture, -, must not mix with the traffic of a real network",
        "--networks, 192.0.2.0/24, the networks of a drill are its own",
        "--web, 0.0.0.0:8080, on this machine only",
        "--flows, 0.0.0.0:2055, one port of 127.0.0.1",
        "--flows, [::1]:2055, one port of 127.0.0.1",
        "--web, nonsense, is not HOST:PORT",
    })
    void whatMakesNoSenseIsRefused(String option, String value, String reason) {
        CalledCommand called = CalledCommand.of("serve", "--drill", option, value);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains(reason);
    }

    @Test
    void aScenarioThatIsNotThereIsRefused() {
        CalledCommand called = CalledCommand.of("serve", "--drill", "nowhere.yaml");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains("there is no file nowhere.yaml");
    }

    @Test
    void theDataOfARealNetworkAreLeftAlone() throws IOException, UsageException {
        Files.createFile(folder.resolve("levee.db"));

        for (String real : List.of(folder.toString(), ServeSettingsBuilder.usualFolder())) {
            CalledCommand called = CalledCommand.of("serve", "--drill", "--data", real);
            assertThat(called.exitCode()).isEqualTo(2);
            assertThat(called.errors()).contains("is for a real network");
        }
        assertThat(folder).isDirectoryContaining("glob:**levee.db").isDirectoryNotContaining("glob:**drill");

        Files.delete(folder.resolve("levee.db"));
        settings().mark();
        Files.createFile(folder.resolve("levee.db"));
        assertThat(settings().serve().data()).isEqualTo(folder);
    }
}
