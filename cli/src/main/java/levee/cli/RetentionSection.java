package levee.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.store.Retention;

/** Reads {@code retention} of the settings: for how many days what is kept. */
final class RetentionSection {
    private static final List<String> KEYS = List.of("findings", "seconds", "minutes", "audit", "revisions");
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_REVISIONS = 10_000;

    private final SettingsReader reader;

    RetentionSection(SettingsReader reader) {
        this.reader = reader;
    }

    /** What is kept for how long where nobody says anything else. */
    static Map<String, String> usual() {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("findings", String.valueOf(Retention.DEFAULT.findings().toDays()));
        usual.put("seconds", String.valueOf(Retention.DEFAULT.seconds().toDays()));
        usual.put("minutes", String.valueOf(Retention.DEFAULT.minutes().toDays()));
        usual.put("audit", String.valueOf(Retention.DEFAULT.audit().toDays()));
        usual.put("revisions", String.valueOf(Retention.DEFAULT.revisions()));
        return usual;
    }

    Retention read(Yaml value) {
        Map<String, Yaml> keys = reader.keys(value, reader.at(value, "retention"), KEYS);
        Yaml revisions = keys.get("revisions");
        return new Retention(
                days(keys, "findings", Retention.DEFAULT.findings()),
                days(keys, "seconds", Retention.DEFAULT.seconds()),
                days(keys, "minutes", Retention.DEFAULT.minutes()),
                days(keys, "audit", Retention.DEFAULT.audit()),
                revisions == null
                        ? Retention.DEFAULT.revisions()
                        : reader.number(revisions, reader.at(revisions, "revisions"), 1, MOST_REVISIONS));
    }

    private Duration days(Map<String, Yaml> keys, String name, Duration usual) {
        Yaml value = keys.get(name);
        return value == null ? usual : Duration.ofDays(reader.number(value, reader.at(value, name), 1, MOST_DAYS));
    }
}
