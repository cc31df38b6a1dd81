package levee.evaluation;

import static levee.evaluation.HostSamples.server;
import static levee.evaluation.HostSamples.suspected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.evaluation.KnownHost.Condition;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

/** Lists of captures. */
final class ListedCaptureTest {
    private static final String LIST = """
        {"about": "Two forms of one capture.", "captures": [
          {"name": "as packets", "capture": "lab", "path": "lab/all.pcap", "networks": ["192.0.2.0/24"],
           "infected": [{"host": "192.0.2.1", "shows": ["irc"]}, {"host": "192.0.2.2"}],
           "benign_hosts": ["192.0.2.3"],
           "command_servers": [{"address": "203.0.113.1", "port": 6667, "transport": "tcp"}]},
          {"name": "office", "path": "office", "networks": [], "infected": [], "benign_hosts": [], "command_servers": []}
        ]}
        """;

    private static List<ListedCapture> read(String text) throws IOException {
        return ListedCapture.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void captures() throws IOException {
        assertThat(read(LIST))
                .containsExactly(
                        new ListedCapture(
                                "as packets",
                                "lab",
                                "lab/all.pcap",
                                List.of(Prefix.parse("192.0.2.0/24")),
                                Map.of(
                                        IpAddress.parse("192.0.2.1"),
                                        Set.of("irc"),
                                        IpAddress.parse("192.0.2.2"),
                                        Set.of()),
                                Set.of(IpAddress.parse("192.0.2.3")),
                                Set.of(server("203.0.113.1", 6667))),
                        new ListedCapture("office", "office", "office", List.of(), Map.of(), Set.of(), Set.of()));
    }

    @Test
    void ofOtherHostsNobodyKnows() throws IOException {
        HostRun run = read(LIST).getFirst().run(List.of(suspected("192.0.2.9", 1)), List.of(), List.of());

        assertThat(run.capture()).isEqualTo("lab");
        assertThat(run.truth().name()).isEqualTo("as packets");
        assertThat(run.truth().condition(IpAddress.parse("192.0.2.1"))).isEqualTo(Condition.INFECTED);
        assertThat(run.truth().condition(IpAddress.parse("192.0.2.3"))).isEqualTo(Condition.BENIGN);
        assertThat(HostEvaluation.of(List.of(run)).unknownHosts()).hasSize(1);
    }

    @Test
    void aHostIsNotBoth() {
        assertThatThrownBy(() -> read(LIST.replace("192.0.2.3", "192.0.2.2")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("captures[0].benign_hosts should be hosts that are not infected");
    }
}
