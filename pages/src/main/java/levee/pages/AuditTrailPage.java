package levee.pages;

import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.Problem;
import levee.server.Query;
import levee.store.AuditLine;
import levee.store.AuditPage;
import levee.store.AuditQuery;

/** Who did what, for administrators. */
final class AuditTrailPage {
    private static final int ON_A_PAGE = 100;
    private static final int LONGEST_NAME = 200;

    private final Running running;
    private final Frame frame;

    AuditTrailPage(Running running, Frame frame) {
        this.running = running;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.AUDIT, Access.ADMINISTRATORS, List.of("actor", "action", "cursor"), this::show));
    }

    private void show(Request request) throws IOException {
        Query query = request.query();
        Optional<String> actor = given(query, "actor");
        Optional<String> action = given(query, "action");
        AuditPage page = page(actor, action, query.text("cursor"));
        Element section = element("section")
                .attribute("aria-labelledby", "audit-heading")
                .add(
                        element("h1", "Audit trail").attribute("id", "audit-heading"),
                        element("form")
                                .withClass("filter")
                                .add(
                                        field("Who", "actor", actor),
                                        field("What", "action", action),
                                        element("button", "Show").attribute("type", "submit")));
        if (page.lines().isEmpty()) {
            section.add(element("p", "Nothing that is kept is like this."));
        } else {
            section.add(table(page.lines()));
        }
        page.next()
                .ifPresent(next -> section.add(element("p")
                        .add(element("a", "Earlier ones")
                                .attribute(
                                        "href",
                                        Paths.AUDIT + "?" + parameter("actor", actor) + parameter("action", action)
                                                + "cursor=" + Paths.encoded(next)))));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        PageContent.still("Audit trail", Paths.AUDIT, "/api/v1/audit", List.of(section))));
    }

    private AuditPage page(Optional<String> actor, Optional<String> action, Optional<String> cursor) {
        try {
            return running.store()
                    .auditLines(new AuditQuery(actor, action, Optional.empty(), Optional.empty(), ON_A_PAGE, cursor));
        } catch (IllegalArgumentException e) {
            if (cursor.isEmpty()) {
                throw e;
            }
            throw Problem.parameter("The cursor is none of this list.", "Begin with the newest lines again.")
                    .exception();
        }
    }

    private static Optional<String> given(Query query, String name) {
        return query.text(name)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text);
    }

    private static Element field(String label, String name, Optional<String> value) {
        return element("label", label + " ")
                .add(element("input").attribute("name", name).attribute("value", value.orElse("")));
    }

    private static Element table(List<AuditLine> lines) {
        DataTable table = DataTable.stacking(
                "The newest first",
                unbroken("When (UTC)"),
                words("Who"),
                words("What"),
                words("To whom or what"),
                words("More"));
        lines.forEach(line -> table.row(
                List.of(UtcTime.toSecond(line.at()), line.actor(), line.action(), line.subject(), line.detail())));
        return table.toElement();
    }

    private static String parameter(String name, Optional<String> value) {
        return value.map(text -> name + "=" + Paths.encoded(text) + "&").orElse("");
    }
}
