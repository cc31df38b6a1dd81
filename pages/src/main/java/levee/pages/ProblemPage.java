package levee.pages;

import static levee.report.Element.element;

import levee.report.Element;
import levee.server.Problem;

/** What went wrong, and what to do. */
final class ProblemPage {
    private ProblemPage() {}

    static Element of(Problem problem) {
        return element("section")
                .withClass("problem")
                .add(
                        element("h1", problem.title()),
                        element("p", problem.detail()),
                        element("p", problem.remedy()),
                        element("p").add(element("a", "To the overview").attribute("href", Paths.OVERVIEW)));
    }
}
