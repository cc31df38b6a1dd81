package levee.cli;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import levee.attack.Thresholds.Floor;
import levee.attack.Thresholds.Floors;
import levee.attack.Thresholds.Table;
import levee.attack.Thresholds.Way;
import levee.model.AttackVector;

/** Reads {@code thresholds} of the settings: by direction, and in that by vector. */
final class ThresholdSection {
    private static final String ALL = "all";
    private static final String OFF = "off";
    private static final String PACKETS = "packets-per-second";
    private static final String BITS = "bits-per-second";
    private static final List<String> RATES = List.of(PACKETS, BITS);
    private static final Map<String, Way> WAYS = Map.of("inbound", Way.INBOUND, "outbound", Way.OUTBOUND);

    private static final Map<String, AttackVector> VECTORS = vectors();

    private static final List<String> ROWS =
            Stream.concat(Stream.of(ALL), VECTORS.keySet().stream()).toList();

    private final SettingsReader reader;

    ThresholdSection(SettingsReader reader) {
        this.reader = reader;
    }

    private static Map<String, AttackVector> vectors() {
        Map<String, AttackVector> vectors = new LinkedHashMap<>();
        for (AttackVector vector : AttackVector.values()) {
            vectors.put(vector.label(), vector);
        }
        return vectors;
    }

    Table read(Yaml value) {
        Map<Way, Floors> ways = new EnumMap<>(Way.class);
        reader.keys(value, reader.at(value, "thresholds"), List.of("inbound", "outbound"))
                .forEach((name, rows) -> ways.put(WAYS.get(name), floors(rows, name)));
        return new Table(ways);
    }

    private Floors floors(Yaml value, String way) {
        Map<AttackVector, Floor> byVector = new EnumMap<>(AttackVector.class);
        Optional<Floor> all = Optional.empty();
        for (Map.Entry<String, Yaml> row :
                reader.keys(value, reader.at(value, way), ROWS).entrySet()) {
            Optional<Floor> floor = floor(row.getValue(), row.getKey());
            AttackVector vector = VECTORS.get(row.getKey());
            if (vector == null) {
                all = floor;
            } else {
                floor.ifPresent(known -> byVector.put(vector, known));
            }
        }
        return new Floors(all, byVector);
    }

    private Optional<Floor> floor(Yaml value, String row) {
        String where = reader.at(value, row);
        if (value instanceof Yaml.Text text) {
            if (text.value().equals(OFF)) {
                return Optional.of(Floor.OFF);
            }
            reader.problem(where, "'" + text.value() + "' is neither off nor rates, such as {" + PACKETS + ": 20k}");
            return Optional.empty();
        }
        Map<String, Yaml> rates = reader.keys(value, where, RATES);
        if (rates.isEmpty()) {
            reader.problem(where, "needs " + PACKETS + ", " + BITS + " or both");
            return Optional.empty();
        }
        double packets = rate(rates, PACKETS);
        double bits = rate(rates, BITS);
        return Optional.of(new Floor(packets, bits));
    }

    private double rate(Map<String, Yaml> rates, String name) {
        Yaml value = rates.get(name);
        return value == null
                ? Double.POSITIVE_INFINITY
                : reader.amount(value, reader.at(value, name)).orElse(Double.POSITIVE_INFINITY);
    }
}
