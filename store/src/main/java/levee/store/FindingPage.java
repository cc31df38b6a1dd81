package levee.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of findings.
 *
 * @param next the cursor of the page after this; empty on the last
 */
public record FindingPage(List<StoredFinding> findings, Optional<String> next) {
    public FindingPage {
        findings = List.copyOf(findings);
    }
}
