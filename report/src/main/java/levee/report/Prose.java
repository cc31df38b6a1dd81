package levee.report;

import static levee.report.Element.element;

import java.util.List;
import java.util.Locale;

/** Words made into sentences, and sentences into lists. */
public final class Prose {
    private Prose() {}

    static Element list(List<String> sentences) {
        return element("ul")
                .add(sentences.stream().map(sentence -> element("li", sentence)).toList());
    }

    /** With a capital and a full stop. */
    public static String sentence(String words) {
        return capitalized(words) + (words.isEmpty() || words.endsWith(".") ? "" : ".");
    }

    static String capitalized(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
