package levee.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import levee.model.AttackVector;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.Behaviour;
import levee.model.Truth.FlowCounts;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class TruthJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant END = Instant.parse("2026-01-31T12:10:00.000000001Z");

    /** Something in every list, IPv4 and IPv6, and a name that has to be escaped. */
    private static final Truth FULL = new Truth(
            "drill \"é\"",
            START,
            END,
            List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/32")),
            12,
            1_000_000_000_000L,
            2_000_000_000_000L,
            Optional.of(new FlowCounts(300, 400, 60)),
            List.of(
                    new TrueAttack(
                            Prefix.parse("2001:db8::1"),
                            List.of(
                                    new TrueVector(
                                            AttackVector.byLabel("dns-reflection")
                                                    .orElseThrow(),
                                            START,
                                            END,
                                            90,
                                            900),
                                    new TrueVector(
                                            AttackVector.byLabel("udp-flood").orElseThrow(), START, START, 10, 100)),
                            START,
                            END,
                            100,
                            1_000,
                            50,
                            true),
                    new TrueAttack(
                            Prefix.parse("192.0.2.0/28"),
                            List.of(new TrueVector(
                                    AttackVector.byLabel("icmp-flood").orElseThrow(), START, END, 5, 50)),
                            START,
                            END,
                            5,
                            50,
                            2,
                            false)),
            List.of(new InfectedHost(
                    IpAddress.parse("192.0.2.7"),
                    Optional.of("mirai"),
                    List.of(new Behaviour("beaconing", START, START.plusMillis(1))))),
            List.of(new Endpoint(IpAddress.parse("2001:db8:ffff::9"), 6667, "tcp")),
            List.of(new LookAlike("flash-crowd", IpAddress.parse("192.0.2.80"), START, END)));

    private static final Truth EMPTY = new Truth(
            "", START, START, List.of(), 0, 0, 0, Optional.empty(), List.of(), List.of(), List.of(), List.of());

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertThat(read(written(FULL))).isEqualTo(FULL);
        assertThat(read(written(EMPTY))).isEqualTo(EMPTY);
    }

    @Test
    void whatIsWrittenConforms() throws IOException {
        assertThat(TruthSchema.complaints(written(FULL))).isEmpty();
        assertThat(TruthSchema.complaints(written(EMPTY))).isEmpty();
    }

    @Test
    void theTextIsKnownToTheLetter() throws IOException {
        assertThat(written(EMPTY)).isEqualTo("""
            {
              "schema_version": "1",
              "name": "",
              "start": "2026-01-31T12:00:00Z",
              "end": "2026-01-31T12:00:00Z",
              "networks": [],
              "hosts": 0,
              "packets": 0,
              "bytes": 0,
              "attacks": [],
              "infected_hosts": [],
              "command_servers": [],
              "look_alikes": []
            }
            """);
        assertThat(written(FULL))
                .contains("\"end\": \"2026-01-31T12:10:00.000000001Z\"", "\"target\": \"2001:db8::1/128\"", "\\u00E9");
    }

    @Test
    void schemaHasTheVectorsOfTheModel() {
        assertThat(MAPPER.readTree(TruthSchema.TEXT)
                        .at("/$defs/vector_name/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyElementsOf(Arrays.stream(AttackVector.values())
                        .map(AttackVector::label)
                        .toList());
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        ObjectNode document = document();
        document.put("weather", "rain");
        attack(document).put("motive", "unknown");

        assertThat(TruthSchema.complaints(document.toString())).isEmpty();
        assertThat(read(document.toString())).isEqualTo(FULL);
    }

    @Test
    void flowsNeedNotBeCounted() throws IOException {
        ObjectNode document = document();
        document.remove("flows");

        assertThat(TruthSchema.complaints(document.toString())).isEmpty();
        assertThat(read(document.toString()).flows()).isEmpty();
    }

    @Test
    void hostsMayBeWrittenWithoutALength() throws IOException {
        ObjectNode document = document();
        attack(document).put("target", "2001:db8::1");

        assertThat(TruthSchema.complaints(document.toString())).isEmpty();
        assertThat(read(document.toString())).isEqualTo(FULL);
    }

    /** What reader and schema refuse alike, and what the reader says to it. */
    @TestFactory
    Stream<DynamicTest> mistakesAreNamed() {
        Map<String, Consumer<ObjectNode>> mistakes = Map.ofEntries(
                Map.entry("schema_version is \"2\"", document -> document.put("schema_version", "2")),
                Map.entry("schema_version is missing", document -> document.remove("schema_version")),
                Map.entry("look_alikes is missing", document -> document.remove("look_alikes")),
                Map.entry("name should be a text", document -> document.put("name", 1)),
                Map.entry("hosts should be a whole number", document -> document.put("hosts", -1)),
                Map.entry("packets should be a whole number", document -> document.put("packets", 1.5)),
                Map.entry("flows should be an object", document -> document.put("flows", 300)),
                Map.entry(
                        "flows.pause_seconds is missing",
                        document -> object(document, "/flows").remove("pause_seconds")),
                Map.entry(
                        "start should be a time in UTC",
                        document -> document.put("start", "2026-01-31T12:00:00+01:00")),
                Map.entry(
                        "start should be a time in UTC such as",
                        document -> document.put("start", "2026-02-31T12:00:00Z")),
                Map.entry("networks should be an array", document -> document.put("networks", "192.0.2.0/24")),
                Map.entry(
                        "attacks[0] should be an object",
                        document -> document.putArray("attacks").add(1)),
                Map.entry(
                        "attacks[0].target should be a prefix",
                        document -> attack(document).put("target", "192.0.2.0/33")),
                Map.entry(
                        "attacks[0].start should be a time",
                        document -> attack(document).putNull("start")),
                Map.entry(
                        "attacks[0].forged should be true or false",
                        document -> attack(document).put("forged", "no")),
                Map.entry(
                        "attacks[0].vectors should be an array of one",
                        document -> attack(document).putArray("vectors")),
                Map.entry(
                        "attacks[0].vectors[0].name: there is no vector \"teapot-flood\"",
                        document -> object(document, "/attacks/0/vectors/0").put("name", "teapot-flood")),
                Map.entry(
                        "infected_hosts[0].host should be an address",
                        document -> object(document, "/infected_hosts/0").put("host", "router.example")),
                Map.entry(
                        "infected_hosts[0].behaviours is missing",
                        document -> object(document, "/infected_hosts/0").remove("behaviours")),
                Map.entry(
                        "command_servers[0].port should be a whole number from 0 to 65535",
                        document -> object(document, "/command_servers/0").put("port", 65_536)),
                Map.entry(
                        "command_servers[0].transport should be \"tcp\" or \"udp\"",
                        document -> object(document, "/command_servers/0").put("transport", "sctp")));
        return mistakes.entrySet().stream()
                .map(mistake -> dynamicTest(mistake.getKey(), () -> {
                    ObjectNode document = document();
                    mistake.getValue().accept(document);
                    assertThat(TruthSchema.complaints(document.toString())).isNotEmpty();
                    assertThatThrownBy(() -> read(document.toString()))
                            .isInstanceOf(InvalidDocumentException.class)
                            .hasMessageStartingWith(mistake.getKey());
                }));
    }

    @Test
    void endBeforeStart() throws IOException {
        ObjectNode document = document();
        attack(document).put("end", "2026-01-31T11:59:59Z");

        assertThatThrownBy(() -> read(document.toString()))
                .hasMessage("attacks[0].end should be no earlier than the start, but is \"2026-01-31T11:59:59Z\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "no", "{\"name\": \"a\", \"name\": \"b\"}", "{} {}", "{\"name\" 1}"})
    void whatIsNotJson(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageMatching("this is not JSON at line 1, column \\d+: [^\\[]+");
    }

    @Test
    void whatIsNestedTooDeeply() {
        assertThatThrownBy(() -> read("[".repeat(10_000)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("this is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null"})
    void whatIsNoObject(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("the document should be an object in braces, but is ");
    }

    private ObjectNode document() throws IOException {
        return (ObjectNode) MAPPER.readTree(written(FULL));
    }

    private static ObjectNode attack(ObjectNode document) {
        return object(document, "/attacks/0");
    }

    private static ObjectNode object(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    private static String written(Truth truth) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TruthJson.write(truth, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Truth read(String json) throws IOException {
        return TruthJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
