package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A span of time in UTC, with marks at round times.
 *
 * @param start what the axis begins with
 * @param length more than zero
 */
record TimeAxis(Instant start, Duration length) {
    private static final int MOST_TICKS = 6;
    private static final long SECOND = 1_000_000_000;
    private static final long DAY = 86_400;
    private static final long[] ROUND_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY
    };

    /**
     * @param position 0 at the start of the axis, 1 at its end
     */
    record Tick(double position, String label) {}

    TimeAxis {
        start = UtcTime.expressible(start);
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("an axis needs a length");
        }
    }

    Instant end() {
        return start.plus(length);
    }

    /** The marks, six at most. */
    List<Tick> ticks() {
        Duration step = step();
        List<Tick> ticks = new ArrayList<>();
        for (Instant at = firstTick(step); !at.isAfter(end()); at = at.plus(step)) {
            ticks.add(new Tick(ratio(Duration.between(start, at), length), tickLabel(at, step)));
        }
        return ticks;
    }

    /** The time with as many decimals as it takes to tell it from {@code resolution} later. */
    static String timeOfDay(Instant time, Duration resolution) {
        int decimals = 0;
        for (long unit = SECOND; decimals < 9 && resolution.compareTo(Duration.ofNanos(unit)) < 0; unit /= 10) {
            decimals++;
        }
        return format(time, "HH:mm:ss" + (decimals == 0 ? "" : "." + "S".repeat(decimals)));
    }

    private String tickLabel(Instant time, Duration step) {
        if (step.compareTo(Duration.ofMinutes(1)) < 0) {
            return timeOfDay(time, step);
        }
        if (step.compareTo(Duration.ofDays(1)) >= 0) {
            return format(time, "uuuu-MM-dd");
        }
        return format(time, length.compareTo(Duration.ofDays(1)) < 0 ? "HH:mm" : "MM-dd HH:mm");
    }

    private static String format(Instant time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .format(UtcTime.expressible(time).atOffset(ZoneOffset.UTC));
    }

    /** The shortest round step that gives few enough marks. */
    private Duration step() {
        for (long unit = 1; unit < SECOND; unit *= 10) {
            for (long factor : new long[] {1, 2, 5}) {
                if (suffices(Duration.ofNanos(unit * factor))) {
                    return Duration.ofNanos(unit * factor);
                }
            }
        }
        for (long seconds : ROUND_SECONDS) {
            if (suffices(Duration.ofSeconds(seconds))) {
                return Duration.ofSeconds(seconds);
            }
        }
        Duration step = Duration.ofDays(2);
        while (!suffices(step)) {
            step = step.multipliedBy(2);
        }
        return step;
    }

    private boolean suffices(Duration step) {
        return step.multipliedBy(MOST_TICKS).compareTo(length) >= 0;
    }

    private Instant firstTick(Duration step) {
        Duration sinceRound = step.getSeconds() == 0
                ? Duration.ofNanos(start.getNano() % step.toNanos())
                : Duration.ofSeconds(Math.floorMod(start.getEpochSecond(), step.getSeconds()), start.getNano());
        return sinceRound.isZero() ? start : start.minus(sinceRound).plus(step);
    }

    private static double ratio(Duration part, Duration whole) {
        return seconds(part) / seconds(whole);
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / (double) SECOND;
    }
}
