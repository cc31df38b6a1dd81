package levee.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import levee.model.AttackVector;
import levee.model.Prefix;

/**
 * What a finding says of an attack, as far as it is scored.
 *
 * @param target the host or prefix said to be attacked
 * @param confidence the probability, 0 to 1, that target and main vector are right
 * @param packets what is said to belong to the attack
 * @param vectors what it is said to consist of, the main one first; at least one
 * @param noticed when the evidence for a vector sufficed, as far as the finding says
 */
public record FoundAttack(
        String id,
        Prefix target,
        Instant start,
        Instant end,
        double confidence,
        long packets,
        List<AttackVector> vectors,
        Map<AttackVector, Instant> noticed) {

    public FoundAttack {
        vectors = List.copyOf(vectors);
        noticed = Map.copyOf(noticed);
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("an attack without vectors");
        }
    }
}
