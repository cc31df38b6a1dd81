package levee.report;

import static levee.report.Element.element;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Attack;

/** The traffic over time: bits and packets per second, and behind them the numbers. */
final class TimelineFigure {
    private static final int BITS_HEIGHT = 200;
    private static final int PACKETS_HEIGHT = 110;

    private final TimelineSeries series;
    private final VectorKeys keys;

    TimelineFigure(Attack attack, VectorKeys keys) {
        this.series = new TimelineSeries(attack.timeline(), keys);
        this.keys = keys;
    }

    TimelineSeries series() {
        return series;
    }

    Element toElement(String id) {
        if (series.isEmpty()) {
            return element("p", "How the traffic ran over time is not known.");
        }
        return element("figure")
                .add(
                        legend(),
                        new RateChart(series, series.bitsPerSecond(), "bit/s", Units::bitRate, BITS_HEIGHT)
                                .drawing(id + "-bits", "Bits per second over time, by vector"),
                        new RateChart(series, series.packetsPerSecond(), "pps", Units::packetRate, PACKETS_HEIGHT)
                                .drawing(id + "-packets", "Packets per second over time, by vector"),
                        caption(id));
    }

    private Element legend() {
        Element legend = element("ul").withClass("legend");
        for (int key = 0; key < keys.count(); key++) {
            legend.add(element("li").add(VectorKeys.swatch(key)).text(" " + keys.name(key)));
        }
        return legend.add(element("li").add(VectorKeys.swatchOfOther()).text(" other traffic of the target"));
    }

    private Element caption(String id) {
        boolean isShort = series.slot().compareTo(Duration.ofSeconds(1)) < 0;
        return element(
                        "figcaption",
                        "Time of day in UTC, from %s on. Each of the %s is the mean over %s, and the highest one of the attack is marked. "
                                        .formatted(
                                                UtcTime.date(series.start(0)),
                                                Amounts.count(series.slots(), "step"),
                                                Units.duration(series.slot()))
                                + "The peak above is of the fullest second, so a step can be %s."
                                        .formatted(isShort ? "higher" : "lower"))
                .add(
                        Content.text(" "),
                        element("a", "All steps in numbers").attribute("href", "#" + numbersId(id)),
                        Content.text("."));
    }

    private static String numbersId(String id) {
        return id + "-numbers";
    }

    /** What the drawings show, as a table; nothing where there is no timeline. */
    Element numbers(String id) {
        if (series.isEmpty()) {
            return element("div");
        }
        List<DataTable.Column> columns = new ArrayList<>();
        columns.add(DataTable.words("From (UTC)"));
        List<String> names = new ArrayList<>();
        for (int key = 0; key < keys.count(); key++) {
            names.add(keys.name(key));
        }
        names.add("Other");
        for (String name : names) {
            columns.add(DataTable.number(name + ", bits"));
            columns.add(DataTable.number(name + ", packets"));
        }
        DataTable table = DataTable.scrolling(
                "Rates by step of " + Units.duration(series.slot()), columns.toArray(DataTable.Column[]::new));
        List<double[]> bits = series.bitsPerSecond();
        List<double[]> packets = series.packetsPerSecond();
        for (int slot = 0; slot < series.slots(); slot++) {
            List<String> cells = new ArrayList<>();
            cells.add(TimeAxis.timeOfDay(series.start(slot), series.slot()));
            for (int i = 0; i < names.size(); i++) {
                int one = (i + 1) % names.size();
                cells.add(Units.bitRate(bits.get(one)[slot]));
                cells.add(Units.packetRate(packets.get(one)[slot]));
            }
            table.row(cells);
        }
        return element("details")
                .add(
                        element("summary", "Traffic over time in numbers"),
                        table.toElement().attribute("id", numbersId(id)));
    }
}
