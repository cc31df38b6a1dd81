package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import levee.model.InfectedHost;
import levee.model.Prefix;
import levee.report.Element;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.store.StoredFinding;

/** One finding about an infected host, also when it is over. */
final class InfectedPage {
    private final Frame frame;
    private final StoredAbuse abuse;
    private final InfectedStory story;

    InfectedPage(Frame frame, StoredAbuse abuse, InfectedStory story) {
        this.frame = frame;
        this.abuse = abuse;
        this.story = story;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.INFECTED_HOST, this::show).alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        StoredFinding stored = abuse.stored(request.caller(), InfectedHost.KIND, request.parameter("id"));
        String host = Prefix.parse(stored.target()).address().toString();
        List<Element> content = new ArrayList<>();
        content.add(element("section")
                .attribute("aria-labelledby", "host-heading")
                .add(
                        element("h1", "Host " + host).attribute("id", "host-heading"),
                        element("p")
                                .withClass("lead")
                                .add(element("a", "Its traffic now, and whom it talked with")
                                        .attribute("href", Paths.host(host)))));
        content.addAll(story.of(request.caller(), stored));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Infected host " + host,
                                Paths.INFECTED,
                                "/api/v1/findings/" + stored.id(),
                                new PageContent.Liveness.Following(stored.id()),
                                content)));
    }
}
