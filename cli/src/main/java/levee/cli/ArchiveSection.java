package levee.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.archive.ArchiveLimits;

/** Reads {@code archive} of the settings: how much of all flows is kept. */
final class ArchiveSection {
    private static final List<String> KEYS = List.of("size", "days");

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ?(MB|GB|TB)");
    private static final Map<String, Long> UNITS =
            Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);
    private static final long USUAL_BYTES = 20_000_000_000L;
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 99_999;

    private final SettingsReader reader;

    ArchiveSection(SettingsReader reader) {
        this.reader = reader;
    }

    /** Where the archive is, in the folder for what must survive a restart. */
    static Path folder(Path data) {
        return data.resolve("flows");
    }

    ArchiveLimits read(Yaml value) {
        Map<String, Yaml> keys = reader.keys(value, reader.at(value, "archive"), KEYS);
        Yaml size = keys.get("size");
        Yaml days = keys.get("days");
        return new ArchiveLimits(
                size == null ? USUAL_BYTES : bytes(size),
                Duration.ofDays(
                        days == null ? USUAL_DAYS : reader.number(days, reader.at(days, "days"), 1, MOST_DAYS)));
    }

    private long bytes(Yaml size) {
        String text = reader.text(size, reader.at(size, "size")).orElse("");
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            reader.problem(reader.at(size, "size"), "'" + text + "' is not like 500 MB, 20 GB or 2 TB");
            return USUAL_BYTES;
        }
        return Long.parseLong(parts.group(1)) * UNITS.getOrDefault(parts.group(2), 0L);
    }
}
