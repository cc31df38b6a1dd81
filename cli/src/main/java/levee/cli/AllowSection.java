package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import levee.attack.AllowList;
import levee.attack.AllowList.Entry;
import levee.model.EpochNanos;
import levee.model.Prefix;

/** Reads {@code allow} of the settings: traffic that is expected, from whom and to whom. */
final class AllowSection {
    private static final List<String> KEYS = List.of(
            "name",
            "sources",
            "sources-file",
            "targets",
            "protocol",
            "source-port",
            "destination-port",
            "until",
            "reason");
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("icmp", 1, "tcp", 6, "udp", 17, "gre", 47, "esp", 50, "icmpv6", 58, "sctp", 132);
    private static final int LARGEST_PORT = 65_535;
    private static final int LAST_YEAR = 2262;
    private static final int MOST_PREFIXES = 1_000_000;

    /** Mistakes of one file that are told; the rest is only counted. */
    private static final int MOST_MISTAKES = 20;

    private final SettingsReader reader;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    AllowSection(SettingsReader reader) {
        this.reader = reader;
    }

    AllowList read(Yaml value) {
        for (Yaml item : reader.items(value, reader.at(value, "allow"))) {
            entry(item);
        }
        return new AllowList(entries);
    }

    private void entry(Yaml item) {
        String where = reader.at(item, "allow");
        Map<String, Yaml> keys = reader.keys(item, where, KEYS);
        String name = text(keys, "name").orElse("");
        if (name.isBlank()) {
            reader.problem(where, "an entry needs a name");
        } else if (!names.add(name)) {
            reader.problem(where, "two entries are called '" + name + "'");
        }
        text(keys, "reason");
        List<Prefix> sources = prefixes(keys, "sources");
        Optional<String> file = text(keys, "sources-file");
        file.ifPresent(path -> sources.addAll(file(Path.of(path))));
        List<Prefix> targets = prefixes(keys, "targets");
        if (!keys.containsKey("sources") && file.isEmpty() && !keys.containsKey("targets")) {
            reader.problem(where, "the entry '" + name + "' needs sources, sources-file or targets");
        }
        int protocol = protocol(keys);
        int sourcePort = port(keys, "source-port");
        int destinationPort = port(keys, "destination-port");
        long until = Optional.ofNullable(keys.get("until"))
                .flatMap(date -> reader.date(date, reader.at(date, "until")))
                .map(AllowSection::endOf)
                .orElse(Long.MAX_VALUE);
        // A file without a line allows nothing, not everything.
        boolean saysNoSource = sources.isEmpty() && (file.isPresent() || keys.containsKey("sources"));
        if (!saysNoSource && !(sources.isEmpty() && targets.isEmpty())) {
            entries.add(new Entry(name, sources, targets, protocol, sourcePort, destinationPort, until));
        }
    }

    /** The whole day still counts. */
    private static long endOf(LocalDate day) {
        // Nanoseconds since 1970 end in 2262.
        return day.getYear() >= LAST_YEAR
                ? Long.MAX_VALUE
                : EpochNanos.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Optional<String> text(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        return value == null ? Optional.empty() : reader.text(value, reader.at(value, key));
    }

    private List<Prefix> prefixes(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        return value == null ? new ArrayList<>() : reader.prefixes(value, key);
    }

    private int protocol(Map<String, Yaml> keys) {
        Yaml value = keys.get("protocol");
        if (value == null) {
            return AllowList.ANY;
        }
        String where = reader.at(value, "protocol");
        String text = reader.text(value, where).orElse("");
        Integer number = PROTOCOLS.get(text);
        if (number != null) {
            return number;
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return reader.number(text, where, 0, 255);
        }
        reader.problem(
                where,
                "'" + text + "' is neither the number of a protocol nor one of "
                        + String.join(", ", PROTOCOLS.keySet().stream().sorted().toList()));
        return AllowList.ANY;
    }

    private int port(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        return value == null ? AllowList.ANY : reader.number(value, reader.at(value, key), 1, LARGEST_PORT);
    }

    private List<Prefix> file(Path path) {
        List<Prefix> prefixes = new ArrayList<>();
        int mistakes = 0;
        try {
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                int comment = line.indexOf('#');
                String text = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (text.isEmpty()) {
                    continue;
                }
                try {
                    prefixes.add(Prefix.parse(text));
                } catch (IllegalArgumentException e) {
                    mistakes++;
                    if (mistakes <= MOST_MISTAKES) {
                        reader.problem(path + ", line " + (i + 1), String.valueOf(e.getMessage()));
                    }
                }
            }
        } catch (IOException e) {
            reader.problem(path.toString(), "cannot be read: " + e);
        }
        if (mistakes > MOST_MISTAKES) {
            reader.problem(path.toString(), (mistakes - MOST_MISTAKES) + " more lines are no prefixes");
        }
        if (prefixes.size() > MOST_PREFIXES) {
            reader.problem(path.toString(), "has more than " + MOST_PREFIXES + " prefixes");
        }
        return prefixes;
    }
}
