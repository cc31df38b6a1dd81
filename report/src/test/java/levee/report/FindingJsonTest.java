package levee.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import levee.model.Attack;
import levee.model.InfectedHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FindingJsonTest {

    @Test
    void isTheObjectInTheDocument() {
        Attack attack = Samples.reflection();
        JsonNode document =
                JsonMapper.shared().readTree(Samples.written(new JsonReport(), Samples.of(List.of(), List.of(attack))));

        String alone = FindingJson.of(attack);

        assertThat(JsonMapper.shared().readTree(alone))
                .isEqualTo(document.path("findings").path(0));
    }

    @Test
    void isOneLineOfAscii() {
        assertThat(FindingJson.of(Samples.carpetBombing()))
                .startsWith("{\"id\":")
                .endsWith("}")
                .matches("[ -~]+");
    }

    @Test
    void isReadAsItWasWritten() {
        for (int seed = 0; seed < 300; seed++) {
            String written = FindingJson.of(new RandomAnalyses(seed).finding());

            assertThat(FindingJson.of(FindingJson.read(written)))
                    .as("seed " + seed)
                    .isEqualTo(written);
        }
    }

    /** So that what is read can be shown again in full. */
    @Test
    void infectedHostsLoseNothing() {
        InfectedHost infected = AbuseSamples.notified();

        assertThat(FindingJson.read(FindingJson.of(infected))).isEqualTo(infected);
    }

    @Test
    void namesAreThoseOfTheContract() {
        JsonNode infected = JsonMapper.shared().readTree(FindingJson.of(AbuseSamples.notified()));

        assertThat(infected.path("kind").asString()).isEqualTo("infected-host");
        assertThat(infected.path("level").asString()).isEqualTo("notify");
        assertThat(infected.at("/behaviours/0/name").asString()).isEqualTo("scanning");
        assertThat(infected.at("/behaviours/0/examples/0/destination/transport").asString())
                .isEqualTo("tcp");
        assertThat(infected.at("/command_servers/0/address").asString()).isEqualTo("192.0.2.66");
        assertThat(infected.at("/command_servers/0/name").asString()).isEqualTo("cc.example");
        assertThat(infected.at("/identities/0/hardware_address").asString()).isEqualTo("00:11:22:33:44:55");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"kind\":\"attack\"}",
                "{\"kind\":\"botnet\",\"id\":\"botnet-1\"}",
                "{\"kind\":\"gossip\",\"id\":\"gossip-1\"}",
                "{\"kind\":\"infected-host\",\"id\":\"infected-host-1\",\"state\":\"open\",\"host\":\"nobody\"}",
                "{\"kind\":\"attack\",\"id\":\"attack-1\",\"state\":\"asleep\"}",
                "{\"kind\":\"attack\",\"id\":\"attack-1\",\"state\":\"open\",\"direction\":\"inbound\",\"target\":\"nobody\"}"
            })
    void whatIsNoFindingIsRefused(String json) {
        assertThatThrownBy(() -> FindingJson.read(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
