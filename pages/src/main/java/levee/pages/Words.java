package levee.pages;

import java.util.Locale;
import levee.server.Operation.Access;

/** Words made into sentences. */
final class Words {
    private Words() {}

    static String sentence(String words) {
        return capitalized(words) + (words.isEmpty() || words.endsWith(".") ? "" : ".");
    }

    /** What somebody is who may so much. */
    static String role(Access most) {
        return switch (most) {
            case ANYBODY, METRICS, VIEWERS -> "viewer";
            case OPERATORS -> "operator";
            case ADMINISTRATORS -> "administrator";
        };
    }

    static String capitalized(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
