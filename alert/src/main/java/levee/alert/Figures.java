package levee.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Figures {
    private static final List<String> PREFIXES = List.of("", "k", "M", "G", "T", "P", "E");
    private static final DateTimeFormatter TO_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    static String bitRate(double bitsPerSecond) {
        return prefixed(bitsPerSecond, "bit/s");
    }

    static String packetRate(double packetsPerSecond) {
        return prefixed(packetsPerSecond, "pps");
    }

    static String bytes(double bytes) {
        return prefixed(bytes, "B");
    }

    private static String prefixed(double value, String unit) {
        double scaled = Double.isFinite(value) ? Math.max(0, value) : 0;
        int prefix = 0;
        // What would be rounded to 1000 belongs to the next prefix.
        while (scaled >= 999.5 && prefix < PREFIXES.size() - 1) {
            scaled /= 1000;
            prefix++;
        }
        String number = scaled < 99.95
                ? String.format(Locale.ROOT, "%.1f", scaled).replaceFirst("\\.0$", "")
                : String.valueOf(Math.round(scaled));
        return number + " " + PREFIXES.get(prefix) + unit;
    }

    static String time(Instant time) {
        return TO_SECOND.format(time) + " UTC";
    }

    /** The two largest units. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds == 0 ? "less than a second" : seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + " h " + seconds / 60 % 60 + " min"
                : seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
    }
}
