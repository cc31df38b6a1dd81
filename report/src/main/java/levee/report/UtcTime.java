package levee.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in UTC. What RFC 3339 cannot express is written as the nearest time that it can. */
public final class UtcTime {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final DateTimeFormatter TO_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private UtcTime() {}

    /** RFC 3339 with no, three, six or nine decimals of the second, as many as it takes. */
    public static String exact(Instant instant) {
        return expressible(instant).toString();
    }

    /** Cut off after the second, for people, and without saying that it is UTC. */
    public static String toSecond(Instant instant) {
        return TO_SECOND.format(expressible(instant).atOffset(ZoneOffset.UTC));
    }

    /** The date alone. */
    static String date(Instant instant) {
        return expressible(instant).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    static Instant expressible(Instant instant) {
        if (instant.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return instant.isAfter(LATEST) ? LATEST : instant;
    }
}
