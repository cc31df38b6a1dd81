package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import levee.flowexport.ExportFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The whole of {@code levee serve} but the command line, over loopback. */
@Tag("slow")
@Timeout(60)
final class LiveServiceTest {
    private static final String NETWORKS = "networks: 192.0.2.0/24\n";
    private static final String FINDINGS = "/api/v1/findings";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void attackIsFoundInEachFormat(ExportFormat format) throws Exception {
        try (GuardedNetwork network = new GuardedNetwork(folder, NETWORKS, format)) {
            JsonNode attack = network.floodUntil("/api/v1/findings?kind=attack&state=open", GuardedNetwork::hasAttack)
                    .at("/findings/0");

            assertThat(attack.at("/target").asString()).isEqualTo("192.0.2.7/32");
            assertThat(attack.at("/direction").asString()).isEqualTo("inbound");
            assertThat(attack.at("/vectors/0/name").asString()).isEqualTo("tcp-syn-flood");
            assertThat(attack.at("/mode").asString()).isEqualTo("alert");
            assertThat(attack.at("/detected_at").asString()).isNotEmpty();
            JsonNode exporter = network.get("/api/v1/exporters").at("/exporters/0");
            assertThat(exporter.at("/address").asString()).isEqualTo("127.0.0.1");
            assertThat(exporter.at("/format").asString()).isEqualTo(format.label());
            assertThat(exporter.at("/lost").asLong()).isZero();
            assertThat(network.get("/api/v1/stats").at("/evicted").asLong())
                    .as("forged sources are no loss")
                    .isZero();
            assertThat(Math.abs(exporter.at("/clock_offset_seconds").asDouble()))
                    .isLessThan(2);
        }
    }

    @Test
    void attackKeepsItsIdentityOverARestart() throws Exception {
        try (GuardedNetwork network = new GuardedNetwork(folder, NETWORKS)) {
            JsonNode before = network.floodUntil(FINDINGS, GuardedNetwork::hasAttack);
            network.restart();
            JsonNode after = network.floodUntil(FINDINGS, LiveServiceTest::wasInterrupted);

            assertThat(after.at("/findings")).hasSize(1);
            assertThat(after.at("/findings/0/id")).isEqualTo(before.at("/findings/0/id"));
            assertThat(after.at("/findings/0/start")).isEqualTo(before.at("/findings/0/start"));
            assertThat(after.at("/findings/0/detected_at")).isEqualTo(before.at("/findings/0/detected_at"));
        }
    }

    private static boolean wasInterrupted(JsonNode findings) {
        return findings.toString().contains("nothing was seen for");
    }

    @Test
    void webhookIsToldOnceAlthoughLeveeIsStartedAgain() throws Exception {
        try (GuardedNetwork network =
                new GuardedNetwork(folder, NETWORKS + "alerts: [WEBHOOK]\n", ExportFormat.NETFLOW_V9)) {
            network.floodUntil(() -> !network.receiver.told.isEmpty());
            JsonNode alert = network.receiver.told.remove();
            assertThat(alert.at("/event").asString()).isEqualTo("opened");
            assertThat(alert.at("/finding/target").asString()).isEqualTo("192.0.2.7/32");

            network.restart();
            network.floodUntil(FINDINGS, LiveServiceTest::wasInterrupted);
            network.stop();
            assertThat(network.receiver.told.stream()
                            .map(again -> again.at("/event").asString()))
                    .doesNotContain("opened");
        }
    }

    @Test
    void monitorModeSaysWhatItWouldHaveAlarmedOn() throws Exception {
        Path output = folder.resolve("learned.txt");
        try (GuardedNetwork network = new GuardedNetwork(folder, NETWORKS + "mode: monitor\n")) {
            JsonNode learned = network.floodUntil(
                    "/api/v1/learning",
                    answer -> !answer.at("/would_have_alarmed").isEmpty());
            JsonNode alarm = learned.at("/would_have_alarmed/0");
            assertThat(alarm.at("/vector").asString()).isEqualTo("tcp-syn-flood");
            assertThat(alarm.at("/target").asString()).isEqualTo("192.0.2.7/32");
            assertThat(alarm.at("/count").asInt()).isEqualTo(1);
            assertThat(alarm.at("/highest_packets_per_second").asDouble()).isGreaterThan(100);
            assertThat(learned.at("/networks/0/network").asString()).isEqualTo("192.0.2.0/24");
            assertThat(learned.at("/enough").asBoolean()).isFalse();

            network.stop();
            assertThat(CalledCommand.of("learned", "--data", network.data.toString(), "--output", output.toString())
                            .exitCode())
                    .isZero();
        }
        assertThat(output).content().contains("WOULD HAVE ALARMED", "tcp-syn-flood", "Less than a week is little");
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String flows = "flows: 127.0.0.1:" + taken.getLocalPort() + "\n";
            assertThatThrownBy(() -> new GuardedNetwork(folder, flows + NETWORKS).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }
}
