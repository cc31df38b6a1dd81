package levee.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.model.InfectedHost;
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
    private static final List<String> STATES = List.of("open", "ended");
    private static final List<String> MODES = List.of("monitor", "alert");
    private static final List<String> LEVELS = Stream.of(InfectedHost.Level.values())
            .map(InfectedHost.Level::label)
            .toList();

    /** The store does not know levels, so that a list of one is sought in the list of all. */
    private static final int MOST_PAGES_SOUGHT = 20;

    private final Store store;

    FindingOperations(Store store) {
        this.store = store;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(
                                Paths.FINDINGS,
                                Access.VIEWERS,
                                List.of("kind", "level", "state", "mode", "since", "limit", "cursor"),
                                this::list)
                        .alsoForCustomers(),
                Operation.get(Paths.FINDING, this::one).alsoForCustomers(),
                Operation.get(Paths.REVISIONS, this::revisions).alsoForCustomers());
    }

    private void list(Request request) throws IOException {
        FindingQuery asked =
                query(request.query()).withNetworks(request.caller().networks());
        Optional<String> level = request.query().oneOf("level", LEVELS);
        if (level.isPresent()
                && asked.kind().filter(kind -> !kind.equals(InfectedHost.KIND)).isPresent()) {
            throw Problem.parameter(
                            "Only infected hosts have a level.", "Leave out 'level', or ask for kind=infected-host.")
                    .exception();
        }
        FindingPage page = level.isEmpty() ? page(asked) : page(asked.withKind(InfectedHost.KIND), level.get());
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
                query.oneOf("kind", FindingKinds.ALL),
                query.oneOf("state", STATES).map(state -> Constants.of(StoredFinding.State.class, state)),
                query.oneOf("mode", MODES).map(mode -> Constants.of(StoredFinding.Mode.class, mode)),
                query.time("since"),
                Optional.empty(),
                Optional.empty(),
                query.number("limit", 1, MOST_ON_A_PAGE, USUAL_ON_A_PAGE),
                query.text("cursor"));
    }

    /** The next ones of a level; a page that lacks some has a cursor where to go on. */
    private FindingPage page(FindingQuery asked, String level) {
        List<StoredFinding> found = new ArrayList<>();
        FindingQuery query = asked;
        Optional<String> next = Optional.empty();
        for (int pages = 0; pages < MOST_PAGES_SOUGHT; pages++) {
            FindingPage page = page(query);
            page.findings().stream()
                    .filter(finding -> Json.OWN
                            .readTree(finding.json())
                            .path("level")
                            .asString("")
                            .equals(level))
                    .forEach(found::add);
            next = page.next();
            // Whole pages only: a cursor leads to where one ended.
            if (next.isEmpty() || !found.isEmpty()) {
                break;
            }
            query = query.withCursor(next.get());
        }
        return new FindingPage(found, next);
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
