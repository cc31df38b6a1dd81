package levee.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;

/** Reads {@code bots} of the settings: whether infected hosts are looked for, what is known to be bad, and what is not. */
final class BotSection {
    private static final List<String> KEYS = List.of("enabled", "indicators", "allow");

    private final SettingsReader reader;
    private final Optional<IndicatorTable> before;
    private final List<String> notes;

    /**
     * @param before what holds on where a file of indicators cannot be read; where absent, that is a mistake
     * @param notes takes what the operator should know that is no mistake
     */
    BotSection(SettingsReader reader, Optional<IndicatorTable> before, List<String> notes) {
        this.reader = reader;
        this.before = before;
        this.notes = notes;
    }

    BotSettings read(Yaml value) {
        Map<String, Yaml> keys = reader.keys(value, reader.at(value, "bots"), KEYS);
        return new BotSettings(
                Optional.ofNullable(keys.get("enabled")).map(this::isEnabled).orElse(true),
                Optional.ofNullable(keys.get("allow")).map(this::allowed).orElse(AllowTable.NOTHING),
                Optional.ofNullable(keys.get("indicators"))
                        .map(this::indicators)
                        .orElse(IndicatorTable.EMPTY));
    }

    private boolean isEnabled(Yaml value) {
        String where = reader.at(value, "enabled");
        return switch (reader.text(value, where).orElse("true")) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                reader.problem(where, "is true or false");
                yield true;
            }
        };
    }

    private AllowTable allowed(Yaml value) {
        List<String> entries = new ArrayList<>();
        for (Yaml.Text text : reader.texts(value, reader.at(value, "allow"))) {
            String where = reader.at(text, "allow");
            if (reader.parsed(text.value(), where, entry -> AllowTable.of(List.of(entry)))
                    .isPresent()) {
                entries.add(text.value());
            }
        }
        return AllowTable.of(entries);
    }

    private IndicatorTable indicators(Yaml value) {
        String where = reader.at(value, "indicators");
        IndicatorFiles files = new IndicatorFiles();
        reader.texts(value, where).forEach(text -> files.read(Path.of(text.value())));
        IndicatorTable table = files.table();
        notes.addAll(files.notes());
        if (files.problems().isEmpty()) {
            return table;
        }
        if (before.isPresent()) {
            notes.addAll(files.problems());
            notes.add("the indicators stay as they were, because of these files");
            return before.get();
        }
        files.problems().forEach(problem -> reader.problem(where, problem));
        return table;
    }
}
