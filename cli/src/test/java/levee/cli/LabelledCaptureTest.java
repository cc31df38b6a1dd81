package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import levee.evaluation.HostTruth;
import levee.evaluation.KnownHost;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.testing.RealData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Truth about hosts from labelled logs. */
final class LabelledCaptureTest {
    private static final List<Prefix> NETWORKS = List.of(Prefix.parse("192.0.2.0/24"));
    private static final String HEADER =
            "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tproto\tconn_state\tlabel\tdetailedlabel\n";
    private static final String COMMAND = "100\t192.0.2.1\t203.0.113.1\t6667\ttcp\tS0\tMalicious\tC&C\n";
    private static final String NORMAL = "200\t192.0.2.2\t203.0.113.2\t443\ttcp\tSF\tBenign\t-\n";
    private static final String ATTACK = "300\t203.0.113.9\t192.0.2.2\t22\ttcp\tS0\tMalicious\tAttack\n";

    @TempDir
    private Path folder;

    private static KnownHost host(HostTruth truth, String address) {
        return truth.hosts().stream()
                .filter(host -> host.host().equals(IpAddress.parse(address)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFile() throws IOException {
        Path file = Files.writeString(folder.resolve("conn.log.labeled"), HEADER + COMMAND + NORMAL + ATTACK);

        HostTruth truth = LabelledCapture.read(file, NETWORKS).orElseThrow();

        assertThat(truth.name()).isEqualTo("conn.log.labeled");
        assertThat(truth.hosts()).hasSize(2);
        assertThat(host(truth, "192.0.2.1").condition()).isEqualTo(Condition.INFECTED);
        assertThat(host(truth, "192.0.2.2").condition()).isEqualTo(Condition.BENIGN);
        assertThat(truth.commandServers()).isEqualTo(Set.of(new Endpoint(IpAddress.parse("203.0.113.1"), 6667, "tcp")));
    }

    @Test
    void aFolderOfCompressedFilesAndOthers() throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("conn.1.log.gz")))) {
            out.write((HEADER + COMMAND).getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("conn.2.log"), HEADER + NORMAL);
        Files.writeString(folder.resolve("dns.log"), "#fields\tts\tuid\tquery\tlabel\n1\ta\tb\tMalicious\n");
        Files.write(folder.resolve("capture.pcap"), new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1});

        assertThat(LabelledCapture.read(folder, NETWORKS).orElseThrow().hosts())
                .extracting(KnownHost::condition)
                .containsExactly(Condition.INFECTED, Condition.BENIGN);
    }

    @Test
    void whatIsNoLogAndWhatHasNoLabels() throws IOException {
        Path truth = Files.writeString(folder.resolve("truth.json"), "{\"schema_version\": \"1\"}\n");
        Path log = Files.writeString(folder.resolve("conn.log"), HEADER + NORMAL.replace("Benign", "-"));

        assertThat(LabelledCapture.read(truth, NETWORKS)).isEmpty();
        assertThatThrownBy(() -> LabelledCapture.read(log, NETWORKS))
                .isInstanceOf(IOException.class)
                .hasMessage("none of its flows has a label");
    }

    @Test
    void hostsAreEvaluated() throws IOException {
        Path log = Files.writeString(folder.resolve("conn.log.labeled"), HEADER + COMMAND + NORMAL);
        Path findings = Files.writeString(folder.resolve("findings.json"), """
            {"schema_version": "1", "settings": {"networks": ["192.0.2.0/24"]}, "findings": [
              {"id": "infected-host-1", "kind": "infected-host", "state": "open", "host": "192.0.2.1",
               "level": "notify", "level_since": "1970-01-01T00:04:10Z", "start": "1970-01-01T00:01:40Z",
               "end": "1970-01-01T00:05:00Z", "behaviours": [{"name": "irc", "weight": 20}]}]}
            """);
        Path output = folder.resolve("evaluation.json");

        CalledCommand called = CalledCommand.of(
                "evaluate",
                findings.toString(),
                "--truth",
                log.toString(),
                "--format",
                "json",
                "--output",
                output.toString());

        assertThat(called.errors()).isEmpty();
        JsonNode hosts = JsonMapper.shared().readTree(Files.readString(output)).get("hosts");
        assertThat(hosts.at("/notify/found").asInt()).isEqualTo(1);
        assertThat(hosts.at("/notify/minutes_until_found/median").asDouble()).isEqualTo(2.5);
        assertThat(hosts.at("/behaviours/0/right").asInt()).isEqualTo(1);
        assertThat(hosts.at("/command_servers/named").asInt()).isZero();
    }

    /** What {@code botnet-captures.json} says of labelled captures is what their labels say. */
    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> realCaptures() throws IOException {
        Path data = RealData.file("");
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = LabelledCaptureTest.class.getResourceAsStream("/botnet-captures.json")) {
            JsonNode document = JsonMapper.shared().readTree(in);
            for (JsonNode capture : document.get("captures")) {
                Path path = data.resolve(capture.get("path").asString());
                if (capture.get("truth").asString().equals("labelled") && Files.exists(path)) {
                    tests.add(dynamicTest(capture.get("name").asString(), () -> check(capture, path)));
                }
            }
        }
        return tests.stream();
    }

    private static void check(JsonNode capture, Path path) throws IOException {
        List<Prefix> networks = new ArrayList<>();
        capture.get("networks").forEach(network -> networks.add(Prefix.parse(network.asString())));
        HostTruth truth = LabelledCapture.read(
                        path, networks.isEmpty() ? OwnNetworks.unknown().prefixes() : networks)
                .orElseThrow();

        for (JsonNode infected : capture.get("infected")) {
            KnownHost host = host(truth, infected.get("host").asString());
            assertThat(host.condition()).isEqualTo(Condition.INFECTED);
            assertThat(host.maliciousFlows())
                    .hasValue(infected.get("malicious_flows").asLong());
        }
        for (JsonNode benign : capture.get("benign_hosts")) {
            // Labels do not tell of all of them that they are benign, but of none that it is infected.
            assertThat(host(truth, benign.asString()).condition()).isNotEqualTo(Condition.INFECTED);
        }
        long others = truth.hosts().stream()
                .filter(host -> host.condition() == Condition.INFECTED)
                .filter(host -> host.maliciousFlows().orElseThrow() > 10)
                .count();
        assertThat(others).isLessThanOrEqualTo(capture.get("infected").size());
        if (!capture.get("command_servers").isEmpty()) {
            List<Endpoint> servers = new ArrayList<>();
            capture.get("command_servers")
                    .forEach(server -> servers.add(new Endpoint(
                            IpAddress.parse(server.get("address").asString()),
                            server.get("port").asInt(),
                            server.get("transport").asString())));
            assertThat(servers).containsAnyElementsOf(truth.commandServers());
        }
    }
}
