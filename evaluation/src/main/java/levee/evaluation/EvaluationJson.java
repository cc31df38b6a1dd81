package levee.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import levee.evaluation.Evaluation.Attacks;
import levee.evaluation.Evaluation.ConfidenceScore;
import levee.evaluation.Evaluation.FalseAttack;
import levee.evaluation.Evaluation.FalseAttack.Reason;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.Evaluation.MissedAttack;
import levee.evaluation.Evaluation.Packets;
import levee.evaluation.Evaluation.VectorScore;
import levee.model.AttackVector;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An evaluation as one JSON document; {@code docs/evaluation.md} explains its fields. */
public final class EvaluationJson {
    private static final int DECIMALS = 6;

    private EvaluationJson() {}

    /** Writes what was found as indented UTF-8 and leaves {@code out} open. */
    public static void write(Evaluation evaluation, HostEvaluation hosts, OutputStream out) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema_version", JsonValue.SCHEMA_VERSION);
        document.put("runs", evaluation.runs());
        attacks(document.putObject("attacks"), evaluation.attacks());
        falseAttacks(document.putObject("false_attacks"), evaluation);
        packets(document.putObject("packets"), evaluation.packets());
        timeError(document, "start_error_seconds", evaluation.startError());
        timeError(document, "end_error_seconds", evaluation.endError());
        timeError(document, "notice_delay_seconds", evaluation.noticeDelay());
        objects(document, "vectors", evaluation.vectors(), EvaluationJson::vector);
        objects(document, "look_alikes", evaluation.lookAlikes(), EvaluationJson::lookAlike);
        objects(document, "confidence", evaluation.confidence(), EvaluationJson::confidence);
        objects(document, "missed", evaluation.missed(), EvaluationJson::missed);
        objects(document, "false", evaluation.falseAttacks(), EvaluationJson::falseAttack);
        HostEvaluationJson.write(hosts, document.putObject("hosts"));
        JsonOutput.write(document, out);
    }

    private static void attacks(ObjectNode json, Attacks attacks) {
        json.put("happened", attacks.happened());
        json.put("found", attacks.found());
        json.put("missed", attacks.happened() - attacks.found());
        json.put("target_right", attacks.targetRight());
        json.put("target_partly_right", attacks.targetPartlyRight());
        json.put("main_vector_right", attacks.mainVectorRight());
    }

    private static void falseAttacks(ObjectNode json, Evaluation evaluation) {
        json.put("count", evaluation.falseAttacks().size());
        json.put("duplicate", evaluation.falseAttacks(Reason.DUPLICATE));
        json.put("look_alike", evaluation.falseAttacks(Reason.LOOK_ALIKE));
        json.put("other", evaluation.falseAttacks(Reason.OTHER));
        json.put("host_hours", decimal(evaluation.hostHours()));
        quotient(json, "per_1000_host_hours", 1000.0 * evaluation.falseAttacks().size(), evaluation.hostHours());
    }

    private static void packets(ObjectNode json, Packets packets) {
        json.put("happened", packets.happened());
        json.put("found", packets.found());
        json.put("shared", packets.shared());
        quotient(json, "share_of_happened", packets.shared(), packets.happened());
        quotient(json, "share_of_found", packets.shared(), packets.found());
    }

    private static void timeError(ObjectNode json, String name, Optional<TimeError> error) {
        if (error.isEmpty()) {
            json.putNull(name);
            return;
        }
        ObjectNode seconds = json.putObject(name);
        seconds.put("median", decimal(error.get().median()));
        seconds.put("percentile_95", decimal(error.get().percentile95()));
        seconds.put("worst", decimal(error.get().worst()));
    }

    private static void vector(ObjectNode json, VectorScore score) {
        json.put("name", score.vector().label());
        json.put("happened", score.happened());
        json.put("right", score.right());
        json.put("missed", score.missed());
        json.put("extra", score.extra());
        json.put("false", score.falsely());
    }

    private static void lookAlike(ObjectNode json, LookAlikeScore score) {
        json.put("name", score.name());
        json.put("happened", score.happened());
        json.put("called_attack", score.calledAttack());
    }

    private static void confidence(ObjectNode json, ConfidenceScore score) {
        json.put("from", decimal(score.from()));
        json.put("to", decimal(score.to()));
        json.put("findings", score.findings());
        quotient(json, "mean", score.confidenceSum(), score.findings());
        json.put("right", score.right());
        quotient(json, "share_right", score.right(), score.findings());
    }

    private static void missed(ObjectNode json, MissedAttack missed) {
        json.put("run", missed.run());
        json.put("target", missed.target().toString());
        json.put("start", missed.start().toString());
        json.put("end", missed.end().toString());
        vectors(json, missed.vectors());
    }

    private static void falseAttack(ObjectNode json, FalseAttack attack) {
        json.put("run", attack.run());
        json.put("id", attack.found().id());
        json.put("reason", attack.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("target", attack.found().target().toString());
        json.put("start", attack.found().start().toString());
        json.put("end", attack.found().end().toString());
        vectors(json, attack.found().vectors());
        json.put("confidence", decimal(attack.found().confidence()));
    }

    private static void vectors(ObjectNode json, List<AttackVector> vectors) {
        ArrayNode names = json.putArray("vectors");
        vectors.forEach(vector -> names.add(vector.label()));
    }

    static <T> void objects(ObjectNode json, String name, List<T> values, BiConsumer<ObjectNode, T> fields) {
        ArrayNode array = json.putArray(name);
        values.forEach(value -> fields.accept(array.addObject(), value));
    }

    /** Null where there is nothing to divide by. */
    static void quotient(ObjectNode json, String name, double dividend, double divisor) {
        if (divisor == 0) {
            json.putNull(name);
        } else {
            json.put(name, decimal(dividend / divisor));
        }
    }

    /** Keeps one decimal at least, so that a reader that tells types apart always sees the same one. */
    static BigDecimal decimal(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
    }
}
