package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.store.Health;
import levee.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthOperationsTest {
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
    void readyWhenCollectorsAreBoundAndTheStoreWorks() {
        assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");
        assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"alive\",\"reasons\":[]}");
    }

    @Test
    void saysAllThatIsWrong() {
        server.system.obstacles = List.of("nothing listens on UDP port 2055: address in use");
        server.store.health =
                new Health(true, false, Optional.of(StoreException.Category.FULL), "no room is left on the disk");

        HttpResponse<String> response = server.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("reasons").toString())
                .isEqualTo("[\"nothing listens on UDP port 2055: address in use\","
                        + "\"the store does not work: no room is left on the disk\"]");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void theStoreIsNotAskedMoreOftenThanNeeded() {
        for (int i = 0; i < 20; i++) {
            server.get("/health/ready");
            server.get("/metrics");
        }
        assertThat(server.store.healthAsked).isEqualTo(1);
        server.clock.move(Duration.ofSeconds(2));
        server.get("/health/ready");
        assertThat(server.store.healthAsked).isEqualTo(2);
    }
}
