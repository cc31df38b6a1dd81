package levee.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import levee.alert.Channel;
import levee.engine.CaptureFeed;
import levee.flowexport.KnownExporter;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Suggestion;
import levee.server.AccessToken;
import levee.server.Scope;
import levee.server.ServerException;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Puts the settings of {@code levee serve} together from options and {@code levee.yaml}, and collects everything that is
 * wrong with them. Options come first.
 */
final class ServeSettingsBuilder {
    private static final String WEB = "127.0.0.1:8080";
    private static final String FLOWS = "127.0.0.1:2055";
    private static final int MOST_SAMPLING = 1 << 30;

    private static final List<String> KEYS = List.of(
            "mode",
            "networks",
            "data",
            "store",
            "web",
            "names",
            "tokens",
            "flows",
            "copies",
            "capture",
            "exporters",
            "alerts",
            "retention");
    private static final List<String> EXPORTER_KEYS = List.of("address", "sampling-rate", "interfaces");
    private static final List<String> TOKEN_KEYS = List.of("name", "scope", "sha256", "file");
    private static final List<String> RETENTION_KEYS = List.of("findings", "seconds", "minutes", "audit", "revisions");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> file = new LinkedHashMap<>();
    private String fileName = "";

    private Optional<String> data = Optional.empty();
    private Optional<String> web = Optional.empty();
    private List<String> flows = List.of();
    private Optional<String> networks = Optional.empty();
    private List<String> captures = List.of();

    List<String> problems() {
        return problems;
    }

    void data(String folder) {
        data = Optional.of(folder);
    }

    void web(String address) {
        web = Optional.of(address);
    }

    void flows(List<String> addresses) {
        flows = addresses;
    }

    /** @param names of FIFOs, or {@code -} */
    void captures(List<String> names) {
        captures = names;
    }

    /** @param list prefixes, separated by commas */
    void networks(String list) {
        networks = Optional.of(list);
    }

    void read(Path path) {
        fileName = path.toString();
        Object document;
        try {
            LoadSettings rules = LoadSettings.builder().setLabel(fileName).build();
            document = new Load(rules).loadFromString(Files.readString(path));
        } catch (NoSuchFileException e) {
            problems.add("there is no file " + path);
            return;
        } catch (IOException e) {
            problems.add("cannot read " + path + ": " + e.getMessage());
            return;
        } catch (YamlEngineException e) {
            problems.add(path + " is no YAML: " + e.getMessage());
            return;
        }
        if (document == null) {
            return;
        }
        file.putAll(keys(document, fileName, KEYS));
    }

    /** The settings; of use only where there are no {@link #problems}. */
    ServeSettings build() {
        List<InetSocketAddress> listening = addresses(
                flows.isEmpty() ? texts("flows").orElse(List.of(FLOWS)) : flows,
                flows.isEmpty() ? key("flows") : "--flows");
        List<KnownExporter> exporters = exporters();
        boolean isOpen =
                listening.stream().anyMatch(address -> !address.getAddress().isLoopbackAddress());
        if (isOpen && exporters.isEmpty()) {
            problems.add("flows are listened for beyond this machine, so list the exporters that may send them:"
                    + " give each one's address under 'exporters' in the configuration");
        }
        return new ServeSettings(
                Path.of(data.or(() -> text("data")).orElseGet(ServeSettingsBuilder::usualFolder)),
                text("store"),
                address(web.or(() -> text("web")).orElse(WEB), web.isPresent() ? "--web" : key("web")),
                listening,
                addresses(texts("copies").orElse(List.of()), key("copies")),
                ownNetworks(),
                text("mode").flatMap(this::mode).orElse(Mode.ALERT),
                exporters,
                isOpen,
                texts("names").orElse(List.of()),
                tokens(),
                alerts(),
                retention(),
                captures());
    }

    private List<String> captures() {
        boolean areOptions = !captures.isEmpty();
        List<String> names = areOptions ? captures : texts("capture").orElse(List.of());
        String where = areOptions ? "--capture" : key("capture");
        if (names.stream().distinct().count() < names.size()) {
            problems.add(where + ": an input is given twice");
        }
        names.stream()
                .filter(name -> !name.equals(CaptureFeed.STANDARD_INPUT) && Files.isRegularFile(Path.of(name)))
                .forEach(name -> problems.add(where + ": " + name + " is a file, which levee analyze reads; serve reads"
                        + " pipes, as mkfifo makes them, or - for standard input"));
        return names;
    }

