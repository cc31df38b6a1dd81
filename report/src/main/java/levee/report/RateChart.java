package levee.report;

import static levee.report.Element.element;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import levee.model.Amounts;

/**
 * One rate over time as stacked areas. Only the areas stretch with the page: what is written keeps its size, since it is
 * placed by percent beside them.
 */
public final class RateChart {
    /** Where the areas begin; above them is room for the mark of the peak. */
    private static final int PLOT_TOP = 22;

    private static final int ROOM_FOR_TIMES = 24;
    private static final int LEAST_LETTER_PIXELS = 15;

    private final TimelineSeries series;
    private final List<double[]> rates;
    private final String baseUnit;
    private final DoubleFunction<String> inWords;
    private final int height;
    private final RateAxis axis;
    private final StackedAreas areas;

    /**
     * @param rates of each of the {@code series}
     * @param baseUnit what the rates are counted in
     * @param inWords a rate with its unit
     * @param height of the areas in pixels
     */
    RateChart(
            TimelineSeries series, List<double[]> rates, String baseUnit, DoubleFunction<String> inWords, int height) {
        this.series = series;
        this.rates = rates;
        this.baseUnit = baseUnit;
        this.inWords = inWords;
        this.height = height;
        this.axis = RateAxis.upTo(IntStream.range(0, series.slots())
                .mapToDouble(slot -> sum(slot, 0))
                .max()
                .orElse(0));
        this.areas = new StackedAreas(rates, series.slots(), axis.top());
    }

    private double sum(int slot, int firstSeries) {
        return rates.stream()
                .skip(firstSeries)
                .mapToDouble(values -> values[slot])
                .sum();
    }

    /** @param name what is drawn, unique on the page as an id with {@code id} before it */
    Element drawing(String id, String name) {
        String title = id + "-title";
        String description = id + "-description";
        return element("svg")
                .withClass("chart")
                .attribute("width", "100%")
                .attribute("height", PLOT_TOP + height + ROOM_FOR_TIMES)
                .attribute("role", "img")
                .attribute("aria-labelledby", title + " " + description)
                .add(
                        element("title", name).attribute("id", title),
                        element("desc", description()).attribute("id", description))
                .add(rateAxis())
                .add(plot())
                .add(timeAxis())
                .add(letters())
                .add(peak());
    }

    private String description() {
        String span = "From %s to %s UTC in %s of %s."
                .formatted(
                        TimeAxis.timeOfDay(series.start(0), series.slot()),
                        TimeAxis.timeOfDay(series.axis().end(), series.slot()),
                        Amounts.count(series.slots(), "step"),
                        Units.duration(series.slot()));
        OptionalInt highest = areas.highest(1);
        return highest.isEmpty()
                ? span
                : span
                        + " The attack is highest at %s with %s."
                                .formatted(
                                        TimeAxis.timeOfDay(series.start(highest.getAsInt()), series.slot()),
                                        inWords.apply(sum(highest.getAsInt(), 1)));
    }

    private Element plot() {
        Element plot = element("svg")
                .attribute("y", PLOT_TOP)
                .attribute("width", "100%")
                .attribute("height", height)
                .attribute("viewBox", "0 0 " + series.slots() + " " + StackedAreas.HEIGHT)
                .attribute("preserveAspectRatio", "none");
        for (int i = 0; i < rates.size(); i++) {
            String path = areas.path(i);
            if (!path.isEmpty()) {
                plot.add(element("path")
                        .withClass(i == 0 ? "other" : VectorKeys.cssClass(i - 1))
                        .attribute("d", path));
            }
        }
        return plot;
    }

