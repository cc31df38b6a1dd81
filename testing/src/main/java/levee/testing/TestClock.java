package levee.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
public final class TestClock implements InstantSource {
    public static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");

    private volatile Instant now;

    /** Begins at {@link #NOW}. */
    public TestClock() {
        this(NOW);
    }

    public TestClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void move(Duration by) {
        now = now.plus(by);
    }
}
