package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.model.Attack;
import org.junit.jupiter.api.Test;
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
}
