package levee.store;

import java.time.Instant;
import java.util.Locale;

/**
 * A revision of a finding. All texts but {@code json} have at most 200 characters.
 *
 * @param id the same for all revisions
 * @param kind such as {@code attack}; the same for all revisions
 * @param target what it is aimed at; findings are found by networks if it is an address or a prefix
 * @param end the last time that it was seen so far
 * @param detectedAt when it was first found
 * @param revision counts up from 1 as the finding changes
 * @param updatedAt when this revision was made
 * @param json the finding as a JSON object of {@code levee analyze}, which the store does not look into
 */
public record StoredFinding(
        String id,
        String kind,
        State state,
        String target,
        Instant start,
        Instant end,
        Instant detectedAt,
        Mode mode,
        int revision,
        Instant updatedAt,
        String json) {

    /** Where a finding is in its life. */
    public enum State {
        OPEN,
        ENDED,
        /** Taken into a wider finding, such as a host's attack into its prefix's; not listed any more. */
        ABSORBED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether people are told of a finding. */
    public enum Mode {
        MONITOR,
        ALERT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StoredFinding {
        StoreLimits.checkName("the id of a finding", id);
        StoreLimits.checkName("the kind of a finding", kind);
        StoreLimits.checkName("the target of a finding", target);
        StoreLimits.checkTime("the start of a finding", start);
        StoreLimits.checkTime("the end of a finding", end);
        StoreLimits.checkTime("the detection of a finding", detectedAt);
        StoreLimits.checkTime("the update of a finding", updatedAt);
        StoreLimits.checkText("the JSON of a finding", json, StoreLimits.MOST_JSON_CHARACTERS);
        if (revision < 1) {
            throw new IllegalArgumentException("the revision of a finding is " + revision + "; they begin at 1");
        }
    }
}
