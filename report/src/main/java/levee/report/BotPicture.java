package levee.report;

import static levee.report.Element.element;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import levee.model.Amounts;
import levee.model.IpAddress;

/** A server in the middle and the hosts that talk to it around it, by the numbers that the list beside it gives them. */
final class BotPicture {
    /** So many still have room for their numbers. */
    private static final int MOST_DRAWN = 40;

    private static final int SIZE = 400;
    private static final int MIDDLE = SIZE / 2;
    private static final int RING = 178;
    private static final int BOT = 13;
    private static final int SERVER = 34;

    private final String server;
    private final List<IpAddress> hosts;
    private final Function<IpAddress, Content> name;

    /** @param name what a host is called in the list */
    BotPicture(String server, List<IpAddress> hosts, Function<IpAddress, Content> name) {
        this.server = server;
        this.hosts = hosts;
        this.name = name;
    }

    /** @param id unique on the page */
    Element toElement(String id) {
        return element("div").withClass("bots").add(figure(id), list());
    }

    private int drawn() {
        return Math.min(MOST_DRAWN, hosts.size());
    }

    private Element figure(String id) {
        String title = id + "-bots-title";
        Element drawing = element("svg")
                .attribute("viewBox", "0 0 " + SIZE + " " + SIZE)
                .attribute("role", "img")
                .attribute("aria-labelledby", title)
                .add(element("title", server + " in the middle, and around it " + Amounts.count(drawn(), "host"))
                        .attribute("id", title));
        Element lines = element("g").withClass("lines").attribute("aria-hidden", "true");
        Element bots = element("g").withClass("letters").attribute("aria-hidden", "true");
        for (int i = 0; i < drawn(); i++) {
            double angle = 2 * Math.PI * i / drawn() - Math.PI / 2;
            String x = number(MIDDLE + RING * Math.cos(angle));
            String y = number(MIDDLE + RING * Math.sin(angle));
            lines.add(element("line")
                    .attribute("x1", MIDDLE)
                    .attribute("y1", MIDDLE)
                    .attribute("x2", x)
                    .attribute("y2", y));
            bots.add(
                    circle(x, y, BOT).withClass("vector-1"),
                    element("text", Integer.toString(i + 1))
                            .attribute("x", x)
                            .attribute("y", y)
                            .attribute("dy", "0.35em"));
        }
        String middle = Integer.toString(MIDDLE);
        bots.add(
                circle(middle, middle, SERVER).withClass("vector-2"),
                element("text", "server")
                        .attribute("x", middle)
                        .attribute("y", middle)
                        .attribute("dy", "0.35em"));
        return element("figure").add(drawing.add(lines, bots));
    }

    private static Element circle(String x, String y, int radius) {
        return element("circle").attribute("cx", x).attribute("cy", y).attribute("r", radius);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private Element list() {
        Element list = element("ol");
        hosts.stream().limit(MOST_DRAWN).forEach(host -> list.add(element("li").add(name.apply(host))));
        Element side = element("div").add(list);
        return hosts.size() > MOST_DRAWN
                ? side.add(element("p", Amounts.count(hosts.size() - MOST_DRAWN) + " more hosts are not drawn."))
                : side;
    }
}
