package levee.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import levee.model.Attack;
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
            String written = FindingJson.of(new RandomAnalyses(seed).attack());

            assertThat(FindingJson.of(FindingJson.read(written)))
                    .as("seed " + seed)
                    .isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"kind\":\"attack\"}",
                "{\"kind\":\"botnet\",\"id\":\"botnet-1\"}",
                "{\"kind\":\"attack\",\"id\":\"attack-1\",\"state\":\"asleep\"}",
                "{\"kind\":\"attack\",\"id\":\"attack-1\",\"state\":\"open\",\"direction\":\"inbound\",\"target\":\"nobody\"}"
            })
    void whatIsNoFindingIsRefused(String json) {
        assertThatThrownBy(() -> FindingJson.read(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
