package levee.cli;

import java.util.Locale;
import java.util.OptionalDouble;

/** Says on the terminal how much of a drill is played. */
final class DrillProgress {
    private static final double MEGA = 1e6;

    private final StatusLine line;
    private final boolean enabled;

    DrillProgress(StatusLine line, boolean enabled) {
        this.line = line;
        this.enabled = enabled;
        line.begin();
    }

    /** @param share of the drill's time, 0 to 1 */
    void played(double share, long packets) {
        OptionalDouble seconds = enabled ? line.due() : OptionalDouble.empty();
        if (seconds.isPresent()) {
            line.show(text(share, packets, seconds.getAsDouble()));
        }
    }

    private static String text(double share, long packets, double seconds) {
        return String.format(
                Locale.ROOT,
                "%3.0f %%  %.1f million packets, %.1f million/s, %.0f s left",
                share * 100,
                packets / MEGA,
                packets / seconds / MEGA,
                share > 0 ? seconds * (1 - share) / share : 0);
    }

    void finished() {
        line.erase();
    }
}
