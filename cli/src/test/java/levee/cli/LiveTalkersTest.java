package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import levee.flowexport.ExportFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code levee serve} says of who talks, and of attacks second by second. */
@Tag("slow")
@Timeout(120)
final class LiveTalkersTest {
    private static final String SETTINGS = """
        networks: 192.0.2.0/24
        mode: monitor
        archive: {size: 100 MB, days: 1}
        groups:
        - {name: shop, networks: 192.0.2.0/28}
        """;
    private static final String VICTIM = GuardedNetwork.VICTIM.toString();

    @TempDir
    private Path folder;

    @Test
    void floodedHostIsFirstAndItsVectorIsASeries() throws Exception {
        try (GuardedNetwork network = GuardedNetwork.inFastMotion(folder, SETTINGS, ExportFormat.IPFIX)) {
            JsonNode talkers = network.floodUntil(
                    "/api/v1/talkers",
                    answer -> answer.at("/hosts/0/received/packets_per_second").asDouble() > 100);

            assertThat(talkers.at("/hosts/0/address").asString()).isEqualTo(VICTIM);
            assertThat(talkers.at("/hosts/0/exact").asBoolean()).isTrue();
            assertThat(talkers.at("/hosts/0/peers").asLong()).isGreaterThan(100);
            assertThat(talkers.at("/hosts/0/protocols/tcp/received")).isEqualTo(talkers.at("/hosts/0/received"));
            assertThat(talkers.at("/services/0/service").asString()).isEqualTo("tcp/443");
            assertThat(talkers.at("/services/0/side").asString()).isEqualTo("own");
            assertThat(talkers.at("/areas/0/name").asString()).isEqualTo("shop");
            assertThat(talkers.at("/areas/1/received")).isEqualTo(talkers.at("/hosts/0/received"));

            JsonNode series = network.floodUntil(
                    "/api/v1/traffic/series", answer -> answer.toString().contains("\"attack.tcp-syn-flood\""));
            assertThat(series.toString()).doesNotContain("attack.dns-reflection");
            JsonNode points = network.floodUntil(
                            "/api/v1/traffic?series=attack.tcp-syn-flood&resolution=second",
                            answer -> answer.at("/points").size() >= 3)
                    .at("/points");
            assertThat(points.get(1).at("/packets").asLong()).isGreaterThan(100);
            assertThat(points.get(1).at("/bytes").asLong())
                    .isEqualTo(44 * points.get(1).at("/packets").asLong());
            // Nothing else comes, so it is all there is.
            String time = points.get(1).at("/time").asString();
            JsonNode total = network.get("/api/v1/traffic?series=total&resolution=second&from=" + time);
            assertThat(total.at("/points/0")).isEqualTo(points.get(1));
            JsonNode minutes = network.floodUntil(
                    "/api/v1/traffic?series=attack.tcp-syn-flood&resolution=minute",
                    answer -> !answer.at("/points").isEmpty());
            assertThat(minutes.at("/points/0/packets").asLong())
                    .isGreaterThan(points.get(1).at("/packets").asLong());
        }
    }

    @Test
    void aHostIsToldOfWithWhatIsArchived() throws Exception {
        try (GuardedNetwork network = GuardedNetwork.inFastMotion(folder, SETTINGS, ExportFormat.IPFIX)) {
            JsonNode host = network.floodUntil(
                    "/api/v1/hosts/" + VICTIM,
                    answer -> !answer.at("/live/services").isEmpty()
                            && !answer.at("/archived/peers").isEmpty());

            assertThat(host.at("/live/services/0/service").asString()).isEqualTo("tcp/443");
            assertThat(host.at("/live/slices").size()).isPositive();
            assertThat(host.at("/archived/complete").asBoolean()).isTrue();
            assertThat(host.at("/archived/flows").asLong()).isPositive();
            assertThat(host.at("/archived/services/0/service").asString()).isEqualTo("tcp/443");
            assertThat(host.at("/archived/services/0/received/packets").asLong())
                    .isEqualTo(host.at("/archived/flows").asLong());
            // Whoever is at the other end is known from the archive alone.
            String peer = host.at("/archived/peers/0/address").asString();
            JsonNode remote = network.get("/api/v1/hosts/" + peer);
            assertThat(remote.at("/live").isNull()).isTrue();
            assertThat(remote.at("/archived/peers/0/address").asString()).isEqualTo(VICTIM);
            assertThat(network.ask("/api/v1/hosts/203.0.113.250").statusCode()).isEqualTo(404);
        }
    }
}
