package levee.evaluation;

import static levee.evaluation.EvaluationText.decimals;
import static levee.evaluation.EvaluationText.printable;
import static levee.model.Amounts.count;

import java.util.Optional;
import java.util.function.Function;
import levee.evaluation.WeightValidation.Band;
import levee.evaluation.WeightValidation.BehaviourWeight;
import levee.evaluation.WeightValidation.Outcome;
import levee.evaluation.WeightValidation.Probability;
import levee.model.InfectedHost.Level;

/** What weights are worth, as tables for people. */
final class WeightValidationText {
    private static final String TOO_FEW = "too few";

    private WeightValidationText() {}

    static String sections(WeightValidation validation) {
        StringBuilder text = new StringBuilder();
        text.append("\nWEIGHTS OF BEHAVIOURS, IN DECIBANS\n");
        text.append("  by %s in %s and %s in %s%s\n"
                .formatted(
                        count(validation.infected(), "infected host"),
                        count(validation.infectedCaptures(), "capture"),
                        count(validation.benign(), "benign one", "benign ones"),
                        count(validation.benignCaptures()),
                        validation.isOfAll() ? "" : "; who was never suspected shows nothing"));
        text.append(weights(validation));
        text.append("\nEACH CAPTURE WITH THE WEIGHTS OF THE OTHERS\n");
        text.append(outcomes(validation));
        text.append("\nHOW OFTEN SCORES ARE RIGHT, IF ONE HOST IN A HUNDRED IS INFECTED\n");
        text.append(bands(validation));
        return text.toString();
    }

    private static Table weights(WeightValidation validation) {
        Table table = new Table().line("", "infected", "benign", "captures", "judged", "fitted", "95 %", "judged is");
        for (BehaviourWeight weight : validation.weights()) {
            table.line(
                    printable(weight.name()),
                    count(weight.infectedShowing()),
                    count(weight.benignShowing()),
                    count(weight.captures()),
                    decimals(weight.judged(), 1),
                    weight.fitted()
                            .map(fitted -> decimals(fitted.decibans(), 1))
                            .orElse(TOO_FEW),
                    interval(weight.fitted()),
                    weight.deviation()
                            .map(deviation -> switch (deviation) {
                                case ABOVE -> "above";
                                case BELOW -> "below";
                            })
                            .orElse(""));
        }
        return table;
    }

    private static String interval(Optional<LikelihoodRatio> ratio) {
        return ratio.map(WeightValidationText::interval).orElse("");
    }

    private static String interval(LikelihoodRatio ratio) {
        if (Double.isInfinite(ratio.low())) {
            return Double.isInfinite(ratio.high()) ? "any" : decimals(ratio.high(), 1) + " or less";
        }
        String low = decimals(ratio.low(), 1);
        return Double.isInfinite(ratio.high()) ? low + " or more" : low + " to " + decimals(ratio.high(), 1);
    }

    private static Table outcomes(WeightValidation validation) {
        Table table = new Table().line("", "suspected", "notify");
        line(table, "infected found, judged weights", validation, Outcome::foundJudged);
        line(table, "  fitted weights", validation, Outcome::foundFitted);
        line(table, "false hosts, judged weights", validation, Outcome::falseJudged);
        line(table, "  fitted weights", validation, Outcome::falseFitted);
        return table;
    }

    private static void line(Table table, String name, WeightValidation validation, Function<Outcome, Long> count) {
        table.line(
                name,
                count(count.apply(validation.outcome(Level.SUSPECTED))),
                count(count.apply(validation.outcome(Level.NOTIFY))));
    }

    private static Table bands(WeightValidation validation) {
        Table table =
                new Table().line("highest score", "infected", "benign", "decibans", "95 %", "probability", "95 %");
        for (Band band : validation.bands()) {
            table.line(
                    name(band),
                    count(band.infected()),
                    count(band.benign()),
                    band.ratio().map(ratio -> decimals(ratio.decibans(), 1)).orElse(TOO_FEW),
                    interval(band.ratio()),
                    band.probability()
                            .map(probability -> percent(probability.value()))
                            .orElse(TOO_FEW),
                    band.probability().map(WeightValidationText::interval).orElse(""));
        }
        return table;
    }

    private static String name(Band band) {
        if (band.from().isEmpty()) {
            return "less, or nothing said";
        }
        String from = decimals(band.from().getAsDouble(), 0);
        return band.to().isEmpty()
                ? from + " and more"
                : from + " to " + decimals(band.to().getAsDouble(), 0);
    }

    private static String interval(Probability probability) {
        return percent(probability.low()) + " to " + percent(probability.high());
    }

    private static String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }
}
