package levee.store;

import java.time.Instant;

/**
 * Who did what, for the audit trail.
 *
 * @param actor who; a person, a token or a part of Levee; at most 200 characters
 * @param action what, as a short stable word such as {@code finding.mute}; at most 200 characters
 * @param subject what it was done to; may be empty; at most 200 characters
 * @param detail anything else; may be empty; at most 10,000 characters
 */
public record AuditLine(Instant at, String actor, String action, String subject, String detail) {
    public AuditLine {
        StoreLimits.checkTime("the time of an audit line", at);
        StoreLimits.checkName("the actor of an audit line", actor);
        StoreLimits.checkName("the action of an audit line", action);
        StoreLimits.checkText("the subject of an audit line", subject, StoreLimits.MOST_NAME_CHARACTERS);
        StoreLimits.checkText("the detail of an audit line", detail, StoreLimits.MOST_NOTE_CHARACTERS);
    }
}
