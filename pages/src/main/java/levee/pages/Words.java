package levee.pages;

import java.util.Locale;

/** Words made into sentences. */
final class Words {
    private Words() {}

    static String sentence(String words) {
        return capitalized(words) + (words.isEmpty() || words.endsWith(".") ? "" : ".");
    }

    static String capitalized(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
