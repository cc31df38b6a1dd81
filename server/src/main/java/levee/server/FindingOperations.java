package levee.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.FindingPage;
import levee.store.FindingQuery;
import levee.store.Store;
import levee.store.StoredFinding;

/** Findings to read. */
final class FindingOperations {
    private static final int USUAL_ON_A_PAGE = 100;
    private static final int MOST_ON_A_PAGE = 500;
    private static final List<String> KINDS = List.of("attack");
    private static final List<String> STATES = List.of("open", "ended");
    private static final List<String> MODES = List.of("monitor", "alert");

    private final Store store;

    FindingOperations(Store store) {
        this.store = store;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(
                                Paths.FINDINGS,
                                Access.VIEWERS,
                                List.of("kind", "state", "mode", "since", "limit", "cursor"),
                                this::list)
                        .alsoForCustomers(),
                Operation.get(Paths.FINDING, this::one).alsoForCustomers(),
                Operation.get(Paths.REVISIONS, this::revisions).alsoForCustomers());
    }

    private void list(Request request) throws IOException {
        FindingPage page =
                page(query(request.query()).withNetworks(request.caller().networks()));
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("findings");
            page.findings().forEach(finding -> FindingObjects.write(json, finding, request.caller()));
            json.writeEndArray();
            page.next()
                    .ifPresentOrElse(
                            next -> json.writeStringProperty("next", next), () -> json.writeNullProperty("next"));
            json.writeEndObject();
        }));
    }

    private static FindingQuery query(Query query) {
        return new FindingQuery(
                query.oneOf("kind", KINDS),
                query.oneOf("state", STATES).map(state -> Constants.of(StoredFinding.State.class, state)),
                query.oneOf("mode", MODES).map(mode -> Constants.of(StoredFinding.Mode.class, mode)),
                query.time("since"),
                Optional.empty(),
                Optional.empty(),
                query.number("limit", 1, MOST_ON_A_PAGE, USUAL_ON_A_PAGE),
                query.text("cursor"));
    }

    private FindingPage page(FindingQuery query) {
        try {
            return store.findings(query);
        } catch (IllegalArgumentException e) {
            if (query.cursor().isEmpty()) {
                throw e;
            }
            throw Problem.parameter(
                            "The cursor is none of this list.",
                            "Use the value of 'next' of the page before, with the same other parameters, or begin"
                                    + " without a cursor.")
                    .exception();
        }
    }

    private void one(Request request) throws IOException {
        StoredFinding finding = find(store, request);
        Answer.json(request.context(), Json.write(json -> FindingObjects.write(json, finding, request.caller())));
    }

    private void revisions(Request request) throws IOException {
        // An attack that grew may have had another target before.
        List<StoredFinding> revisions = store.revisions(find(store, request).id()).stream()
                .filter(revision -> request.caller().sees(revision.target()))
                .toList();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("revisions");
            for (StoredFinding revision : revisions) {
                json.writeStartObject();
                json.writeNumberProperty("revision", revision.revision());
                json.writeStringProperty("updated_at", revision.updatedAt().toString());
                json.writeName("finding");
                FindingObjects.write(json, revision, request.caller());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** The finding that the path names; what the caller may not see is as if it were not there. */
    static StoredFinding find(Store store, Request request) {
        String id = request.context().pathParam("id");
        // Identifiers are ours: what does not look like one is none.
        if (!id.matches("[a-z0-9-]{1,100}")) {
            throw Problem.unknownFinding().exception();
        }
        return store.finding(id)
                .filter(finding -> request.caller().sees(finding.target()))
                .orElseThrow(() -> Problem.unknownFinding().exception());
    }
}
