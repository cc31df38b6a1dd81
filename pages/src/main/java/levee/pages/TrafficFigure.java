package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.Element.element;

import java.util.ArrayList;
import java.util.List;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.report.UtcTime;

/** Traffic over time, by protocol and by vector: drawn by the script, in numbers for the ear and where there is none. */
final class TrafficFigure {
    private static final String[] MINUTES_SHOWN = {"tcp", "udp", "icmp", "other"};

    private final TrafficHistory history;

    TrafficFigure(TrafficHistory history) {
        this.history = history;
    }

    Element toElement(TrafficHistory.Range range) {
        return element("section")
                .attribute("id", "traffic")
                .withClass("traffic")
                .attribute("aria-labelledby", "traffic-heading")
                .attribute("data-source", Paths.TRAFFIC)
                .attribute("data-range", range.label())
                .add(
                        element("header")
                                .add(
                                        element("h2", "Traffic").attribute("id", "traffic-heading"),
                                        ranges(range),
                                        units()),
                        element("div")
                                .withClass("charts")
                                .add(
                                        chart("protocols", "All traffic by protocol"),
                                        chart("vectors", "Traffic of attacks by vector")),
                        element(
                                        "p",
                                        "A flow counts in the second in which its record comes, so that pulses look"
                                                + " higher and later than they are; findings spread it over its time.")
                                .withClass("quiet"),
                        numbers());
    }

    private static Element chart(String name, String title) {
        return element("figure")
                .add(
                        element("figcaption", title),
                        element("div")
                                .withClass("plot")
                                .attribute("data-chart", name)
                                .attribute("role", "img")
                                .attribute("aria-label", title + ", drawn; below it are the numbers"));
    }

    private static Element ranges(TrafficHistory.Range current) {
        Element list = element("ul").withClass("choices").attribute("aria-label", "How far back");
        for (TrafficHistory.Range range : TrafficHistory.Range.values()) {
            Element link = element("a", range.words()).attribute("href", "/?range=" + range.label());
            list.add(element("li").add(range == current ? link.attribute("aria-current", "true") : link));
        }
        return list;
    }

    /** The script makes it work; without one there are no drawings either. */
    private static Element units() {
        return element("ul")
                .withClass("choices units")
                .attribute("aria-label", "Counted in")
                .add(
                        element("li")
                                .add(element("button", "bit/s")
                                        .attribute("type", "button")
                                        .attribute("data-unit", "bits")
                                        .attribute("aria-pressed", "true")),
                        element("li")
                                .add(element("button", "packets/s")
                                        .attribute("type", "button")
                                        .attribute("data-unit", "packets")
                                        .attribute("aria-pressed", "false")));
    }

    private Element numbers() {
        TrafficHistory.Table minutes = history.table(TrafficHistory.Range.HOUR, List.of(MINUTES_SHOWN));
        DataTable table = DataTable.scrolling(
                "Mean bits per second of the last hour, the newest first",
                unbroken("From (UTC)"),
                number("TCP"),
                number("UDP"),
                number("ICMP"),
                number("Other"));
        for (int step = minutes.steps() - 1; step >= 0; step--) {
            if (!minutes.isMeasured(step)) {
                continue;
            }
            List<String> cells = new ArrayList<>();
            cells.add(UtcTime.toSecond(minutes.time(step)));
            for (TrafficHistory.Series series : minutes.series()) {
                cells.add(Units.bitRate(series.bitsPerSecond(step)));
            }
            table.row(cells);
        }
        return element("details").add(element("summary", "In numbers"), table.toElement());
    }
}
