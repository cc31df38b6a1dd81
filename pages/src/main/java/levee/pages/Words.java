package levee.pages;

import static levee.report.Element.element;

import levee.report.Element;
import levee.server.Operation.Access;

/** How pages say things. */
final class Words {
    private Words() {}

    /** The second line is smaller; it may be empty. */
    static Element twoLines(String first, String second) {
        Element lines = element("span").withClass("name").text(first);
        return second.isEmpty() ? lines : lines.add(element("small", second));
    }

    /** What somebody is who may so much. */
    static String role(Access most) {
        return switch (most) {
            case ANYBODY, METRICS, VIEWERS -> "viewer";
            case OPERATORS -> "operator";
            case ADMINISTRATORS -> "administrator";
        };
    }
}
