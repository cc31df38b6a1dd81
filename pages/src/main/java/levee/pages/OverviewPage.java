package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.Attack;
import levee.report.Element;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.FindingQuery;
import levee.store.StoredFinding;

/** Everything at a glance: who is attacked now, how much traffic there is, and whether Levee sees it. */
final class OverviewPage {
    private static final int RECENT = 10;

    private final Running running;
    private final Frame frame;
    private final LiveView view;
    private final TrafficFigure traffic;

    OverviewPage(Running running, Frame frame, LiveView view, TrafficFigure traffic) {
        this.running = running;
        this.frame = frame;
        this.view = view;
        this.traffic = traffic;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.OVERVIEW, Access.VIEWERS, List.of("range"), this::show)
                .alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        Instant now = running.clock().instant();
        Caller caller = request.caller();
        List<Element> content = new ArrayList<>();
        content.add(view.openAttacks(caller.networks(), now).toElement());
        content.add(view.abuse(caller.networks()));
        if (caller.networks().isEmpty()) {
            content.add(traffic.toElement(LiveOperations.range(request)));
            content.add(new SensorHealth(running.system(), now).toElement());
        }
        content.add(recent(caller, now));
        Answer.page(
                request,
                frame.html(
                        caller,
                        new PageContent(
                                "Overview",
                                Paths.OVERVIEW,
                                "/api/v1/findings?state=open",
                                new PageContent.Liveness.Pushed(),
                                content)));
    }

    private Element recent(Caller caller, Instant now) {
        List<Attack> ended = RecentAttacks.seen(
                caller,
                running.store()
                        .findings(FindingQuery.newest(RECENT)
                                .withKind("attack")
                                .withState(StoredFinding.State.ENDED)
                                .withNetworks(caller.networks())));
        Element section = element("section")
                .attribute("id", "recent")
                .attribute("aria-labelledby", "recent-heading")
                .add(element("h2", "Ended").attribute("id", "recent-heading"));
        return ended.isEmpty()
                ? section.add(element("p", "No attack that has ended is kept."))
                : section.add(
                        RecentAttacks.table("The newest first", ended, now),
                        element("p").add(element("a", "All attacks").attribute("href", Paths.ATTACKS)));
    }
}
