package levee.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which audit lines to list.
 *
 * @param since only those of then or later
 * @param limit lines on a page, 1 to {@link FindingQuery#MOST_ON_A_PAGE}
 * @param cursor that of the page before
 */
public record AuditQuery(
        Optional<String> actor,
        Optional<String> action,
        Optional<String> subject,
        Optional<Instant> since,
        int limit,
        Optional<String> cursor) {
    public AuditQuery {
        actor.ifPresent(text -> StoreLimits.checkName("the actor of audit lines", text));
        action.ifPresent(text -> StoreLimits.checkName("the action of audit lines", text));
        subject.ifPresent(
                text -> StoreLimits.checkText("the subject of audit lines", text, StoreLimits.MOST_NAME_CHARACTERS));
        since.ifPresent(time -> StoreLimits.checkTime("since", time));
        StoreLimits.checkPage(limit);
    }

    /** The lines added last, by anyone about anything. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit, Optional.empty());
    }

    public AuditQuery withCursor(String cursor) {
        return new AuditQuery(actor, action, subject, since, limit, Optional.of(cursor));
    }
}
