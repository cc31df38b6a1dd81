package levee.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.TrafficPoint;

/** Traffic series of the store in equal steps, a few hundred at most. */
final class TrafficHistory {
    /** Of the series of traffic that belonged to open attacks: a vector's label follows. */
    static final String ATTACK_PREFIX = "attack.";

    static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp", "other");

    /** What a second brought is in the store so long after its end, at the latest. */
    private static final Duration KEPT_AFTER = Duration.ofMillis(1_600);

    private final Store store;
    private final InstantSource clock;

    /** How far back, and in which steps. */
    enum Range {
        TEN_MINUTES("10m", "10 min", Duration.ofMinutes(10), Duration.ofSeconds(1), Resolution.SECOND),
        HOUR("1h", "1 h", Duration.ofHours(1), Duration.ofMinutes(1), Resolution.MINUTE),
        DAY("24h", "24 h", Duration.ofDays(1), Duration.ofMinutes(3), Resolution.MINUTE),
        WEEK("7d", "7 d", Duration.ofDays(7), Duration.ofMinutes(20), Resolution.MINUTE);

        private final String label;
        private final String words;
        private final Duration length;
        private final Duration step;
        private final Resolution resolution;

        Range(String label, String words, Duration length, Duration step, Resolution resolution) {
            this.label = label;
            this.words = words;
            this.length = length;
            this.step = step;
            this.resolution = resolution;
        }

        String label() {
            return label;
        }

        String words() {
            return words;
        }

        static List<String> labels() {
            return Arrays.stream(values()).map(Range::label).toList();
        }

        static Optional<Range> of(String label) {
            return Arrays.stream(values())
                    .filter(range -> range.label.equals(label))
                    .findFirst();
        }
    }

    /** Rates by step; 0 where nothing was measured. */
    record Series(String name, double[] packets, double[] bits) {
        double bitsPerSecond(int step) {
            return bits[step];
        }
    }

    /**
     * @param from when the first step begins
     */
    record Table(Instant from, Duration step, int steps, List<Series> series) {
        /** Whether there was any traffic in a step. */
        boolean isMeasured(int number) {
            return series.stream().anyMatch(one -> one.packets()[number] > 0);
        }

        Instant time(int number) {
            return from.plus(step.multipliedBy(number));
        }
    }

    TrafficHistory(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The names of all series that a chart of protocols and vectors has. */
    List<String> charted() {
        List<String> names = new ArrayList<>(PROTOCOLS);
        store.trafficSeries().stream()
                .filter(name -> name.startsWith(ATTACK_PREFIX))
                .forEach(names::add);
        return names;
    }

    /** The steps up to now that are over; vectors without any traffic in them are left out. */
    Table table(Range range, List<String> names) {
        return table(range, range.length, names);
    }

    /** The last seconds, for who has seen the others. */
    Table newest(Duration length) {
        return table(Range.TEN_MINUTES, length, charted());
    }

    private Table table(Range range, Duration length, List<String> names) {
        long step = range.step.toSeconds();
        // A step that is not over, or not all kept yet, would look like a fall.
        long to = Math.floorDiv(clock.instant().minus(KEPT_AFTER).getEpochSecond(), step) * step;
        int steps = (int) length.dividedBy(range.step);
        long from = to - steps * step;
        List<Series> all = new ArrayList<>();
        for (String name : names) {
            Series series = series(range, name, from, steps);
            if (!name.startsWith(ATTACK_PREFIX) || Arrays.stream(series.packets).anyMatch(rate -> rate > 0)) {
                all.add(series);
            }
        }
        return new Table(Instant.ofEpochSecond(from), range.step, steps, all);
    }

    private Series series(Range range, String name, long from, int steps) {
        double[] packets = new double[steps];
        double[] bits = new double[steps];
        long step = range.step.toSeconds();
        for (TrafficPoint point : store.traffic(
                range.resolution, name, Instant.ofEpochSecond(from), Instant.ofEpochSecond(from + steps * step))) {
            int slot = (int) ((point.time().getEpochSecond() - from) / step);
            packets[slot] += (double) point.packets() / step;
            bits[slot] += point.bytes() * 8.0 / step;
        }
        return new Series(name, packets, bits);
    }
}
