package levee.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import levee.alert.InfectedHostAlerts;
import levee.attack.AllowList;
import levee.attack.DetectionSettings;
import levee.attack.Thresholds;
import levee.engine.CaptureFeed;
import levee.indicator.IndicatorTable;
import levee.model.Groups;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.origin.OriginTable;
import levee.server.SettingInForce;
import levee.server.Transport;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Puts the settings of {@code levee serve} together from options and {@code levee.yaml}, and collects everything that is
 * wrong with them. Options come first. Each section of the file has a class of its own.
 */
final class ServeSettingsBuilder {
    static final String WEB = "127.0.0.1:8080";
    static final String FLOWS = "127.0.0.1:2055";

    private static final List<String> KEYS = List.of(
            "mode",
            "networks",
            "groups",
            "thresholds",
            "allow",
            "bots",
            "data",
            "store",
            "web",
            "names",
            "tokens",
            "sign-in",
            "tls",
            "flows",
            "copies",
            "capture",
            "exporters",
            "alerts",
            "infected-host-alerts",
            "retention",
            "archive");

    private final Map<String, Yaml> file = new LinkedHashMap<>();
    private SettingsReader reader = new SettingsReader("");

    private Optional<String> data = Optional.empty();
    private Optional<String> web = Optional.empty();
    private List<String> flows = List.of();
    private Optional<String> networks = Optional.empty();
    private List<String> captures = List.of();
    private Optional<String> drill = Optional.empty();
    private Optional<IndicatorTable> indicatorsBefore = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    List<String> problems() {
        return reader.problems();
    }

    /** What the operator should know of the settings that is no mistake; complete after {@link #build}. */
    List<String> notes() {
        return notes;
    }

    /** Lets these stay where files of indicators cannot be read, instead of calling it a mistake. */
    void indicatorsBefore(IndicatorTable table) {
        indicatorsBefore = Optional.of(table);
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

    /** Takes the settings of a drill in place of a file. @param scenario what is played */
    void drill(String yaml, String scenario) {
        drill = Optional.of(scenario);
        parse(yaml, "--drill");
    }

    void read(Path path) {
        reader = new SettingsReader(path.toString());
        try {
            parse(Files.readString(path), path.toString());
        } catch (NoSuchFileException e) {
            reader.problems().add("there is no file " + path);
        } catch (IOException e) {
            reader.problems().add("cannot read " + path + ": " + e.getMessage());
        } catch (YamlEngineException e) {
            reader.problems().add(path + " is no YAML: " + e.getMessage());
        }
    }

    private void parse(String yaml, String label) {
        Yaml.parse(yaml, label)
                .filter(document -> !(document instanceof Yaml.Nothing))
                .ifPresent(document -> file.putAll(reader.keys(document, label, KEYS)));
    }

    /** The settings; of use only where there are no {@link #problems}. */
    ServeSettings build() {
        List<InetSocketAddress> listening = flows.isEmpty()
                ? read("flows", value -> addresses(value, "flows"), List.of(address(FLOWS, "flows")))
                : flows.stream().map(text -> address(text, "--flows")).toList();
        ExporterSection exporters = new ExporterSection(reader);
        Optional.ofNullable(file.get("exporters")).ifPresent(exporters::read);
        boolean isOpen =
                listening.stream().anyMatch(address -> !address.getAddress().isLoopbackAddress());
        if (isOpen && exporters.exporters().isEmpty()) {
            reader.problems()
                    .add("flows are listened for beyond this machine, so list the exporters that may send them:"
                            + " give each one's address under 'exporters' in the configuration");
        }
        return new ServeSettings(
                Path.of(data.or(() -> text("data")).orElseGet(ServeSettingsBuilder::usualFolder)),
                text("store"),
                web.map(text -> address(text, "--web"))
                        .orElseGet(() -> read("web", value -> address(value, "web"), address(WEB, "web"))),
                listening,
                read("copies", value -> addresses(value, "copies"), List.of()),
                detection(exporters),
                read("bots", new BotSection(reader, indicatorsBefore, notes)::read, BotSettings.USUAL),
                read("mode", this::mode, Mode.ALERT),
                exporters.exporters(),
                isOpen,
                read("names", value -> texts(value, "names"), List.of()),
                read("tokens", new TokenSection(reader)::read, List.of()),
                read("sign-in", new SignInSection(reader)::read, SignInSettings.USUAL),
                read("tls", new TlsSection(reader)::read, new Transport.Plain()),
                read("alerts", new AlertSection(reader)::read, List.of()),
                read("infected-host-alerts", this::infectedHosts, InfectedHostAlerts.NOTIFY),
                read("retention", new RetentionSection(reader)::read, Retention.DEFAULT),
                captures(),
                Optional.ofNullable(file.get("archive")).map(new ArchiveSection(reader)::read),
                inForce());
    }

    private List<String> captures() {
        boolean areOptions = !captures.isEmpty();
        List<String> names = areOptions ? captures : read("capture", value -> texts(value, "capture"), List.of());
        String where = areOptions
                ? "--capture"
                : Optional.ofNullable(file.get("capture"))
                        .map(value -> reader.at(value, "capture"))
                        .orElse("");
        if (names.stream().distinct().count() < names.size()) {
            reader.problem(where, "an input is given twice");
        }
        names.stream()
                .filter(name -> !name.equals(CaptureFeed.STANDARD_INPUT) && Files.isRegularFile(Path.of(name)))
                .forEach(name -> reader.problem(
                        where,
                        name
                                + " is a file, which levee analyze reads; serve reads pipes, as mkfifo makes them, or"
                                + " - for standard input"));
        return names;
    }

    private List<SettingInForce> inForce() {
        SettingsInForce settings = new SettingsInForce();
        drill.ifPresent(scenario -> settings.commandLine("drill", List.of(scenario)));
        KEYS.stream()
                .filter(name -> !List.of("retention", "sign-in", "bots").contains(name))
                .forEach(name -> settings.usual(name, List.of()));
        settings.usual("mode", List.of("alert"));
        settings.usual("infected-host-alerts", List.of("notify"));
        settings.usual(
                "networks",
                OwnNetworks.unknown().prefixes().stream().map(Prefix::toString).toList());
        settings.usual("bots.enabled", List.of("true"));
        settings.usual("bots.indicators", List.of());
        settings.usual("bots.allow", List.of());
        settings.usual("data", List.of(usualFolder()));
        settings.usual("store", List.of("levee.db in the folder for data"));
        settings.usual("web", List.of(WEB));
        settings.usual("sign-in.idle", List.of("30m"));
        settings.usual("sign-in.longest", List.of("12h"));
        settings.usual("flows", List.of(FLOWS));
        RetentionSection.usual().forEach((name, days) -> settings.usual("retention." + name, List.of(days)));
        file.forEach(settings::file);
        if (drill.isPresent()) {
            settings.areOfCommandLine();
        }
        networks.ifPresent(list -> settings.commandLine("networks", List.of(list.split(",", -1))));
        data.ifPresent(folder -> settings.commandLine("data", List.of(folder)));
        web.ifPresent(address -> settings.commandLine("web", List.of(address)));
        if (!flows.isEmpty()) {
            settings.commandLine("flows", flows);
        }
        if (!captures.isEmpty()) {
            settings.commandLine("capture", captures);
        }
        return settings.all();
    }

    private <T> T read(String name, Function<Yaml, T> section, T usual) {
        Yaml value = file.get(name);
        return value == null ? usual : section.apply(value);
    }

    private DetectionSettings detection(ExporterSection exporters) {
        GroupSection section = new GroupSection(reader);
        Optional.ofNullable(file.get("groups")).ifPresent(section::read);
        Thresholds.Table common = read("thresholds", new ThresholdSection(reader)::read, Thresholds.Table.NONE);
        AllowList allowed = read("allow", new AllowSection(reader)::read, AllowList.NONE);
        Groups groups = new Groups(section.groups());
        return new DetectionSettings(
                ownNetworks(groups),
                groups,
                new Thresholds(common, section.thresholds()),
                allowed,
                exporters.edges(),
                OriginTable.EMPTY);
    }

    /** The folder for data where nobody says another. */
    static String usualFolder() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return folder.resolve("levee").toString();
    }

