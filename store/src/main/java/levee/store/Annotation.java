package levee.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody said about a finding.
 *
 * @param by who; at most 200 characters
 * @param until how long a {@link Mark#MUTED} lasts; empty for all others
 * @param note why, in their words; may be empty; at most 10,000 characters
 */
public record Annotation(Mark mark, String by, Instant at, Optional<Instant> until, String note) {
    /** How many are kept of one finding. */
    public static final int MOST = 1_000;

    public enum Mark {
        ACKNOWLEDGED,
        /** Not to be told of again until then. */
        MUTED,
        FALSE_ALARM,
        /** Takes back what was marked before. */
        CLEARED,
        /** Only a note. */
        NOTE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Annotation {
        StoreLimits.checkName("the author of an annotation", by);
        StoreLimits.checkTime("the time of an annotation", at);
        until.ifPresent(time -> StoreLimits.checkTime("the end of muting", time));
        StoreLimits.checkText("a note", note, StoreLimits.MOST_NOTE_CHARACTERS);
        if (until.isPresent() != (mark == Mark.MUTED)) {
            throw new IllegalArgumentException("muting, and only muting, needs a time until which it lasts");
        }
    }
}
