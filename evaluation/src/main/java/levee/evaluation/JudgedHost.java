package levee.evaluation;

import java.util.HashMap;
import java.util.Map;
import levee.model.IpAddress;

/**
 * The most that was ever thought of a host, told or not.
 *
 * @param highestScore in decibans
 * @param weights the greatest of each behaviour that it showed, in decibans, by name
 */
public record JudgedHost(IpAddress host, double highestScore, Map<String, Double> weights) {
    public JudgedHost {
        weights = Map.copyOf(weights);
    }

    /** The most of both, of one host. */
    public JudgedHost and(JudgedHost other) {
        return new JudgedHost(host, Math.max(highestScore, other.highestScore), greatest(weights, other.weights));
    }

    static Map<String, Double> greatest(Map<String, Double> weights, Map<String, Double> others) {
        Map<String, Double> both = new HashMap<>(weights);
        others.forEach((name, weight) -> both.merge(name, weight, Math::max));
        return both;
    }
}
