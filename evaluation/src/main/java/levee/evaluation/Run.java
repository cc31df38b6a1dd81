package levee.evaluation;

import java.util.List;
import levee.model.Truth;

/**
 * What was found in some traffic, and what really happened in it.
 *
 * @param findings all attacks that were found
 */
public record Run(Truth truth, List<FoundAttack> findings) {
    public Run {
        findings = List.copyOf(findings);
    }
}
