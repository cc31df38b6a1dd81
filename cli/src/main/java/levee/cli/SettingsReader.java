package levee.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.model.Prefix;
import levee.model.Suggestion;

/** Reads values of a settings file, and collects everything that is wrong with them, by line. */
final class SettingsReader {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([kMG]?)");

    private final List<String> problems = new ArrayList<>();
    private final String fileName;

    /** @param fileName empty where there is no file */
    SettingsReader(String fileName) {
        this.fileName = fileName;
    }

    List<String> problems() {
        return problems;
    }

    /** @param where such as {@code --web}, or what {@link #at} says */
    void problem(String where, String text) {
        problems.add(where + ": " + text);
    }

    /** Where a value is, for people. */
    String at(Yaml value, String name) {
        return fileName + ", line " + value.line() + ", " + name;
    }

    /** The values by their keys, without those that are unknown or empty. */
    Map<String, Yaml> keys(Yaml value, String where, List<String> known) {
        Map<String, Yaml> keys = new LinkedHashMap<>();
        if (!(value instanceof Yaml.Keys entries)) {
            problem(where, "is not a list of keys and values");
            return keys;
        }
        entries.twice().forEach(name -> problem(where, "the key '" + name + "' is there more than once"));
        entries.entries().forEach((name, content) -> {
            if (!known.contains(name)) {
                problem(
                        fileName + ", line " + content.line() + section(where),
                        "there is no key '" + name + "'." + Suggestion.among(name, known));
            } else if (!(content instanceof Yaml.Nothing)) {
                keys.put(name, content);
            }
        });
        return keys;
    }

    /** The last part of where something is, unless that is the file itself. */
    private String section(String where) {
        return where.startsWith(fileName + ", line ") ? where.substring(where.lastIndexOf(", ")) : "";
    }

    Optional<String> text(Yaml value, String where) {
        if (value instanceof Yaml.Text text) {
            return Optional.of(text.value());
        }
        problem(where, "has one value, not several");
        return Optional.empty();
    }

    /** One text, or a list of them. */
    List<Yaml.Text> texts(Yaml value, String where) {
        if (value instanceof Yaml.Text text) {
            return List.of(text);
        }
        List<Yaml.Text> texts = new ArrayList<>();
        for (Yaml item : items(value, where)) {
            if (item instanceof Yaml.Text text) {
                texts.add(text);
            } else {
                problem(where, "is a list of texts");
            }
        }
        return texts;
    }

    List<Yaml> items(Yaml value, String where) {
        if (value instanceof Yaml.Items list) {
            return list.items();
        }
        problem(where, "is not a list");
        return List.of();
    }

    List<Prefix> prefixes(Yaml value, String name) {
        List<Prefix> prefixes = new ArrayList<>();
        for (Yaml.Text text : texts(value, at(value, name))) {
            parsed(text.value().strip(), at(text, name), Prefix::parse).ifPresent(prefixes::add);
        }
        return prefixes;
    }

    int number(Yaml value, String where, int least, int most) {
        return number(value instanceof Yaml.Text text ? text.value() : "", where, least, most);
    }

    int number(String text, String where, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        problem(where, "'" + text + "' is not a whole number from " + least + " to " + most);
        return least;
    }

    /** A number above 0, perhaps with k, M or G for thousands, millions and thousands of millions. */
    Optional<Double> amount(Yaml value, String where) {
        String text = value instanceof Yaml.Text written ? written.value() : "";
        Matcher matcher = AMOUNT.matcher(text);
        if (matcher.matches()) {
            double factor = switch (matcher.group(2)) {
                case "k" -> 1e3;
                case "M" -> 1e6;
                case "G" -> 1e9;
                default -> 1;
            };
            double amount = Double.parseDouble(matcher.group(1)) * factor;
            if (amount > 0) {
                return Optional.of(amount);
            }
        }
        problem(where, "'" + text + "' is no number above 0, such as 1000, 20k, 500M or 1.5G");
        return Optional.empty();
    }

    Optional<LocalDate> date(Yaml value, String where) {
        String text = value instanceof Yaml.Text written ? written.value() : "";
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            problem(where, "'" + text + "' is no date, such as 2027-01-31");
            return Optional.empty();
        }
    }

    <T> Optional<T> parsed(String text, String where, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            problem(where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
