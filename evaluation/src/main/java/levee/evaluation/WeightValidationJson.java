package levee.evaluation;

import static levee.evaluation.EvaluationJson.decimal;
import static levee.evaluation.EvaluationJson.objects;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import levee.evaluation.WeightValidation.Band;
import levee.evaluation.WeightValidation.BehaviourWeight;
import levee.evaluation.WeightValidation.Outcome;
import levee.model.InfectedHost.Level;
import tools.jackson.databind.node.ObjectNode;

/** What weights are worth, as a part of the JSON document. */
final class WeightValidationJson {
    private WeightValidationJson() {}

    static void write(WeightValidation validation, ObjectNode json) {
        json.put("of_all", validation.isOfAll());
        json.put("captures", validation.captures());
        json.put("infected", validation.infected());
        json.put("infected_captures", validation.infectedCaptures());
        json.put("benign", validation.benign());
        json.put("benign_captures", validation.benignCaptures());
        json.put("prior", decimal(WeightValidation.PRIOR));
        objects(json, "weights", validation.weights(), WeightValidationJson::weight);
        ObjectNode outcomes = json.putObject("left_out");
        for (Level level : Level.values()) {
            Outcome outcome = validation.outcome(level);
            ObjectNode fields = outcomes.putObject(level.name().toLowerCase(Locale.ROOT));
            fields.put("found_judged", outcome.foundJudged());
            fields.put("found_fitted", outcome.foundFitted());
            fields.put("false_judged", outcome.falseJudged());
            fields.put("false_fitted", outcome.falseFitted());
        }
        objects(json, "bands", validation.bands(), WeightValidationJson::band);
    }

    private static void weight(ObjectNode json, BehaviourWeight weight) {
        json.put("name", weight.name());
        json.put("infected", weight.infectedShowing());
        json.put("benign", weight.benignShowing());
        json.put("captures", weight.captures());
        json.put("judged", decimal(weight.judged()));
        ratio(json, "fitted", weight.fitted());
    }

    private static void band(ObjectNode json, Band band) {
        edge(json, "from", band.from());
        edge(json, "to", band.to());
        json.put("infected", band.infected());
        json.put("benign", band.benign());
        ratio(json, "ratio", band.ratio());
        if (band.probability().isEmpty()) {
            json.putNull("probability");
        } else {
            interval(
                    json.putObject("probability"),
                    band.probability().get().value(),
                    band.probability().get().low(),
                    band.probability().get().high());
        }
    }

    private static void edge(ObjectNode json, String name, OptionalDouble edge) {
        if (edge.isEmpty()) {
            json.putNull(name);
        } else {
            json.put(name, decimal(edge.getAsDouble()));
        }
    }

    private static void ratio(ObjectNode json, String name, Optional<LikelihoodRatio> ratio) {
        if (ratio.isEmpty()) {
            json.putNull(name);
        } else {
            interval(
                    json.putObject(name),
                    ratio.get().decibans(),
                    ratio.get().low(),
                    ratio.get().high());
        }
    }

    private static void interval(ObjectNode json, double value, double low, double high) {
        json.put("value", decimal(value));
        end(json, "low", low);
        end(json, "high", high);
    }

    private static void end(ObjectNode json, String name, double end) {
        if (Double.isInfinite(end)) {
            json.putNull(name);
        } else {
            json.put(name, decimal(end));
        }
    }
}
