package levee.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far found times are from true ones, in seconds.
 *
 * @param median of found minus true, thus negative where findings are early
 * @param percentile95 what 95 % of the errors do not exceed, whatever their sign (nearest rank)
 * @param worst the error that is furthest from zero, with its sign
 */
public record TimeError(double median, double percentile95, double worst) {

    /** The seconds from the true time to the found one. */
    static double between(Instant expected, Instant found) {
        Duration error = Duration.between(expected, found);
        return error.getSeconds() + error.getNano() / 1e9;
    }

    /** Empty where there are no errors to speak of. */
    static Optional<TimeError> of(List<Double> errors) {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = errors.stream().sorted().toList();
        List<Double> byMagnitude =
                errors.stream().sorted(Comparator.comparing(Math::abs)).toList();
        int count = errors.size();
        double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
        double percentile95 = Math.abs(byMagnitude.get((95 * count + 99) / 100 - 1));
        return Optional.of(new TimeError(median, percentile95, byMagnitude.getLast()));
    }
}
