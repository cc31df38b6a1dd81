package levee.server;

import java.time.Instant;
import levee.model.Finding;
import levee.store.StoredFinding;

/**
 * A finding that goes on.
 *
 * @param finding with all that is in memory of it
 * @param detectedAt when it was first found
 * @param mode whether people are told of it
 * @param isSeen whether anything of it was seen since the start of this process; if not, it is what was known before
 */
public record OpenFinding(Finding finding, Instant detectedAt, StoredFinding.Mode mode, boolean isSeen) {}