    private InfectedHostAlerts infectedHosts(Yaml value) {
        String where = reader.at(value, "infected-host-alerts");
        return switch (reader.text(value, where).orElse("notify")) {
            case "notify" -> InfectedHostAlerts.NOTIFY;
            case "suspected" -> InfectedHostAlerts.SUSPECTED;
            case "none" -> InfectedHostAlerts.NONE;
            default -> {
                reader.problem(where, "is notify, suspected or none");
                yield InfectedHostAlerts.NOTIFY;
            }
        };
    }

    private Mode mode(Yaml value) {
        String where = reader.at(value, "mode");
        return reader.text(value, where)
                .map(text -> switch (text) {
                    case "alert" -> Mode.ALERT;
                    case "monitor" -> Mode.MONITOR;
                    default -> {
                        reader.problem(where, "'" + text + "' is neither alert nor monitor");
                        yield Mode.ALERT;
                    }
                })
                .orElse(Mode.ALERT);
    }

    /** Those of the groups are own networks, too; what lies within another one needs no telling. */
    private OwnNetworks ownNetworks(Groups groups) {
        List<Prefix> prefixes = new ArrayList<>();
        if (networks.isPresent()) {
            for (String text : networks.get().split(",", -1)) {
                reader.parsed(text.strip(), "--networks", Prefix::parse).ifPresent(prefixes::add);
            }
        } else {
            prefixes.addAll(read("networks", value -> reader.prefixes(value, "networks"), List.of()));
        }
        groups.all().stream()
                .flatMap(group -> group.networks().stream())
                .sorted()
                .filter(network -> prefixes.stream().noneMatch(own -> own.contains(network)))
                .forEach(prefixes::add);
        return prefixes.isEmpty() ? OwnNetworks.unknown() : OwnNetworks.of(prefixes);
    }

    private List<InetSocketAddress> addresses(Yaml value, String name) {
        return reader.texts(value, reader.at(value, name)).stream()
                .map(text -> address(text, name))
                .toList();
    }

    private InetSocketAddress address(Yaml value, String name) {
        return address(reader.text(value, reader.at(value, name)).orElse(""), reader.at(value, name));
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
            reader.problem(where, "there is no host '" + host + "'");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }
        reader.problem(where, "'" + text + "' is not HOST:PORT, such as 127.0.0.1:2055 or [::1]:2055");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private Optional<String> text(String name) {
        Yaml value = file.get(name);
        return value == null ? Optional.empty() : reader.text(value, reader.at(value, name));
    }

    private List<String> texts(Yaml value, String name) {
        return reader.texts(value, reader.at(value, name)).stream()
                .map(Yaml.Text::value)
                .toList();
    }
}
