package levee.server;

import static levee.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TalkerOperationsTest {
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
    void tellsWhoTalks() {
        JsonNode talkers = json(server.get("/api/v1/talkers"));

        assertThat(talkers.path("covered_seconds").asDouble()).isEqualTo(60);
        assertThat(talkers.path("foreign").toString())
                .isEqualTo("{\"packets_per_second\":3.0,\"bits_per_second\":2400.0}");
        JsonNode host = talkers.at("/hosts/0");
        assertThat(host.path("address").asString()).isEqualTo("192.0.2.7");
        assertThat(host.at("/received/packets_per_second").asDouble()).isEqualTo(40_022);
        assertThat(host.at("/protocols/tcp/sent/bits_per_second").asDouble()).isEqualTo(4.8e6);
        assertThat(host.path("exact").asBoolean()).isTrue();
        assertThat(talkers.at("/hosts/1/exact").asBoolean()).isFalse();
        assertThat(talkers.at("/networks/0").toString())
                .isEqualTo("{\"network\":\"198.51.100.0/24\",\"received\":{\"packets_per_second\":1000.0,"
                        + "\"bits_per_second\":480000.0},\"sent\":{\"packets_per_second\":500.0,"
                        + "\"bits_per_second\":120000.0},\"exact\":false,\"error\":{\"missing_packets_per_second\":1.5,"
                        + "\"missing_bits_per_second\":6000.0,\"packets_deviation\":0.5,\"bits_deviation\":2000.0}}");
        assertThat(talkers.at("/services/1/service").asString()).isEqualTo("icmp");
        assertThat(talkers.at("/services/1/side").asString()).isEqualTo("remote");
        assertThat(talkers.at("/areas/0/kind").asString()).isEqualTo("group");
    }

    @Test
    void tellsOfAnOwnHost() {
        JsonNode host = json(server.get("/api/v1/hosts/192.0.2.7"));

        assertThat(host.at("/live/slices/0/seconds").asDouble()).isEqualTo(5);
        assertThat(host.at("/live/services/0/service").asString()).isEqualTo("tcp/443");
        assertThat(host.path("archived").isNull()).isTrue();
    }

    /** However the address is written. */
    @Test
    void tellsWhatIsArchivedOfAnotherHost() {
        JsonNode host = json(server.get("/api/v1/hosts/2001:DB8:0::7"));

        assertThat(host.path("address").asString()).isEqualTo("2001:db8::7");
        assertThat(host.path("live").isNull()).isTrue();
        assertThat(host.at("/archived/complete").asBoolean()).isFalse();
        assertThat(host.at("/archived/peers/0").toString())
                .isEqualTo("{\"address\":\"198.51.100.9\",\"flows\":12,\"received\":{\"packets\":100,\"bytes\":6000},"
                        + "\"sent\":{\"packets\":90,\"bytes\":80000}}");
        assertThat(new OpenApi().complaints("GET /api/v1/hosts/{address}", server.get("/api/v1/hosts/2001:db8::7")))
                .isEmpty();
    }

    @Test
    void saysWhatIsNotKnownAndWhatIsNoAddress() {
        HttpResponse<String> unknown = server.get("/api/v1/hosts/203.0.113.1");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("urn:levee:problem:unknown-address", "203.0.113.1");

        HttpResponse<String> wrong = server.get("/api/v1/hosts/levee.example");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("'levee.example' is no address");
        assertThat(new OpenApi().complaints("GET /api/v1/hosts/{address}", wrong))
                .isEmpty();
    }

    @Test
    void saysWhatMayBeDoneWithAHost() {
        HttpResponse<String> answer = server.post("/api/v1/hosts/192.0.2.7", "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }
}
