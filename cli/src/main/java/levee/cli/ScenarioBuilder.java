package levee.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import levee.drill.BotFamily;
import levee.drill.LookAlikeKind;
import levee.drill.PlannedAttack;
import levee.drill.PlannedBotnet;
import levee.drill.PlannedBots;
import levee.drill.PlannedLookAlike;
import levee.drill.RandomOutbreaks;
import levee.drill.Scenario;
import levee.drill.Shape;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Suggestion;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Puts a scenario together from options and a file, and collects everything that is wrong with them. */
final class ScenarioBuilder {
    /** With what each means. */
    static final SortedMap<String, String> SHAPES = new TreeMap<>(Map.of(
            "constant", "the same rate from the first to the last second",
            "pulse", "the full rate, then nothing, over and over again",
            "ramp", "grows steadily from nothing to the full rate"));

    private static final List<String> SETTINGS =
            List.of("seed", "start", "duration", "hosts", "flows-per-second", "named");
    private static final List<String> LISTS = List.of("attacks", "look-alikes", "botnets", "bots");
    private static final List<String> ATTACK_KEYS = List.of(
            "vectors", "at", "for", "rate", "shape", "on", "off", "sources", "forged", "target", "ipv6", "carpet");
    private static final List<String> LOOK_ALIKE_KEYS = List.of("kind", "at", "for");
    private static final List<String> BOTNET_KEYS = List.of("hosts", "at", "attack-after");

    private static final List<String> BOTS_KEYS = List.of("family", "hosts", "at", "spread");

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_SOURCES = 1 << 24;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<PlannedAttack> attacks = new ArrayList<>();
    private final List<PlannedLookAlike> lookAlikes = new ArrayList<>();
    private final List<PlannedBotnet> botnets = new ArrayList<>();
    private final List<PlannedBots> bots = new ArrayList<>();
    private final List<Beginning> beginnings = new ArrayList<>();

    /** @param where what to call it when it is wrong */
    private record Setting(String value, String where) {}

    /** When something begins. */
    private record Beginning(String where, Duration at) {}

    /** What is wrong so far. */
    List<String> problems() {
        return problems;
    }

    /** What is asked for and yet not played, since the drill is over before it begins. */
    List<String> unplayed(Scenario scenario) {
        return beginnings.stream()
                .filter(b -> b.at.compareTo(scenario.duration()) >= 0)
                .map(b -> b.where + ": is not played, because the drill is over when it begins")
                .toList();
    }

    /** Sets one of the {@link #SETTINGS}; what was set before stays. */
    void set(String name, String value, String where) {
        settings.putIfAbsent(name, new Setting(value, where));
    }

    /** @param spec the vectors, and keys with their values, separated by commas */
    void attack(String spec, String where) {
        addAttack(fields(spec, "vectors", ATTACK_KEYS, where));
    }

    void lookAlike(String spec, String where) {
        addLookAlike(fields(spec, "kind", LOOK_ALIKE_KEYS, where));
    }

    void botnet(String spec, String where) {
        addBotnet(fields(spec, "hosts", BOTNET_KEYS, where));
    }

    /** @param spec the family, and keys with their values */
    void bots(String spec, String where) {
        addBots(fields(spec, "family", BOTS_KEYS, where));
    }

    /** Reads a scenario file. */
    void read(Path file) {
        Object document;
        try {
            LoadSettings rules =
                    LoadSettings.builder().setLabel(file.toString()).build();
            document = new Load(rules).loadFromString(Files.readString(file));
        } catch (NoSuchFileException e) {
            problems.add("there is no file " + file);
            return;
        } catch (IOException e) {
            problems.add("cannot read " + file + ": " + e.getMessage());
            return;
        } catch (YamlEngineException e) {
            problems.add(file + " is no YAML: " + e.getMessage());
            return;
        }
        if (!(document instanceof Map<?, ?> entries)) {
            problems.add(file + " is not a list of keys and values");
            return;
        }
        entries.forEach((key, value) -> {
            String name = String.valueOf(key);
            String where = file + ", " + name;
            if (SETTINGS.contains(name)) {
                set(name, String.valueOf(value), where);
            } else if (LISTS.contains(name)) {
                readList(name, value, where);
            } else {
                List<String> known = new ArrayList<>(SETTINGS);
                known.addAll(LISTS);
                problems.add(file + ": there is no key '" + name + "'." + Suggestion.among(name, known));
            }
        });
    }

