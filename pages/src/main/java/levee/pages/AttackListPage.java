package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.Attack;
import levee.model.Prefix;
import levee.report.Element;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.Problem;
import levee.server.Query;
import levee.store.FindingPage;
import levee.store.FindingQuery;
import levee.store.StoredFinding;

/** All attacks that are kept, page by page, those of a state or a network if asked for. */
final class AttackListPage {
    private static final int ON_A_PAGE = 50;
    private static final List<String> STATES = List.of("open", "ended");

    private final Running running;
    private final Frame frame;

    AttackListPage(Running running, Frame frame) {
        this.running = running;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.ATTACKS, Access.VIEWERS, List.of("state", "target", "since", "cursor"), this::show)
                        .alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        Query query = request.query();
        FindingPage page = page(request.caller(), query);
        Instant now = running.clock().instant();
        List<Attack> attacks = RecentAttacks.seen(request.caller(), page);
        Element section = element("section")
                .attribute("aria-labelledby", "attacks-heading")
                .add(element("h1", "Attacks").attribute("id", "attacks-heading"), filter(query));
        section.add(
                attacks.isEmpty()
                        ? element("p", "None that is kept is like this.")
                        : RecentAttacks.table("The newest first", attacks, now));
        page.next()
                .ifPresent(next -> section.add(element("p")
                        .add(element("a", "Earlier ones")
                                .attribute("href", Paths.ATTACKS + "?" + parameters(query, next)))));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        PageContent.still(
                                "Attacks",
                                Paths.ATTACKS,
                                "/api/v1/findings?kind=attack"
                                        + given(query, "state")
                                                .map(state -> "&state=" + state)
                                                .orElse(""),
                                List.of(section))));
    }

    private FindingPage page(Caller caller, Query query) {
        Optional<String> cursor = query.text("cursor");
        try {
            return running.store()
                    .findings(new FindingQuery(
                            Optional.of("attack"),
                            given(query, "state").map(AttackListPage::state),
                            Optional.empty(),
                            given(query, "since").map(text -> Query.time("since", text)),
                            Optional.empty(),
                            given(query, "target").map(AttackListPage::prefix),
                            caller.networks(),
                            ON_A_PAGE,
                            cursor));
        } catch (IllegalArgumentException e) {
            if (cursor.isEmpty()) {
                throw e;
            }
            throw Problem.parameter("The cursor is none of this list.", "Begin with the newest attacks again.")
                    .exception();
        }
    }

    /** What is left empty in the form is as if it were not there. */
    private static Optional<String> given(Query query, String name) {
        return query.text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static StoredFinding.State state(String text) {
        return switch (text) {
            case "open" -> StoredFinding.State.OPEN;
            case "ended" -> StoredFinding.State.ENDED;
            default ->
                throw Problem.parameter("There is no such state.", "It is one of: " + String.join(", ", STATES) + ".")
                        .exception();
        };
    }

    private static Prefix prefix(String text) {
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(
                            "The target is no address and no network.",
                            "Write it as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.")
                    .exception();
        }
    }

    private static Element filter(Query query) {
        Element states = element("select").attribute("name", "state");
        states.add(option("", "any state", given(query, "state").isEmpty()));
        STATES.forEach(state -> states.add(option(
                state,
                state.equals("open") ? "going on" : state,
                query.text("state").filter(state::equals).isPresent())));
        return element("form")
                .withClass("filter")
                .add(
                        element("label", "State ").add(states),
                        element("label", "Target within ")
                                .add(element("input")
                                        .attribute("name", "target")
                                        .attribute("placeholder", "192.0.2.0/24")
                                        .attribute("value", query.text("target").orElse(""))),
                        element("button", "Show").attribute("type", "submit"));
    }

    private static Element option(String value, String text, boolean isChosen) {
        Element option = element("option", text).attribute("value", value);
        return isChosen ? option.attribute("selected", "selected") : option;
    }

    private static String parameters(Query query, String cursor) {
        List<String> parameters = new ArrayList<>();
        for (String name : List.of("state", "target", "since")) {
            given(query, name).ifPresent(text -> parameters.add(name + "=" + Paths.encoded(text)));
        }
        parameters.add("cursor=" + Paths.encoded(cursor));
        return String.join("&", parameters);
    }
}
