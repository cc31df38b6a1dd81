package levee.evaluation;

import static levee.evaluation.Samples.attack;
import static levee.evaluation.Samples.evaluation;
import static levee.evaluation.Samples.found;
import static levee.evaluation.Samples.lookAlike;
import static levee.evaluation.Samples.noticed;
import static levee.evaluation.Samples.truth;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evaluations as text and JSON. */
final class EvaluationReportTest {

    /** Something in every section. */
    private static final Evaluation FULL = evaluation(
            truth(
                    "office",
                    List.of(
                            attack("192.0.2.1", 100, 200, 90_000, "dns-reflection", "udp-flood"),
                            attack("198.51.100.0/24", 300, 400, 50_000, "icmp-flood"),
                            attack("2001:db8::1", 500, 600, 10_000, "tcp-syn-flood")),
                    List.of(
                            lookAlike("flash-crowd", "192.0.2.80", 1_000, 1_100),
                            lookAlike("backup", "192.0.2.81", 2_000, 2_100))),
            noticed(found("192.0.2.1", 100.25, 200, 88_000, 0.98, "dns-reflection"), 101.25),
            found("192.0.2.1", 150, 200, 2_000, 0.62, "udp-flood"),
            noticed(found("198.51.100.7", 301.5, 399, 1_000, 0.91, "icmp-flood"), 303),
            found("192.0.2.80", 1_001, 1_090, 4_000, 0.71, "tcp-syn-flood"));

    @Test
    void textIsAsDocumented() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "evaluation.md"))).contains(text(FULL));
    }

    @Test
    void textWithoutAnything() throws IOException {
        assertThat(text(evaluation(truth())))
                .startsWith("0 of 0 true attacks found, 0 false attacks in 1 run\n")
                .doesNotContain("NaN", "null", "Infinity", "VECTORS", "LOOK-ALIKES", "CONFIDENCE", "MISSED", "FALSE");
    }

    @Test
    void namesCannotSteerTheTerminal() throws IOException {
        String name = "\u001b[31m\u202egnp.exe\n";
        Evaluation evaluation = evaluation(truth(
                name, List.of(attack("192.0.2.1", 1, 2, 3, "udp-flood")), List.of(lookAlike(name, "192.0.2.2", 1, 2))));

        assertThat(text(evaluation)).contains("?[31m?gnp.exe?").doesNotContain("\u001b", "\u202e", "exe\n");
        assertThat(json(evaluation)).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        JsonNode document = JsonMapper.shared().readTree(json(FULL));

        assertThat(document.propertyNames())
                .containsExactly(
                        "schema_version",
                        "runs",
                        "attacks",
                        "false_attacks",
                        "packets",
                        "start_error_seconds",
                        "end_error_seconds",
                        "notice_delay_seconds",
                        "vectors",
                        "look_alikes",
                        "confidence",
                        "missed",
                        "false",
                        "hosts");
        assertThat(document.get("attacks").toString())
                .isEqualTo("{\"happened\":3,\"found\":2,\"missed\":1,\"target_right\":1,\"target_partly_right\":1,"
                        + "\"main_vector_right\":2}");
        assertThat(document.get("false_attacks").toString())
                .isEqualTo("{\"count\":2,\"duplicate\":1,\"look_alike\":1,\"other\":0,\"host_hours\":1000.0,"
                        + "\"per_1000_host_hours\":2.0}");
        assertThat(document.get("packets").toString())
                .isEqualTo("{\"happened\":150000,\"found\":95000,\"shared\":89000,\"share_of_happened\":0.593333,"
                        + "\"share_of_found\":0.936842}");
        assertThat(document.get("start_error_seconds").toString())
                .isEqualTo("{\"median\":0.875,\"percentile_95\":1.5,\"worst\":1.5}");
        assertThat(document.get("end_error_seconds").toString())
                .isEqualTo("{\"median\":-0.5,\"percentile_95\":1.0,\"worst\":-1.0}");
        assertThat(document.get("notice_delay_seconds").toString())
                .isEqualTo("{\"median\":2.125,\"percentile_95\":3.0,\"worst\":3.0}");
        assertThat(document.get("vectors").get(0).toString())
                .isEqualTo("{\"name\":\"dns-reflection\",\"happened\":1,\"right\":1,\"missed\":0,\"extra\":0,"
                        + "\"false\":0}");
        assertThat(document.get("look_alikes").toString())
                .isEqualTo("[{\"name\":\"backup\",\"happened\":1,\"called_attack\":0},"
                        + "{\"name\":\"flash-crowd\",\"happened\":1,\"called_attack\":1}]");
        assertThat(document.get("confidence")).hasSize(10);
        assertThat(document.get("confidence").get(9).toString())
                .isEqualTo("{\"from\":0.9,\"to\":1.0,\"findings\":2,\"mean\":0.945,\"right\":1,\"share_right\":0.5}");
        assertThat(document.get("missed").toString())
                .isEqualTo("[{\"run\":\"office\",\"target\":\"2001:db8::1/128\",\"start\":\"2026-01-31T00:08:20Z\","
                        + "\"end\":\"2026-01-31T00:10:00Z\",\"vectors\":[\"tcp-syn-flood\"]}]");
        assertThat(document.get("false").get(1).toString())
                .isEqualTo("{\"run\":\"office\",\"id\":\"attack-fc241c94f99642c1\",\"reason\":\"look-alike\","
                        + "\"target\":\"192.0.2.80/32\",\"start\":\"2026-01-31T00:16:41Z\","
                        + "\"end\":\"2026-01-31T00:18:10Z\",\"vectors\":[\"tcp-syn-flood\"],\"confidence\":0.71}");
    }

    @Test
    void whatCannotBeDividedIsNull() throws IOException {
        JsonNode document = JsonMapper.shared().readTree(json(Evaluation.of(List.of())));

        assertThat(document.at("/false_attacks/per_1000_host_hours").isNull()).isTrue();
        assertThat(document.at("/packets/share_of_found").isNull()).isTrue();
        assertThat(document.at("/confidence/0/share_right").isNull()).isTrue();
        assertThat(document.get("start_error_seconds").isNull()).isTrue();
    }

    private static String text(Evaluation evaluation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationText.write(evaluation, HostEvaluation.of(List.of()), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String json(Evaluation evaluation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationJson.write(evaluation, HostEvaluation.of(List.of()), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
