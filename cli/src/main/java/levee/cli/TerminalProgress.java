package levee.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.function.LongSupplier;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;

/** A line on the terminal that says how far reading has come, how fast it goes and how long it will take. */
final class TerminalProgress implements ReadProgress {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long INTERVAL_NANOS = 250_000_000L;
    private static final double MEGA = 1e6;

    private final PrintStream terminal;
    private final LongSupplier clock;
    private long size;
    private long began;
    private long nextShown;
    private boolean shown;

    /** @param clock nanoseconds from any origin */
    TerminalProgress(PrintStream terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void began(Location input) {
        size = switch (input) {
            case Location.File file -> sizeOf(file);
            case Location.StandardInput standardInput -> 0;
        };
        began = clock.getAsLong();
        nextShown = began + FIRST_NANOS;
    }

    private static long sizeOf(Location.File file) {
        try {
            return Files.size(file.path());
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void read(long bytes, long rows) {
        long now = clock.getAsLong();
        if (now < nextShown) {
            return;
        }
        nextShown = now + INTERVAL_NANOS;
        shown = true;
        double seconds = (now - began) / 1e9;
        StringBuilder line = new StringBuilder("\r");
        if (size > 0) {
            line.append(String.format(Locale.ROOT, "%3d %%  ", Math.min(100, bytes * 100 / size)));
        }
        line.append(String.format(
                Locale.ROOT,
                "%.1f million rows, %.1f million/s, %.0f MB/s",
                rows / MEGA,
                rows / seconds / MEGA,
                bytes / seconds / MEGA));
        if (size > 0 && bytes > 0) {
            line.append(String.format(Locale.ROOT, ", %.0f s left", Math.max(0, size - bytes) * seconds / bytes));
        }
        terminal.print(line.append("\u001b[K"));
        terminal.flush();
    }

    @Override
    public void finished() {
        if (shown) {
            terminal.print("\r\u001b[K");
            terminal.flush();
            shown = false;
        }
    }
}
