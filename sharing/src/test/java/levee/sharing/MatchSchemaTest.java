package levee.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Matches in JSON are what {@code docs/match.schema.json} says, and that says no less. */
final class MatchSchemaTest {
    private static final String EVERYTHING = """
        {"key": "k", "attack_vectors": [
          {"service": "DNS", "protocol": "UDP", "source_port": 53, "destination_ports": {"22": 1.0},
           "frame_len": {"514": 1.0}, "ttl": {"64": 1.0}, "dns_query_name": {"abused.example": 1.0},
           "source_ips": ["192.0.2.1", "192.0.2.2"]},
          {"protocol": "TCP", "tcp_flags": {"......S.": 1.0}, "http_method": {"GET": 1.0}, "http_uri": {"/": 1.0},
           "http_user_agent": {"Bot": 1.0}}]}
        """;

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            String text = Files.readString(Path.of("..", "docs", "match.schema.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMatchWithEverythingConforms() throws Exception {
        String json = everything();
        JsonNode vectors = JsonMapper.shared().readTree(json).get("vectors");

        assertThat(complaints(json)).as(json).isEmpty();
        assertThat(JsonMapper.shared().readTree(json).get("verdict").asString()).isEqualTo("seen");
        assertThat(vectors.get(0).get("agreements").size()
                        + vectors.get(1).get("agreements").size())
                .as("every property is in the schema")
                .isEqualTo(FingerprintMatch.Property.values().length);
        assertThat(vectors.get(0).get("destinations")).hasSize(5);
    }

    @Test
    void aMatchWithNothingConforms() throws Exception {
        String json = MatchJson.of(matcher("{\"attack_vectors\": [{}]}").result());

        assertThat(complaints(json)).as(json).isEmpty();
        assertThat(JsonMapper.shared()
                        .readTree(json)
                        .get("vectors")
                        .get(0)
                        .get("first")
                        .isNull())
                .isTrue();
    }

    @Test
    @Tag("slow")
    void everyFieldIsRequiredAndNoOtherIsAllowed() throws Exception {
        JsonNode whole = JsonMapper.shared().readTree(everything());
        List<ObjectNode> objects = new ArrayList<>();
        collect(whole, "", objects);

        assertThat(objects).hasSizeGreaterThan(10);
        for (ObjectNode object : objects) {
            object.put("surplus", "x");
            assertThat(complaints(whole.toString())).as("surplus in %s", object).isNotEmpty();
            object.remove("surplus");
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                object.remove(field.getKey());
                assertThat(complaints(whole.toString()))
                        .as("without %s", field.getKey())
                        .isNotEmpty();
                object.set(field.getKey(), field.getValue());
            }
        }
        assertThat(complaints(whole.toString())).isEmpty();
    }

    /** All objects but those whose fields are up to the traffic. */
    private static void collect(JsonNode node, String name, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object && !name.equals("agreements") && !name.equals("services")) {
            objects.add(object);
        }
        node.properties().forEach(field -> collect(field.getValue(), field.getKey(), objects));
        if (node.isArray()) {
            node.forEach(element -> collect(element, name, objects));
        }
    }

    private static String everything() throws Exception {
        FingerprintMatcher matcher = matcher(EVERYTHING);
        for (int i = 0; i < 60; i++) {
            matcher.add(Rows.udp("192.0.2.1", 53, "2001:db8::" + Math.min(i, 9), 22, 500)
                    .at(i * 1_000L)
                    .asking("abused.example"));
            matcher.add(Rows.syn("192.0.2.9", 4_000, "203.0.113.9", 80).carrying(new Rows.Http("GET", "/", "Bot", 0)));
        }
        return MatchJson.of(matcher.result());
    }

    private static List<Error> complaints(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    private static FingerprintMatcher matcher(String json) throws Exception {
        return new FingerprintMatcher(
                FingerprintReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }
}
