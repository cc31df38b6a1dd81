package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import levee.model.Analysis;
import levee.model.AttackVector;
import levee.testing.FindingsSchema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class FindingsSchemaTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAnalysisConforms(long seed) {
        Analysis analysis = new RandomAnalyses(seed).analysis();

        String json = Samples.written(new JsonReport(), analysis);

        assertThat(FindingsSchema.complaintsAboutDocument(json)).as(json).isEmpty();
        for (JsonNode attack : MAPPER.readTree(json).get("findings")) {
            if (!attack.has("vectors")) {
                continue;
            }
            assertThat(sum(attack.get("vectors"), "packet_share")).isBetween(0.999, 1.001);
            assertThat(sum(attack.get("vectors"), "byte_share")).isBetween(0.999, 1.001);
        }
    }

    private static double sum(JsonNode objects, String field) {
        return objects.valueStream()
                .mapToDouble(object -> object.get(field).doubleValue())
                .sum();
    }

    @Test
    void sampleConforms() {
        String json = Samples.written(new JsonReport(), Samples.analysis());

        assertThat(FindingsSchema.complaintsAboutDocument(json)).isEmpty();
    }

    @Test
    void vectorsAreThoseOfTheModel() {
        List<String> labels = MAPPER.readTree(FindingsSchema.TEXT)
                .at("/$defs/vector_name/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();

        assertThat(labels)
                .containsExactlyElementsOf(Arrays.stream(AttackVector.values())
                        .map(AttackVector::label)
                        .toList());
    }

    /** A schema that accepts everything would pass all other tests. */
    @TestFactory
    Stream<DynamicTest> wrongDocumentsAreRejected() {
        Map<String, Consumer<ObjectNode>> mistakes = Map.ofEntries(
                mistake("another schema version", document -> document.put("schema_version", "2")),
                mistake("no settings", document -> document.remove("settings")),
                mistake("unknown field", document -> document.put("extra", 1)),
                mistake("negative evictions", document -> document.put("evicted", -1)),
                mistake(
                        "host names as networks",
                        document -> ((ArrayNode) document.at("/settings/networks")).add("a.b")),
                mistake("address without a length", document -> attack(document).put("target", "10.10.10.10")),
                mistake("IPv4 length above 32", document -> attack(document).put("target", "10.10.10.0/33")),
                mistake("IPv6 length above 128", document -> attack(document).put("target", "::/129")),
                mistake("unknown kind", document -> attack(document).put("kind", "earthquake")),
                mistake("no kind", document -> attack(document).remove("kind")),
                mistake(
                        "unknown field of an attack",
                        document -> attack(document).put("extra", 1)),
                mistake("event in a document", document -> attack(document).put("event", "opened")),
                mistake("confidence above 1", document -> attack(document).put("confidence", 1.1)),
                mistake("enum with an underscore", document -> attack(document).put("visibility", "one_way")),
                mistake("local time", document -> attack(document).put("start", "2021-06-14T19:45:01+02:00")),
                mistake("impossible time", document -> attack(document).put("start", "2021-02-31T19:45:01Z")),
                mistake("time as a number", document -> attack(document).put("start", 1_623_699_901)),
                mistake("no vectors", document -> attack(document).putArray("vectors")),
                mistake("unknown vector", document -> vector(document).put("name", "teapot-flood")),
                mistake("negative share", document -> vector(document).put("packet_share", -0.1)),
                mistake(
                        "port above 65535",
                        document -> vector(document).putArray("source_ports").add(65_536)),
                mistake(
                        "unknown field of a vector",
                        document -> vector(document).put("extra", 1)),
                mistake(
                        "sampling rate 0",
                        document -> ((ObjectNode) attack(document).get("sampling")).put("rate", 0)),
                mistake(
                        "number as text",
                        document -> ((ObjectNode) attack(document).get("peak")).put("bits_per_second", "1")),
                mistake(
                        "evidence that is not a number",
                        document -> ((ObjectNode) document.at("/findings/0/evidence/0")).put("value", "NaN")),
                mistake("no damage field", document -> input(document).remove("damage")),
                mistake("unknown compression", document -> input(document).put("compression", "rar")),
                mistake(
                        "rejections as text",
                        document -> ((ObjectNode) input(document).get("rejected")).put("truncated", "1")));
        return mistakes.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ObjectNode document =
                            (ObjectNode) MAPPER.readTree(Samples.written(new JsonReport(), Samples.analysis()));
                    entry.getValue().accept(document);
                    assertThat(FindingsSchema.complaintsAboutDocument(document.toString()))
                            .isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> wrongAbusesAreRejected() {
        Map<String, Consumer<ObjectNode>> mistakes = Map.ofEntries(
                mistake("host with a length", infected -> infected.put("host", "10.0.0.23/33")),
                mistake("unknown level", infected -> infected.put("level", "certain")),
                mistake("no behaviours", infected -> infected.remove("behaviours")),
                mistake("unknown field", infected -> infected.put("extra", 1)),
                mistake(
                        "unknown behaviour",
                        infected -> ((ObjectNode) infected.at("/behaviours/0")).put("name", "yodelling")),
                mistake(
                        "port above 65535",
                        infected -> ((ObjectNode) infected.at("/behaviours/0/examples/0")).put("source_port", 65_536)),
                mistake("fields of another kind", infected -> infected.put("rank", 1)));
        return mistakes.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ObjectNode document = (ObjectNode) MAPPER.readTree(
                            Samples.written(new JsonReport(), Samples.of(List.of(), List.of(AbuseSamples.notified()))));
                    assertThat(FindingsSchema.complaintsAboutDocument(document.toString()))
                            .isEmpty();
                    entry.getValue().accept((ObjectNode) document.at("/findings/0"));
                    assertThat(FindingsSchema.complaintsAboutDocument(document.toString()))
                            .isNotEmpty();
                }));
    }

    private static Map.Entry<String, Consumer<ObjectNode>> mistake(String name, Consumer<ObjectNode> change) {
        return Map.entry(name, change);
    }

    private static ObjectNode attack(ObjectNode document) {
        return (ObjectNode) document.at("/findings/0");
    }

    private static ObjectNode vector(ObjectNode document) {
        return (ObjectNode) document.at("/findings/0/vectors/0");
    }

    private static ObjectNode input(ObjectNode document) {
        return (ObjectNode) document.at("/inputs/0");
    }

    @Test
    void wrongLinesAreRejected() {
        assertThat(FindingsSchema.complaintsAboutLine("{\"event\":\"started\"}"))
                .isNotEmpty();
        assertThat(FindingsSchema.complaintsAboutLine("{\"event\":\"opened\"}")).isNotEmpty();
        assertThat(FindingsSchema.complaintsAboutLine("{\"event\":\"finished\",\"settings\":{\"networks\":[]},"
                        + "\"evicted\":0,\"inputs\":[],\"kind\":\"attack\"}"))
                .isNotEmpty();
        ObjectNode attack = attack((ObjectNode) MAPPER.readTree(Samples.written(new JsonReport(), Samples.analysis())));
        assertThat(FindingsSchema.complaintsAboutLine(attack.toString())).isNotEmpty();
        attack.put("event", "exploded");
        assertThat(FindingsSchema.complaintsAboutLine(attack.toString())).isNotEmpty();
        attack.put("event", "opened");
        assertThat(FindingsSchema.complaintsAboutLine(attack.toString())).isEmpty();
        attack.put("extra", 1);
        assertThat(FindingsSchema.complaintsAboutLine(attack.toString())).isNotEmpty();
    }
}
