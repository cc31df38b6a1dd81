package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.HostTraffic;
import levee.model.HostTraffic.Archived;
import levee.model.HostTraffic.Live;
import levee.model.HostTraffic.Slice;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.report.Bar;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.server.Problem;

/** One address: whether it is thought infected, its traffic now, whom it talked with, and which attacks it had a part in. */
final class HostPage {
    private static final int ATTACKS_SHOWN = 20;
    private static final int SHOWN = 25;
    private static final int REFRESH_SECONDS = 5;

    private final Running running;
    private final Frame frame;
    private final InfectedStory story;

    HostPage(Running running, Frame frame, InfectedStory story) {
        this.running = running;
        this.frame = frame;
        this.story = story;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.HOST, this::show).alsoForCustomers());
    }

    private void show(Request request) throws IOException {
        IpAddress address = address(request.parameter("address"));
        request.caller().mustSee(Prefix.host(address));
        Optional<HostTraffic> traffic = running.system().host(address);
        List<Element> content = new ArrayList<>();
        Element heading = element("section")
                .attribute("aria-labelledby", "host-heading")
                .add(element("h1", address.toString()).attribute("id", "host-heading"));
        content.add(heading);
        Optional<Live> live = traffic.flatMap(HostTraffic::live)
                .filter(known -> known.traffic().all().both().packetsPerSecond() > 0);
        Optional<Archived> archived = traffic.flatMap(HostTraffic::archived);
        live.ifPresentOrElse(
                known -> {
                    heading.add(element("p", sentence(known)).withClass("lead"));
                    content.add(slices(known));
                    content.add(element("section")
                            .add(
                                    element("h2", "Services"),
                                    known.services().isEmpty()
                                            ? element("p", "None with much traffic.")
                                            : HostsPage.services("The busiest first", known.services())));
                },
                () -> heading.add(element(
                                "p",
                                "No traffic of it was seen in the last minute, or it lies outside of the own networks,"
                                        + " where single addresses are not watched.")
                        .withClass("lead")));
        archived.ifPresentOrElse(
                known -> content.add(peers(known)),
                () -> content.add(element(
                                "p",
                                "Whom it talked with is not known: flows are not kept. The setting 'archive' makes"
                                        + " Levee keep them for a while.")
                        .withClass("quiet")));
        content.add(attacks(request.caller(), address));
        content.addAll(1, story.of(request.caller(), address));
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                address.toString(),
                                Paths.HOSTS,
                                traffic.isPresent() ? "/api/v1/hosts/" + address : "",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                content)));
    }

    private static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                            404,
                            "no-address",
                            "That is no address",
                            "Pages of hosts are called by their address.",
                            "Write it as 192.0.2.7 or 2001:db8::7, or search for what you know of it.")
                    .exception();
        }
    }

    private static String sentence(Live live) {
        return "Receives %s and sends %s, the mean of %s up to %s UTC: %s. It talks with about %s."
                .formatted(
                        Units.bitRate(live.traffic().all().received().bitsPerSecond()),
                        Units.bitRate(live.traffic().all().sent().bitsPerSecond()),
                        HostsPage.covered(live.covered()),
                        UtcTime.toSecond(live.until()),
                        HostsPage.protocols(live.traffic()),
                        Amounts.count(live.peers(), "address", "addresses"));
    }

    private static Element slices(Live live) {
        DataTable table = DataTable.stacking(
                "The newest first",
                unbroken("From (UTC)"),
                number("Received"),
                number("Sent"),
                words("By protocol"),
                words("Compared"));
        double most = live.slices().stream()
                .mapToDouble(slice -> HostsPage.bits(slice.traffic().all()))
                .max()
                .orElse(1);
        for (Slice slice : live.slices().reversed()) {
            table.row(
                    Content.text(UtcTime.toSecond(slice.start())),
                    HostsPage.rate(slice.traffic().all().received()),
                    HostsPage.rate(slice.traffic().all().sent()),
                    Content.text(HostsPage.protocols(slice.traffic())),
                    Bar.of(HostsPage.bits(slice.traffic().all()) / Math.max(1, most)));
        }
        return element("section").add(element("h2", "The last minute"), table.toElement());
    }

    private static Element peers(Archived archived) {
        DataTable table = DataTable.stacking(
                "Those with most bytes first",
                words("Peer"),
                number("Flows"),
                number("Received from it"),
                number("Sent to it"));
        archived.peers().stream()
                .limit(SHOWN)
                .forEach(peer -> table.row(
                        element("a", peer.address().toString())
                                .attribute("href", Paths.host(peer.address().toString())),
                        Content.text(Amounts.count(peer.flows())),
                        Content.text(Units.bytes(peer.received().bytes())),
                        Content.text(Units.bytes(peer.sent().bytes()))));
        return element("section")
                .add(
                        element("h2", "Whom it talked with"),
                        element(
                                "p",
                                "%s from %s UTC on, as kept in the archive%s."
                                        .formatted(
                                                Amounts.count(archived.flows(), "flow"),
                                                UtcTime.toSecond(archived.from()),
                                                archived.complete()
                                                        ? ""
                                                        : "; there are more, of which these are the newest")),
                        table.toElement());
    }

    private Element attacks(Caller caller, IpAddress address) {
        Instant now = running.clock().instant();
        List<Attack> attacks = new AttackSearch(running.store())
                .around(Prefix.host(address), caller).stream()
                        .limit(ATTACKS_SHOWN)
                        .toList();
        Element section = element("section").add(element("h2", "Attacks"));
        return attacks.isEmpty()
                ? section.add(element("p", "None of the newest attacks was on it, on its network, or came from there."))
                : section.add(RecentAttacks.table(
                        "Those on it, on its network, or from there; the newest first", attacks, now));
    }
}
