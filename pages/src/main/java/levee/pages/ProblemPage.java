package levee.pages;

import static levee.report.Element.element;

import levee.server.Problem;

/** What went wrong, and what to do. */
final class ProblemPage {
    private final Problem problem;

    ProblemPage(Problem problem) {
        this.problem = problem;
    }

    byte[] html(Frame frame) {
        return frame.html(
                problem.title(),
                element("main")
                        .attribute("id", "main")
                        .add(
                                element("h1", problem.title()),
                                element("p", problem.detail()),
                                element("p", problem.remedy()),
                                element("p").add(element("a", "To the overview").attribute("href", "/"))));
    }
}