    private Element rateAxis() {
        Element group = element("g").withClass("axis").attribute("aria-hidden", "true");
        group.add(element("text", axis.unit(baseUnit))
                .withClass("unit")
                .attribute("x", -8)
                .attribute("y", PLOT_TOP - 10)
                .attribute("text-anchor", "end"));
        for (RateAxis.Tick tick : axis.ticks()) {
            String y = pixels(PLOT_TOP + height * (1 - tick.rate() / axis.top()));
            group.add(
                    element("line")
                            .withClass(tick.rate() == 0 ? "base" : "grid")
                            .attribute("x2", "100%")
                            .attribute("y1", y)
                            .attribute("y2", y),
                    element("text", tick.label())
                            .attribute("x", -8)
                            .attribute("y", y)
                            .attribute("dy", "0.35em")
                            .attribute("text-anchor", "end"));
        }
        return group;
    }

    private Element timeAxis() {
        Element group = element("g").withClass("axis").attribute("aria-hidden", "true");
        int bottom = PLOT_TOP + height;
        List<TimeAxis.Tick> ticks = series.axis().ticks();
        for (int i = 0; i < ticks.size(); i++) {
            TimeAxis.Tick tick = ticks.get(i);
            String x = percent(tick.position());
            Element mark = element("line")
                    .attribute("x1", x)
                    .attribute("x2", x)
                    .attribute("y1", bottom)
                    .attribute("y2", bottom + 5);
            Element label = element("text", tick.label())
                    .attribute("x", x)
                    .attribute("y", bottom + 19)
                    .attribute("text-anchor", anchor(tick.position(), 0.08));
            // Every other one gives way where there is little room.
            group.add(mark, i % 2 == 0 ? label : label.withClass("dense"));
        }
        return group;
    }

    private Element letters() {
        Element group = element("g").withClass("letters").attribute("aria-hidden", "true");
        for (int key = 0; key < rates.size() - 1; key++) {
            StackedAreas.Room room = areas.room(key + 1);
            double pixels = (double) room.height() * height / StackedAreas.HEIGHT;
            if (rates.size() > 2 && pixels >= LEAST_LETTER_PIXELS) {
                group.add(element("text", VectorKeys.letter(key))
                        .withClass(VectorKeys.cssClass(key))
                        .attribute("x", percent(room.x() / series.slots()))
                        .attribute("y", pixels(PLOT_TOP + room.y() * height / StackedAreas.HEIGHT))
                        .attribute("dy", "0.35em")
                        .attribute("text-anchor", "middle"));
            }
        }
        return group;
    }

    /** A mark above the slot in which the attack is highest. */
    private Element peak() {
        Element group = element("g").withClass("peak").attribute("aria-hidden", "true");
        areas.highest(1).ifPresent(slot -> {
            double position = (slot + 0.5) / series.slots();
            double rate = sum(slot, 1);
            String x = percent(position);
            group.add(
                    element("line")
                            .attribute("x1", x)
                            .attribute("x2", x)
                            .attribute("y1", PLOT_TOP - 7)
                            .attribute("y2", pixels(PLOT_TOP + height * (1 - sum(slot, 0) / axis.top()))),
                    element("text", inWords.apply(rate) + " of attack")
                            .attribute("x", x)
                            .attribute("y", PLOT_TOP - 10)
                            .attribute("text-anchor", anchor(position, 0.25)));
        });
        return group;
    }

    /** Text near the edges stays within them. */
    static String anchor(double position, double edge) {
        if (position < edge) {
            return "start";
        }
        return position > 1 - edge ? "end" : "middle";
    }

    /** The course of one series alone, on its own scale. */
    public static Element sparkline(double[] rates, int key) {
        double top = RateAxis.upTo(Arrays.stream(rates).max().orElse(0)).top();
        StackedAreas area = new StackedAreas(List.of(rates), rates.length, top);
        return element("svg")
                .withClass("sparkline")
                .attribute("viewBox", "0 0 " + Math.max(1, rates.length) + " " + StackedAreas.HEIGHT)
                .attribute("preserveAspectRatio", "none")
                .attribute("aria-hidden", "true")
                .add(element("path").withClass(VectorKeys.cssClass(key)).attribute("d", area.path(0)));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part * 100);
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