    private static String usualFolder() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return folder.resolve("levee").toString();
    }

    private Optional<Mode> mode(String text) {
        return switch (text) {
            case "alert" -> Optional.of(Mode.ALERT);
            case "monitor" -> Optional.of(Mode.MONITOR);
            default -> {
                problems.add(key("mode") + ": '" + text + "' is neither alert nor monitor");
                yield Optional.empty();
            }
        };
    }

    private OwnNetworks ownNetworks() {
        List<String> list = networks.map(text -> List.of(text.split(",", -1)))
                .or(() -> texts("networks"))
                .orElse(List.of());
        String where = networks.isPresent() ? "--networks" : key("networks");
        List<Prefix> prefixes = new ArrayList<>();
        list.forEach(text -> parsed(text.strip(), where, Prefix::parse).ifPresent(prefixes::add));
        return prefixes.isEmpty() ? OwnNetworks.unknown() : OwnNetworks.of(prefixes);
    }

    private List<KnownExporter> exporters() {
        List<KnownExporter> exporters = new ArrayList<>();
        for (Map<String, Object> keys : list("exporters", EXPORTER_KEYS)) {
            String where = key("exporters");
            Object address = keys.get("address");
            if (address == null) {
                problems.add(where + ": an exporter needs an address");
                continue;
            }
            int rate = keys.containsKey("sampling-rate")
                    ? number(keys.get("sampling-rate"), where + ", sampling-rate", 1, MOST_SAMPLING)
                    : 0;
            Map<Integer, Integer> interfaces = new HashMap<>();
            if (keys.get("interfaces") instanceof Map<?, ?> rates) {
                rates.forEach((index, value) -> interfaces.put(
                        number(index, where + ", interfaces", 0, Integer.MAX_VALUE),
                        number(value, where + ", interfaces", 1, MOST_SAMPLING)));
            } else if (keys.containsKey("interfaces")) {
                problems.add(where + ", interfaces: give the sampling rate by the index of each interface");
            }
            parsed(String.valueOf(address), where, IpAddress::parse)
                    .ifPresent(parsed -> exporters.add(new KnownExporter(parsed, rate, interfaces)));
        }
        return exporters;
    }

    private List<AccessToken> tokens() {
        List<AccessToken> tokens = new ArrayList<>();
        for (Map<String, Object> keys : list("tokens", TOKEN_KEYS)) {
            String name = String.valueOf(keys.getOrDefault("name", ""));
            String scope = String.valueOf(keys.getOrDefault("scope", "read"));
            if (!scope.equals("read") && !scope.equals("write")) {
                problems.add(key("tokens") + ": the scope '" + scope + "' is neither read nor write");
                continue;
            }
            Scope granted = scope.equals("write") ? Scope.WRITE : Scope.READ;
            try {
                if (keys.containsKey("sha256") == keys.containsKey("file")) {
                    problems.add(key("tokens") + ": the token '" + name + "' needs either sha256 or file");
                } else if (keys.containsKey("sha256")) {
                    tokens.add(AccessToken.ofHash(name, granted, String.valueOf(keys.get("sha256"))));
                } else {
                    tokens.add(AccessToken.ofFile(name, granted, Path.of(String.valueOf(keys.get("file")))));
                }
            } catch (ServerException e) {
                problems.add(key("tokens") + ": " + e.getMessage());
            }
        }
        return tokens;
    }

    private List<Channel> alerts() {
        List<Channel> channels = new ArrayList<>();
        for (Map<String, Object> keys : list("alerts", ChannelSettings.KEYS)) {
            try {
                channels.add(ChannelSettings.of(keys));
            } catch (IllegalArgumentException e) {
                problems.add(key("alerts") + ": " + e.getMessage());
            }
        }
        return channels;
    }

    private Retention retention() {
        Object value = file.get("retention");
        if (value == null) {
            return Retention.DEFAULT;
        }
        Map<String, Object> keys = keys(value, key("retention"), RETENTION_KEYS);
        return new Retention(
                days(keys, "findings", Retention.DEFAULT.findings()),
                days(keys, "seconds", Retention.DEFAULT.seconds()),
                days(keys, "minutes", Retention.DEFAULT.minutes()),
                days(keys, "audit", Retention.DEFAULT.audit()),
                keys.containsKey("revisions")
                        ? number(keys.get("revisions"), key("retention") + ", revisions", 1, 10_000)
                        : Retention.DEFAULT.revisions());
    }

    private Duration days(Map<String, Object> keys, String name, Duration usual) {
        return keys.containsKey(name)
                ? Duration.ofDays(number(keys.get(name), key("retention") + ", " + name, 1, 36_500))
                : usual;
    }

    private List<InetSocketAddress> addresses(List<String> texts, String where) {
        return texts.stream().map(text -> address(text, where)).toList();
    }

    /** {@code HOST:PORT}, with brackets around an IPv6 address. */
    private InetSocketAddress address(String text, String where) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isEmpty() && port >= 0 && port <= 65_535) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
        } catch (NumberFormatException e) {
            // Told below.
        } catch (UnknownHostException e) {
            problems.add(where + ": there is no host '" + host + "'");
            return InetSocketAddress.createUnresolved("unknown", 0);
        }
        problems.add(where + ": '" + text + "' is not HOST:PORT, such as 127.0.0.1:2055 or [::1]:2055");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String key(String name) {
        return fileName + ", " + name;
    }

    private Optional<String> text(String name) {
        Object value = file.get(name);
        if (value instanceof Map || value instanceof List) {
            problems.add(key(name) + " has one value, not several");
            return Optional.empty();
        }
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** One text, or a list of them. */
    private Optional<List<String>> texts(String name) {
        Object value = file.get(name);
        if (value instanceof List<?> list) {
            return Optional.of(list.stream().map(String::valueOf).toList());
        }
        return text(name).map(List::of);
    }

    private List<Map<String, Object>> list(String name, List<String> known) {
        Object value = file.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            problems.add(key(name) + " is not a list");
            return List.of();
        }
        return items.stream().map(item -> keys(item, key(name), known)).toList();
    }

    private Map<String, Object> keys(Object value, String where, List<String> known) {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (!(value instanceof Map<?, ?> entries)) {
            problems.add(where + " is not a list of keys and values");
            return keys;
        }
        entries.forEach((key, content) -> {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                problems.add(where + ": there is no key '" + name + "'." + Suggestion.among(name, known));
            } else if (content != null) {
                keys.put(name, content);
            }
        });
        return keys;
    }

    private int number(Object value, String where, int least, int most) {
        try {
            int number = Integer.parseInt(String.valueOf(value));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        problems.add(where + ": '" + value + "' is not a whole number from " + least + " to " + most);
        return least;
    }

    private <T> Optional<T> parsed(String text, String where, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
