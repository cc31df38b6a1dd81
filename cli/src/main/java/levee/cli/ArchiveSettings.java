package levee.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.archive.ArchiveLimits;

/** The section of {@code levee.yaml} that says how much of all flows is kept. */
final class ArchiveSettings {
    static final String SECTION = "archive";
    static final List<String> KEYS = List.of("size", "days");

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ?(MB|GB|TB)");
    private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Map<String, Long> UNITS =
            Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);
    private static final String USUAL_SIZE = "20 GB";
    private static final String USUAL_DAYS = "7";

    private ArchiveSettings() {}

    /** Where the archive is, in the folder for what must survive a restart. */
    static Path folder(Path data) {
        return data.resolve("flows");
    }

    /** @throws IllegalArgumentException if a value is not what it should be; the message says what that is */
    static ArchiveLimits of(Map<String, Object> keys) {
        String size = String.valueOf(keys.getOrDefault("size", USUAL_SIZE));
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the size '" + size + "' is not like 500 MB, 20 GB or 2 TB");
        }
        String days = String.valueOf(keys.getOrDefault("days", USUAL_DAYS));
        if (!DAYS.matcher(days).matches()) {
            throw new IllegalArgumentException("days: '" + days + "' is not a whole number from 1 to 99999");
        }
        return new ArchiveLimits(
                Long.parseLong(parts.group(1)) * UNITS.getOrDefault(parts.group(2), 0L),
                Duration.ofDays(Long.parseLong(days)));
    }
}
