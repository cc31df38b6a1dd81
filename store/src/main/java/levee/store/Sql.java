package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What the tables have in common. */
final class Sql {
    private Sql() {}

    /** @return how many rows are gone */
    static int delete(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    static Optional<Instant> optionalInstant(ResultSet result, int column) throws SQLException {
        long epochNanos = result.getLong(column);
        return result.wasNull() ? Optional.empty() : Optional.of(instant(epochNanos));
    }

    static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
    }

    /** Nothing is kept under a name with U+0000, which PostgreSQL would not even look for. */
    static String printable(String name) {
        return name.replace('\0', '\uFFFD');
    }
}
