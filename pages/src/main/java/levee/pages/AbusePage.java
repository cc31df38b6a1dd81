package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import levee.report.AbuseFindings;
import levee.report.AbuseTables;
import levee.report.Element;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;

/** Botnets, services that can be abused, forged traffic and scanners; customers see services of their own. */
final class AbusePage {
    private static final int REFRESH_SECONDS = 10;

    private final Frame frame;
    private final StoredAbuse abuse;

    AbusePage(Frame frame, StoredAbuse abuse) {
        this.frame = frame;
        this.abuse = abuse;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.ABUSE, this::show).alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        AbuseFindings open = abuse.open(request.caller());
        boolean isForAll = request.caller().networks().isEmpty();
        String title = isForAll ? "Botnets, services, forged traffic, scanners" : "Exposed services";
        List<Element> content = new ArrayList<>();
        content.add(element("section")
                .attribute("aria-labelledby", "abuse-heading")
                .add(
                        element("h1", title).attribute("id", "abuse-heading"),
                        element("p", "What goes on now besides attacks and infected hosts.")
                                .withClass("lead")));
        if (isForAll) {
            content.add(section("botnets", "Botnets", open.botnets(), AbuseTables.botnets(open.botnets())));
        }
        content.add(section(
                "exposed",
                "Services that can be abused to attack others",
                open.exposed(),
                AbuseTables.exposed(open.exposed())));
        if (isForAll) {
            content.add(section(
                    "spoofed", "Forged traffic that leaves", open.spoofed(), AbuseTables.spoofed(open.spoofed())));
            content.add(section("scanners", "Scanners", open.scanners(), AbuseTables.scanners(open.scanners())));
        }
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                title,
                                Paths.INFECTED,
                                "/api/v1/findings?state=open",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                content)));
    }

    private static Element section(String id, String heading, List<?> values, Element table) {
        return element("section")
                .attribute("id", id)
                .attribute("aria-labelledby", id + "-heading")
                .add(
                        element("h2", heading).attribute("id", id + "-heading"),
                        values.isEmpty() ? element("p", "None is known now.") : table);
    }
}
