package levee.drill;

import java.time.Duration;

/**
 * Innocent traffic to come.
 *
 * @param start since the start of the drill
 */
public record PlannedLookAlike(LookAlikeKind kind, Duration start, Duration duration) {}
