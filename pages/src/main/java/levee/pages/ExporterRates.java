package levee.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import levee.flowexport.ExporterStatistics;

/**
 * How many records a second each exporter sends, by what it had sent when somebody looked before. Safe for several
 * threads.
 */
final class ExporterRates {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** Rates are means over this long at least, since routers send in bursts. */
    private static final Duration LEAST = Duration.ofSeconds(8);

    private static final Duration MOST = Duration.ofSeconds(60);

    /** The oldest first. */
    private final Deque<Look> looks = new ArrayDeque<>();

    /** @param flows of each exporter, by its index */
    private record Look(Instant at, Map<Integer, Long> flows) {}

    /** Notes how much was sent so far; to be called as often as somebody looks. */
    synchronized void look(List<ExporterStatistics> exporters, Instant now) {
        if (!looks.isEmpty() && looks.getLast().at().isAfter(now)) {
            // The clock was set back.
            looks.clear();
        }
        if (looks.isEmpty() || !looks.getLast().at().plus(BETWEEN_LOOKS).isAfter(now)) {
            Map<Integer, Long> flows = new HashMap<>();
            exporters.forEach(exporter -> flows.put(exporter.index(), exporter.flows()));
            looks.addLast(new Look(now, flows));
        }
        while (!looks.isEmpty() && looks.getFirst().at().plus(MOST).isBefore(now)) {
            looks.removeFirst();
        }
    }

    /** Records a second; empty where nobody looked some seconds before. */
    synchronized OptionalDouble of(ExporterStatistics exporter, Instant now) {
        OptionalDouble rate = OptionalDouble.empty();
        for (Look look : looks) {
            Duration passed = Duration.between(look.at(), now);
            Long before = look.flows().get(exporter.index());
            if (passed.compareTo(LEAST) >= 0 && before != null && exporter.flows() >= before) {
                // Later ones are nearer to now.
                rate = OptionalDouble.of((exporter.flows() - before) * 1e3 / passed.toMillis());
            }
        }
        return rate;
    }
}
