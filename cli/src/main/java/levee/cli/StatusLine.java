package levee.cli;

import java.io.PrintStream;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** A line on the terminal that is written over four times a second, once something takes longer than a second. */
final class StatusLine {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long INTERVAL_NANOS = 250_000_000L;

    private final PrintStream terminal;
    private final LongSupplier clock;
    private long began;
    private long nextShown;
    private boolean shown;

    /** @param clock nanoseconds from any origin */
    StatusLine(PrintStream terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    void begin() {
        began = clock.getAsLong();
        nextShown = began + FIRST_NANOS;
    }

    /** The seconds since the beginning, if it is time to show something. */
    OptionalDouble due() {
        long now = clock.getAsLong();
        if (now < nextShown) {
            return OptionalDouble.empty();
        }
        nextShown = now + INTERVAL_NANOS;
        return OptionalDouble.of((now - began) / 1e9);
    }

    void show(String text) {
        shown = true;
        terminal.print("\r" + text + "\u001b[K");
        terminal.flush();
    }

    void erase() {
        if (shown) {
            show("");
            shown = false;
        }
    }
}
