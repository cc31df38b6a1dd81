package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Small states of others, in a database. */
final class StateTable {
    private final Connections connections;

    StateTable(Connections connections) {
        this.connections = connections;
    }

    void put(String key, byte[] value) {
        StoreLimits.checkName("the key of a state", key);
        if (value.length > StoreLimits.MOST_STATE_BYTES) {
            throw new IllegalArgumentException(
                    "a state of " + value.length + " bytes; " + StoreLimits.MOST_STATE_BYTES + " are allowed");
        }
        connections.write("keep a state", connection -> put(connection, key, value));
    }

    private static int put(Connection connection, String key, byte[] value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO state (name, content) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET content = excluded.content")) {
            statement.setString(1, key);
            statement.setBytes(2, value);
            return statement.executeUpdate();
        }
    }

    Optional<byte[]> get(String key) {
        return connections.read("read a state", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT content FROM state WHERE name = ?")) {
                statement.setString(1, Sql.printable(key));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(result.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    /** @throws StoreException if a value of so many bytes cannot be written; it is gone afterwards */
    void testWriting(String key, int bytes) {
        connections.write("test writing", connection -> {
            put(connection, key, new byte[bytes]);
            return Sql.delete(connection, "DELETE FROM state WHERE name = ?", key);
        });
    }
}