    private void readList(String name, Object list, String where) {
        if (!(list instanceof List<?> items)) {
            problems.add(where + " is not a list");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            String item = where + " " + (i + 1);
            if (!(items.get(i) instanceof Map<?, ?> entries)) {
                problems.add(item + " has no keys");
                continue;
            }
            Map<String, String> values = new LinkedHashMap<>();
            entries.forEach((key, value) -> values.put(String.valueOf(key), text(value)));
            switch (name) {
                case "attacks" -> addAttack(new Fields(values, ATTACK_KEYS, item));
                case "look-alikes" -> addLookAlike(new Fields(values, LOOK_ALIKE_KEYS, item));
                case "bots" -> addBots(new Fields(values, BOTS_KEYS, item));
                default -> addBotnet(new Fields(values, BOTNET_KEYS, item));
            }
        }
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("+"))
                : String.valueOf(value);
    }

    private Fields fields(String spec, String first, List<String> keys, String where) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : spec.split(",", -1)) {
            int sign = part.indexOf('=');
            if (sign < 0 && values.isEmpty()) {
                values.put(first, part);
            } else if (sign < 0) {
                problems.add(where + ": '" + part + "' has no value");
            } else if (values.put(part.substring(0, sign), part.substring(sign + 1)) != null) {
                problems.add(where + ": '" + part.substring(0, sign) + "' is given twice");
            }
        }
        return new Fields(values, keys, where);
    }

    private void addAttack(Fields fields) {
        List<AttackVector> vectors = new ArrayList<>();
        Optional<String> names = fields.text("vectors");
        if (names.isEmpty()) {
            problems.add(fields.where + ": an attack needs vectors");
        }
        for (String name : names.map(n -> List.of(n.split("\\+", -1))).orElse(List.of())) {
            AttackVector.byLabel(name).ifPresentOrElse(vectors::add, () -> {
                List<String> known = Arrays.stream(AttackVector.values())
                        .map(AttackVector::label)
                        .toList();
                problems.add(fields.where + ": there is no vector '" + name + "'." + Suggestion.among(name, known));
            });
        }
        Optional<Shape> shape = shape(fields);
        Optional<Duration> begin = fields.duration("at");
        Optional<Duration> length = fields.length("for");
        Optional<Double> rate = fields.number("rate", 0.001, PlannedAttack.MOST_PACKETS_PER_SECOND);
        Optional<Integer> sources = fields.wholeNumber("sources", 1, MOST_SOURCES);
        Optional<Prefix> target = fields.parsed("target", Prefix::parse);
        boolean carpet = fields.choice("carpet", target.map(t -> !t.isHost()));
        boolean ipv6 = fields.choice("ipv6", target.map(t -> !t.address().isIpv4()));
        Optional<Boolean> forged = fields.choice("forged");
        if (vectors.isEmpty()) {
            return;
        }
        PlannedAttack attack = PlannedAttack.of(vectors);
        attack = attack.on(ipv6 || attack.ipv6(), carpet);
        attack = begin.map(attack::at).orElse(attack);
        attack = length.map(attack::lasting).orElse(attack);
        attack = rate.map(attack::atRate).orElse(attack);
        attack = shape.map(attack::shaped).orElse(attack);
        PlannedAttack before = attack;
        attack = sources.map(s -> before.from(s)).orElse(attack);
        attack = target.map(attack::on).orElse(attack);
        attack = forged.map(attack::forged).orElse(attack);
        attack.problem().ifPresent(p -> problems.add(fields.where + ": " + p));
        attacks.add(attack);
        beginnings.add(new Beginning(fields.where, attack.start()));
    }

    private Optional<Shape> shape(Fields fields) {
        Optional<Duration> on = fields.length("on");
        Optional<Duration> off = fields.length("off");
        if ((on.isPresent() || off.isPresent()) && !fields.text("shape").equals(Optional.of("pulse"))) {
            problems.add(fields.where + ": on and off are for shape=pulse");
        }
        return fields.text("shape").flatMap(name -> switch (name) {
            case "constant" -> Optional.of(new Shape.Constant());
            case "ramp" -> Optional.of(new Shape.Ramp());
            case "pulse" ->
                Optional.of(new Shape.Pulses(on.orElse(Duration.ofSeconds(5)), off.orElse(Duration.ofSeconds(10))));
            default -> {
                problems.add(fields.where + ": there is no shape '" + name + "'; there are constant, pulse and ramp");
                yield Optional.empty();
            }
        });
    }

    private void addLookAlike(Fields fields) {
        Optional<LookAlikeKind> kind = fields.text("kind").flatMap(LookAlikeKind::byLabel);
        if (kind.isEmpty()) {
            String name = fields.text("kind").orElse("");
            List<String> known = Arrays.stream(LookAlikeKind.values())
                    .map(LookAlikeKind::label)
                    .toList();
            problems.add(fields.where + ": there is no look-alike '" + name + "'." + Suggestion.among(name, known));
        }
        Duration begin = fields.duration("at").orElse(Duration.ofSeconds(10));
        Duration length = fields.length("for").orElse(Duration.ofSeconds(30));
        kind.ifPresent(k -> lookAlikes.add(new PlannedLookAlike(k, begin, length)));
        beginnings.add(new Beginning(fields.where, begin));
    }

    private void addBotnet(Fields fields) {
        int hosts = fields.wholeNumber("hosts", 1, 10_000).orElse(5);
        Duration begin = fields.duration("at").orElse(Duration.ofSeconds(5));
        Duration attackAfter = fields.duration("attack-after").orElse(Duration.ofSeconds(20));
        botnets.add(new PlannedBotnet(hosts, begin, attackAfter));
        beginnings.add(new Beginning(fields.where, begin));
    }

    private void addBots(Fields fields) {
        Optional<String> label = fields.text("family");
        Optional<BotFamily> usual = label.flatMap(BotFamily::byLabel);
        if (usual.isEmpty()) {
            List<String> known = BotFamily.USUAL.stream().map(BotFamily::label).toList();
            problems.add(fields.where + ": there is no family of bots '" + label.orElse("") + "'."
                    + Suggestion.among(label.orElse(""), known));
            return;
        }
        int hosts = fields.wholeNumber("hosts", 1, PlannedBots.MOST_HOSTS).orElse(5);
        Duration begin = fields.duration("at").orElse(Duration.ofSeconds(10));
        Duration spread = fields.duration("spread").orElse(Duration.ofSeconds(5));
        try {
            bots.add(new PlannedBots(BotNumbers.of(usual.get(), fields), hosts, begin, spread));
        } catch (IllegalArgumentException e) {
            problems.add(fields.where + ": " + e.getMessage());
        }
        beginnings.add(new Beginning(fields.where, begin));
    }

    /** What is drawn from the seed besides what is asked for. */
    enum Drawn {
        NOTHING,
        ATTACKS,
        OUTBREAKS
    }

    /** The scenario, unless something is wrong with it. */
    Optional<Scenario> build(Drawn drawn) {
        long seed = setting("seed", Long::parseLong).orElse(1L);
        Optional<Instant> start = setting("start", Instant::parse);
        Optional<Duration> duration = setting("duration", ScenarioBuilder::duration);
        Optional<Integer> hosts = setting("hosts", ScenarioBuilder::wholeNumber);
        Optional<Double> flowsPerSecond = setting("flows-per-second", Double::parseDouble);
        Optional<Boolean> named = setting("named", ScenarioBuilder::trueOrFalse);
        Duration length = duration.filter(d -> !d.isZero()).orElse(RandomOutbreaks.USUAL_DURATION);
        Scenario base = switch (drawn) {
            case NOTHING -> Scenario.ordinary(seed);
            case ATTACKS -> Scenario.random(seed);
            case OUTBREAKS -> RandomOutbreaks.of(seed, length);
        };
        check(
                "hosts",
                hosts.map(h -> h >= Scenario.FEWEST_HOSTS && h <= Scenario.MOST_HOSTS),
                range(Scenario.FEWEST_HOSTS, Scenario.MOST_HOSTS));
        check(
                "flows-per-second",
                flowsPerSecond.map(f -> f >= 0 && f <= Scenario.MOST_FLOWS_PER_SECOND),
                range(0, Scenario.MOST_FLOWS_PER_SECOND));
        check("duration", duration.map(d -> !d.isZero()), "is zero");
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Scenario scenario = base.withSize(hosts.orElse(base.hosts()), flowsPerSecond.orElse(base.flowsPerSecond()))
                .lasting(duration.orElse(base.duration()))
                .startingAt(start.orElse(base.start()));
        for (PlannedAttack attack : attacks) {
            scenario = scenario.with(attack);
        }
        for (PlannedLookAlike lookAlike : lookAlikes) {
            scenario = scenario.with(lookAlike);
        }
        for (PlannedBotnet botnet : botnets) {
            scenario = scenario.with(botnet);
        }
        for (PlannedBots more : bots) {
            scenario = scenario.with(more);
        }
        return Optional.of(named.orElse(false) ? scenario.withNames() : scenario);
    }

    private static String range(double least, double most) {
        return "is out of range: " + plain(least) + " to " + plain(most);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    private void check(String name, Optional<Boolean> right, String problem) {
        Setting setting = settings.get(name);
        if (setting != null && !right.orElse(true)) {
            problems.add(setting.where + ": '" + setting.value + "' " + problem);
        }
    }

    private <T> Optional<T> setting(String name, Function<String, T> parser) {
        Setting setting = settings.get(name);
        return setting == null ? Optional.empty() : parsed(setting.value, setting.where, parser, problems::add);
    }

    private static <T> Optional<T> parsed(
            String value, String where, Function<String, T> parser, Consumer<String> problems) {
        try {
            return Optional.of(parser.apply(value));
        } catch (NumberFormatException e) {
            problems.accept(where + ": '" + value + "' is not a number");
        } catch (IllegalArgumentException e) {
            problems.accept(where + ": " + e.getMessage());
        } catch (DateTimeException e) {
            problems.accept(where + ": '" + value + "' is not a time such as 2026-03-02T09:00:00Z");
        }
        return Optional.empty();
    }

    /** Reads a length of time: a number and ms, s, m, h or d. */
    private static Duration duration(String text) {
        String unit = text.replaceFirst("^[0-9.]+", "");
        double nanos = switch (unit) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3_600e9;
            case "d" -> 86_400e9;
            default -> 0;
        };
        String number = text.substring(0, text.length() - unit.length());
        if (nanos == 0 || !number.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("'" + text + "' is not a length of time such as 500ms, 90s, 10m or 2h");
        }
        double length = Double.parseDouble(number) * nanos;
        if (length > LONGEST.toNanos()) {
            throw new IllegalArgumentException("'" + text + "' is longer than a year");
        }
        return Duration.ofNanos((long) length);
    }

    /** The keys and values that one attack, look-alike, botnet or outbreak is described by. */
    final class Fields {
        private final Map<String, String> values;
        private final String where;

        Fields(Map<String, String> values, List<String> keys, String where) {
            this.values = values;
            this.where = where;
            List<String> known = new ArrayList<>(keys);
            if (keys.equals(BOTS_KEYS)) {
                text("family").flatMap(BotFamily::byLabel).ifPresent(f -> known.addAll(BotNumbers.keys(f)));
            }
            for (String key : values.keySet()) {
                if (!known.contains(key)) {
                    problems.add(where + ": there is no key '" + key + "'." + Suggestion.among(key, known));
                }
            }
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(values.get(key));
        }

        <T> Optional<T> parsed(String key, Function<String, T> parser) {
            return text(key).flatMap(v -> ScenarioBuilder.parsed(v, where + ", " + key, parser, problems::add));
        }

        Optional<Duration> duration(String key) {
            return parsed(key, ScenarioBuilder::duration);
        }

        Optional<Double> number(String key, double least, double most) {
            Optional<Double> number = parsed(key, Double::parseDouble);
            if (number.isPresent() && !(number.get() >= least && number.get() <= most)) {
                problems.add(where + ", " + key + ": '" + values.get(key) + "' " + range(least, most));
                return Optional.empty();
            }
            return number;
        }

        Optional<Integer> wholeNumber(String key, int least, int most) {
            Optional<Integer> number = parsed(key, ScenarioBuilder::wholeNumber);
            if (number.isPresent() && (number.get() < least || number.get() > most)) {
                problems.add(where + ", " + key + ": '" + values.get(key) + "' " + range(least, most));
                return Optional.empty();
            }
            return number;
        }

        /** A time that is longer than zero. */
        Optional<Duration> length(String key) {
            Optional<Duration> length = duration(key);
            if (length.isPresent() && length.get().isZero()) {
                problems.add(where + ", " + key + ": '" + values.get(key) + "' is zero");
                return Optional.empty();
            }
            return length;
        }

        /** @param fact what is so in any case, if anything */
        boolean choice(String key, Optional<Boolean> fact) {
            Optional<Boolean> choice = choice(key);
            if (choice.isPresent() && fact.isPresent() && !choice.equals(fact)) {
                problems.add(where + ": " + key + "=" + choice.get() + " contradicts the target");
            }
            return choice.or(() -> fact).orElse(false);
        }

        /** What was chosen, if anything. */
        Optional<Boolean> choice(String key) {
            return parsed(key, ScenarioBuilder::trueOrFalse);
        }
    }
}
