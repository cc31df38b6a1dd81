package levee.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.AuditLine;
import levee.store.AuditPage;
import levee.store.AuditQuery;
import levee.store.Store;

/** Who did what. */
final class AuditOperations {
    private static final int USUAL_ON_A_PAGE = 100;
    private static final int MOST_ON_A_PAGE = 500;
    private static final int LONGEST_NAME = 200;

    private final Store store;

    AuditOperations(Store store) {
        this.store = store;
    }

    List<Operation> all() {
        return List.of(Operation.get(
                Paths.AUDIT,
                Access.ADMINISTRATORS,
                List.of("actor", "action", "subject", "since", "limit", "cursor"),
                this::list));
    }

    private void list(Request request) throws IOException {
        AuditPage page = page(request.query());
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("lines");
            for (AuditLine line : page.lines()) {
                json.writeStartObject();
                json.writeStringProperty("at", line.at().toString());
                json.writeStringProperty("actor", line.actor());
                json.writeStringProperty("action", line.action());
                json.writeStringProperty("subject", line.subject());
                json.writeStringProperty("detail", line.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            page.next()
                    .ifPresentOrElse(
                            next -> json.writeStringProperty("next", next), () -> json.writeNullProperty("next"));
            json.writeEndObject();
        }));
    }

    private AuditPage page(Query query) {
        AuditQuery wanted = new AuditQuery(
                name(query, "actor"),
                name(query, "action"),
                name(query, "subject"),
                query.time("since"),
                query.number("limit", 1, MOST_ON_A_PAGE, USUAL_ON_A_PAGE),
                query.text("cursor"));
        try {
            return store.auditLines(wanted);
        } catch (IllegalArgumentException e) {
            if (wanted.cursor().isEmpty()) {
                throw e;
            }
            throw Problem.parameter(
                            "The cursor is none of this list.",
                            "Use the value of 'next' of the page before, or begin without a cursor.")
                    .exception();
        }
    }

    private static Optional<String> name(Query query, String parameter) {
        return query.text(parameter).map(text -> {
            if (text.isEmpty() || text.length() > LONGEST_NAME) {
                throw Problem.parameter(
                                "'" + parameter + "' is empty or longer than " + LONGEST_NAME + " characters.",
                                "Leave it out, or shorten it.")
                        .exception();
            }
            return text;
        });
    }
}
