package levee.pages;

import java.util.List;
import levee.report.Element;

/**
 * A page without what is around all pages.
 *
 * @param place the entry of the menu that it belongs to; empty for none
 * @param json where programs find the same
 * @param liveness how it stays up to date
 */
record PageContent(String title, String place, String json, Liveness liveness, List<Element> content) {
    PageContent {
        content = List.copyOf(content);
    }

    /** How the script of pages keeps one up to date. */
    sealed interface Liveness {
        /** Not at all. */
        record Still() implements Liveness {}

        /** What changed is sent each second. */
        record Pushed() implements Liveness {}

        /** It is asked for again every few seconds. */
        record Refreshed(int seconds) implements Liveness {}

        /** It is asked for again when the finding changes. */
        record Following(String finding) implements Liveness {}
    }

    static PageContent still(String title, String place, String json, List<Element> content) {
        return new PageContent(title, place, json, new Liveness.Still(), content);
    }
}
