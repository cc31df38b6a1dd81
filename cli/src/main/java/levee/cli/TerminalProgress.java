package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;

/** Says on the terminal how far reading has come, how fast it goes and how long it will take. */
final class TerminalProgress implements ReadProgress {
    private static final double MEGA = 1e6;

    private final StatusLine line;
    private long size;

    TerminalProgress(StatusLine line) {
        this.line = line;
    }

    @Override
    public void began(Location input) {
        size = switch (input) {
            case Location.File file -> sizeOf(file.path());
            case Location.ZeekLogs logs ->
                logs.files().stream().mapToLong(TerminalProgress::sizeOf).sum();
            case Location.StandardInput standardInput -> 0;
        };
        line.begin();
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void read(long bytes, long rows) {
        OptionalDouble seconds = line.due();
        if (seconds.isPresent()) {
            line.show(text(bytes, rows, seconds.getAsDouble()));
        }
    }

    private String text(long bytes, long rows, double seconds) {
        StringBuilder text = new StringBuilder();
        if (size > 0) {
            text.append(String.format(Locale.ROOT, "%3d %%  ", Math.min(100, bytes * 100 / size)));
        }
        text.append(String.format(
                Locale.ROOT,
                "%.1f million rows, %.1f million/s, %.0f MB/s",
                rows / MEGA,
                rows / seconds / MEGA,
                bytes / seconds / MEGA));
        if (size > 0 && bytes > 0) {
            text.append(String.format(Locale.ROOT, ", %.0f s left", Math.max(0, size - bytes) * seconds / bytes));
        }
        return text.toString();
    }

    @Override
    public void finished() {
        line.erase();
    }
}
