package levee.report;

import static levee.report.Element.element;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import levee.model.InfectedHost.Behaviour;

/** When a host did what: a bar for each behaviour, over time. */
final class BehaviourBars {
    private static final int ROW = 36;
    private static final int BAR = 12;
    private static final int ROOM_FOR_TIMES = 24;
    private static final int COLOURS = 8;

    /** A moment must not vanish beside days. */
    private static final double LEAST_PART = 0.006;

    private final List<Behaviour> behaviours;
    private final TimeAxis axis;

    /** @param behaviours one at least */
    BehaviourBars(List<Behaviour> behaviours) {
        this.behaviours = behaviours;
        Instant from = behaviours.stream()
                .map(behaviour -> UtcTime.expressible(behaviour.firstSeen()))
                .min(Instant::compareTo)
                .orElseThrow();
        Instant to = behaviours.stream()
                .map(behaviour -> UtcTime.expressible(behaviour.lastSeen()))
                .max(Instant::compareTo)
                .orElseThrow();
        Duration length = Duration.between(from, to);
        axis = new TimeAxis(from, length.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : length);
    }

    /** @param id unique on the page */
    Element toElement(String id) {
        return element("figure").add(drawing(id), element("figcaption", caption()));
    }

    private Element drawing(String id) {
        String title = id + "-bars-title";
        String description = id + "-bars-description";
        Element drawing = element("svg")
                .withClass("chart bars")
                .attribute("width", "100%")
                .attribute("height", behaviours.size() * ROW + ROOM_FOR_TIMES)
                .attribute("role", "img")
                .attribute("aria-labelledby", title + " " + description)
                .add(
                        element("title", "Behaviours over time").attribute("id", title),
                        element("desc", "The table of behaviours says the same in numbers.")
                                .attribute("id", description),
                        times());
        for (int i = 0; i < behaviours.size(); i++) {
            drawing.add(row(i));
        }
        return drawing;
    }

    private Element row(int index) {
        Behaviour behaviour = behaviours.get(index);
        double from = part(behaviour.firstSeen());
        double length = Math.max(LEAST_PART, part(behaviour.lastSeen()) - from);
        double start = Math.min(from, 1 - length);
        return element("g")
                .attribute("aria-hidden", "true")
                .add(
                        element("text", behaviour.kind().label())
                                .attribute("x", 0)
                                .attribute("y", index * ROW + 14),
                        element("rect")
                                .withClass("vector-" + (index % COLOURS + 1))
                                .attribute("x", percent(start))
                                .attribute("y", index * ROW + 19)
                                .attribute("width", percent(length))
                                .attribute("height", BAR));
    }

    private Element times() {
        int bottom = behaviours.size() * ROW;
        Element group = element("g")
                .withClass("axis")
                .attribute("aria-hidden", "true")
                .add(element("line")
                        .withClass("base")
                        .attribute("x2", "100%")
                        .attribute("y1", bottom)
                        .attribute("y2", bottom));
        List<TimeAxis.Tick> ticks = axis.ticks();
        for (int i = 0; i < ticks.size(); i++) {
            TimeAxis.Tick tick = ticks.get(i);
            String x = percent(tick.position());
            Element label = element("text", tick.label())
                    .attribute("x", x)
                    .attribute("y", bottom + 19)
                    .attribute("text-anchor", RateChart.anchor(tick.position(), 0.08));
            group.add(
                    element("line")
                            .attribute("x1", x)
                            .attribute("x2", x)
                            .attribute("y1", bottom)
                            .attribute("y2", bottom + 5),
                    i % 2 == 0 ? label : label.withClass("dense"));
        }
        return group;
    }

    private String caption() {
        return "From %s to %s UTC.".formatted(UtcTime.toSecond(axis.start()), UtcTime.toSecond(axis.end()));
    }

    private double part(Instant time) {
        Duration since = Duration.between(axis.start(), UtcTime.expressible(time));
        return Math.clamp(TimeAxis.seconds(since) / TimeAxis.seconds(axis.length()), 0.0, 1.0);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part * 100);
    }
}
