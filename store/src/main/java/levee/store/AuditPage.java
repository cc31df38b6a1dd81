package levee.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of the audit trail.
 *
 * @param next the cursor of the page after this; empty on the last
 */
public record AuditPage(List<AuditLine> lines, Optional<String> next) {
    public AuditPage {
        lines = List.copyOf(lines);
    }
}
