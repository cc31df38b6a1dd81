package levee.access;

import java.time.Duration;

/**
 * How long sessions last, and how many there are.
 *
 * @param idle after which a session that nobody uses ends
 * @param longest after which every session ends
 * @param most of all accounts together; then the one that was not used for longest ends
 * @param mostOfOne of one account; then its oldest ends
 */
public record SessionLimits(Duration idle, Duration longest, int most, int mostOfOne) {
    public static final SessionLimits USUAL =
            new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 10_000, 16);

    public SessionLimits {
        if (!idle.isPositive() || longest.compareTo(idle) < 0 || most < 1 || mostOfOne < 1) {
            throw new IllegalArgumentException("sessions may be idle for longer than they last, or there may be none");
        }
    }

    public SessionLimits lasting(Duration idleFor, Duration atMost) {
        return new SessionLimits(idleFor, atMost, most, mostOfOne);
    }
}
