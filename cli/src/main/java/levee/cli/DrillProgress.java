package levee.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line on the terminal that says how much of a drill is played. */
final class DrillProgress {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long INTERVAL_NANOS = 250_000_000L;
    private static final double MEGA = 1e6;

    private final PrintStream terminal;
    private final LongSupplier clock;
    private final boolean enabled;
    private final long began;
    private long nextShown;
    private boolean shown;

    /** @param clock nanoseconds from any origin */
    DrillProgress(PrintStream terminal, LongSupplier clock, boolean enabled) {
        this.terminal = terminal;
        this.clock = clock;
        this.enabled = enabled;
        began = clock.getAsLong();
        nextShown = began + FIRST_NANOS;
    }

    /** @param share of the drill's time, 0 to 1 */
    void played(double share, long packets) {
        long now = clock.getAsLong();
        if (!enabled || now < nextShown) {
            return;
        }
        nextShown = now + INTERVAL_NANOS;
        shown = true;
        double seconds = (now - began) / 1e9;
        terminal.print(String.format(
                Locale.ROOT,
                "\r%3.0f %%  %.1f million packets, %.1f million/s, %.0f s left\u001b[K",
                share * 100,
                packets / MEGA,
                packets / seconds / MEGA,
                share > 0 ? seconds * (1 - share) / share : 0));
        terminal.flush();
    }

    void finished() {
        if (shown) {
            terminal.print("\r\u001b[K");
            terminal.flush();
            shown = false;
        }
    }
}
