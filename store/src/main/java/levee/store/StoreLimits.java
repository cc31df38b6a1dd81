package levee.store;

import java.time.Instant;

/** What is too long or too far away to be kept. */
public final class StoreLimits {
    /** The longest name, identifier or key, in characters. */
    public static final int MOST_NAME_CHARACTERS = 200;

    /** The longest note or detail that a person or a program may add, in characters. */
    public static final int MOST_NOTE_CHARACTERS = 10_000;

    /** The longest finding, in characters of JSON. */
    public static final int MOST_JSON_CHARACTERS = 16 << 20;

    /** The longest state, in bytes. */
    public static final int MOST_STATE_BYTES = 64 << 20;

    /** Times are kept in nanoseconds of 64 bits. */
    private static final Instant FIRST = Instant.ofEpochSecond(Long.MIN_VALUE / 1_000_000_000L + 1);

    private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000L - 1);

    private StoreLimits() {}

    static void checkName(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        checkText(what, name, MOST_NAME_CHARACTERS);
    }

    static void checkText(String what, String text, int mostCharacters) {
        if (text.length() > mostCharacters) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters; " + mostCharacters + " are allowed");
        }
        // PostgreSQL refuses U+0000 in text, and SQLite tools cut the text there.
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds the character U+0000");
        }
    }

    static void checkTime(String what, Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException(what + " " + time + " is not between the years 1677 and 2262");
        }
    }

    static void checkPage(int limit) {
        if (limit < 1 || limit > FindingQuery.MOST_ON_A_PAGE) {
            throw new IllegalArgumentException(
                    "a page of " + limit + "; 1 to " + FindingQuery.MOST_ON_A_PAGE + " are allowed");
        }
    }
}
