package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Points of traffic with the series they belong to, in a database. */
final class TrafficTable {
    /** Rows that one call deletes. */
    private static final int MOST_EXPIRED = 20_000;

    /** PostgreSQL sends so many rows at a time. */
    private static final int FETCHED = 10_000;

    /** Names asked for in one statement. */
    private static final int ASKED_NAMES = 500;

    private final Connections connections;

    TrafficTable(Connections connections) {
        this.connections = connections;
    }

    int add(Resolution resolution, List<TrafficPoint> points) {
        if (points.isEmpty()) {
            return 0;
        }
        // Of two points of the same series and time the later one counts. The order is the same for everybody who
        // writes, so that two who write the same do not wait for each other in a circle.
        Map<String, Map<Long, TrafficPoint>> bySeries = new TreeMap<>();
        for (TrafficPoint point : points) {
            bySeries.computeIfAbsent(point.series(), name -> new TreeMap<>())
                    .put(step(resolution, point.time()), point);
        }
        return connections.write("save traffic", connection -> {
            Map<String, Long> numbers = seriesNumbers(connection, bySeries.keySet());
            int leftOut = 0;
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table(resolution)
                    + " (series, step, packets, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (series, step)"
                    + " DO UPDATE SET packets = excluded.packets, bytes = excluded.bytes")) {
                for (Map.Entry<String, Map<Long, TrafficPoint>> series : bySeries.entrySet()) {
                    Long number = numbers.get(series.getKey());
                    if (number == null) {
                        leftOut += series.getValue().size();
                        continue;
                    }
                    for (Map.Entry<Long, TrafficPoint> point : series.getValue().entrySet()) {
                        statement.setLong(1, number);
                        statement.setLong(2, point.getKey());
                        statement.setLong(3, point.getValue().packets());
                        statement.setLong(4, point.getValue().bytes());
                        statement.addBatch();
                    }
                }
                statement.executeBatch();
            }
            return leftOut;
        });
    }

    /** The numbers of these series, of which new ones are made as long as there is room. */
    private static Map<String, Long> seriesNumbers(Connection connection, Collection<String> names)
            throws SQLException {
        Map<String, Long> numbers = knownSeries(connection, names);
        List<String> fresh =
                names.stream().filter(name -> !numbers.containsKey(name)).toList();
        if (fresh.isEmpty()) {
            return numbers;
        }
        int room = TrafficPoint.MOST_SERIES - countSeries(connection);
        List<String> admitted = fresh.subList(0, Math.clamp(room, 0, fresh.size()));
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO series (name) VALUES (?) ON CONFLICT (name) DO NOTHING")) {
            for (String name : admitted) {
                statement.setString(1, name);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        numbers.putAll(knownSeries(connection, admitted));
        return numbers;
    }

    private static Map<String, Long> knownSeries(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += ASKED_NAMES) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ASKED_NAMES));
            String marks = String.join(", ", Collections.nCopies(some.size(), "?"));
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT name, number FROM series WHERE name IN (" + marks + ")")) {
                for (int i = 0; i < some.size(); i++) {
                    statement.setString(i + 1, some.get(i));
                }
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        numbers.put(result.getString(1), result.getLong(2));
                    }
                }
            }
        }
        return numbers;
    }

    private static int countSeries(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM series");
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    List<TrafficPoint> points(Resolution resolution, String series, Instant from, Instant to) {
        StoreLimits.checkTime("from", from);
        StoreLimits.checkTime("to", to);
        long first = stepFrom(resolution, from);
        long end = stepFrom(resolution, to);
        if (end - first > TrafficPoint.MOST_IN_A_RANGE) {
            throw new IllegalArgumentException("a range of " + (end - first) + " points; "
                    + TrafficPoint.MOST_IN_A_RANGE + " are allowed, so ask for a shorter time or for minutes");
        }
        return connections.read("read traffic", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT step, packets, bytes FROM "
                    + table(resolution) + " WHERE series = (SELECT number FROM series WHERE name = ?)"
                    + " AND step >= ? AND step < ? ORDER BY step")) {
                statement.setFetchSize(FETCHED);
                statement.setString(1, Sql.printable(series));
                statement.setLong(2, first);
                statement.setLong(3, end);
                List<TrafficPoint> points = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        points.add(new TrafficPoint(
                                series,
                                Instant.ofEpochSecond(
                                        result.getLong(1) * resolution.step().toSeconds()),
                                result.getLong(2),
                                result.getLong(3)));
                    }
                }
                return Collections.unmodifiableList(points);
            }
        });
    }

    List<String> series() {
        return connections.read("list series", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM series ORDER BY name");
                    ResultSet result = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (result.next()) {
                    names.add(result.getString(1));
                }
                return List.copyOf(names);
            }
        });
    }

    private static String table(Resolution resolution) {
        return switch (resolution) {
            case SECOND -> "traffic_second";
            case MINUTE -> "traffic_minute";
        };
    }

    /** The number of the second or minute that holds a time. */
    private static long step(Resolution resolution, Instant time) {
        return Math.floorDiv(time.getEpochSecond(), resolution.step().toSeconds());
    }

    /** The number of the first second or minute that begins at a time or later. */
    private static long stepFrom(Resolution resolution, Instant time) {
        long seconds = time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
        return Math.ceilDiv(seconds, resolution.step().toSeconds());
    }

    /** @return whether more may be left */
    boolean expire(Resolution resolution, Instant oldest) {
        return connections.write("delete old traffic", connection -> {
            String table = table(resolution);
            int left = MOST_EXPIRED;
            for (long series : allSeries(connection)) {
                left -= Sql.delete(
                        connection,
                        "DELETE FROM " + table + " WHERE series = ? AND step IN (SELECT step FROM " + table
                                + " WHERE series = ? AND step < ? ORDER BY step LIMIT ?)",
                        series,
                        series,
                        step(resolution, oldest),
                        left);
                if (left == 0) {
                    return true;
                }
            }
            return false;
        });
    }

    private static List<Long> allSeries(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT number FROM series ORDER BY number");
                ResultSet result = statement.executeQuery()) {
            List<Long> numbers = new ArrayList<>();
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
            return numbers;
        }
    }

    /** Deletes the series that have no points. */
    void expireSeries() {
        connections.write("delete old series", connection -> Sql.delete(connection, """
            DELETE FROM series
            WHERE NOT EXISTS (SELECT 1 FROM traffic_second WHERE traffic_second.series = series.number)
            AND NOT EXISTS (SELECT 1 FROM traffic_minute WHERE traffic_minute.series = series.number)
            """));
    }
}
