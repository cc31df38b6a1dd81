package levee.store;

import java.time.Duration;

/** How far apart the points of a series are. */
public enum Resolution {
    SECOND(Duration.ofSeconds(1)),
    MINUTE(Duration.ofMinutes(1));

    private final Duration step;

    Resolution(Duration step) {
        this.step = step;
    }

    public Duration step() {
        return step;
    }
}
