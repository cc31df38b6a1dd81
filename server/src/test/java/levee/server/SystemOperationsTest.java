package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SystemOperationsTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsEachExporter() {
        JsonNode exporters = json(server.get("/api/v1/exporters")).path("exporters");

        assertThat(exporters).hasSize(2);
        assertThat(exporters.path(0).toString())
                .isEqualTo("{\"address\":\"192.0.2.1\",\"known\":true,\"format\":\"netflow-v9\",\"datagrams\":1200,"
                               + "\"flows\":24000,\"sampling\":{\"rate\":1000,\"source\":\"options\"},\"lost\":3,"
                               + "\"lost_unit\":\"datagrams\",\"duplicates\":1,\"resets\":2,"
                               + "\"rejected\":{\"truncated\":5,\"unknown_version\":6},\"clock_offset_seconds\":-1.5,"
                               + "\"clamped_times\":4,\"templates\":8,\"templates_evicted\":0,\"options_records\":9,"
                               + "\"counter_samples\":0,\"waiting_bytes\":512,\"drops\":0,\"last_seen\":\"2026-03-01T13:00:00.250Z\","
                               + "\"interfaces\":[{\"index\":3,\"speed_bits_per_second\":0,\"in_octets\":0,\"out_octets\":0,"
                               + "\"counted_at\":\"2026-03-01T13:00:00Z\"},{\"index\":7,"
                               + "\"speed_bits_per_second\":10000000000,\"in_octets\":18446744073709551615,"
                               + "\"out_octets\":654321,\"counted_at\":\"2026-03-01T13:00:00Z\"}]}");
    }

    @Test
    void tellsTheSettingsInForce() {
        assertThat(json(server.get("/api/v1/settings")).toString())
                .isEqualTo("{\"settings\":[{\"name\":\"mode\",\"values\":[\"monitor\"],\"from\":\"file\",\"line\":4},"
                        + "{\"name\":\"networks\",\"values\":[\"192.0.2.0/24\"],\"from\":\"command-line\"},"
                        + "{\"name\":\"names\",\"values\":[],\"from\":\"default\"}]}");
    }

    @Test
    void tellsHowDetectionIsDoing() {
        server.clock.move(Duration.ofSeconds(90));

        JsonNode statistics = json(server.get("/api/v1/stats"));

        assertThat(statistics.path("version").asString()).isEqualTo("1.2.3");
        assertThat(statistics.path("started_at").asString()).isEqualTo("2026-03-01T13:00:00Z");
        assertThat(statistics.path("uptime_seconds").asInt()).isEqualTo(90);
        assertThat(statistics.path("bits_per_second").asDouble()).isEqualTo(4.1e9);
        assertThat(statistics.path("kernel_drops").asInt()).isEqualTo(17);
        assertThat(statistics.path("queue").toString()).isEqualTo("{\"length\":3,\"capacity\":64}");
        assertThat(statistics.path("open_attacks").asInt()).isEqualTo(2);
        assertThat(statistics.path("spared").toString())
                .isEqualTo("[{\"entry\":\"monitoring\",\"rows\":12,\"packets\":3400}]");
        assertThat(statistics.path("memory").path("used_bytes").asLong())
                .isPositive()
                .isLessThan(statistics.path("memory").path("limit_bytes").asLong());
    }
}
