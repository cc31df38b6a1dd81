package levee.evaluation;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** The five minutes of the clock that García et al. compare by, numbered from 1970 on. */
final class Frames {
    private static final long SECONDS = 300;

    /** Over nine years: what goes on for longer is not compared to its end. */
    private static final long MOST = 1_000_000;

    private Frames() {}

    static long of(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }

    /** All frames that a span of time touches. */
    static Set<Long> between(Instant start, Instant end) {
        Set<Long> frames = new LinkedHashSet<>();
        long last = Math.min(of(end), of(start) + MOST);
        for (long frame = of(start); frame <= last; frame++) {
            frames.add(frame);
        }
        return frames;
    }
}
