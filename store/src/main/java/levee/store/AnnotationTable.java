package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import levee.model.EpochNanos;

/** What people noted about findings, in a database. */
final class AnnotationTable {
    private final Connections connections;

    AnnotationTable(Connections connections) {
        this.connections = connections;
    }

    void add(String id, Annotation annotation) {
        connections.write("annotate a finding", connection -> {
            if (!exists(connection, id)) {
                throw new IllegalArgumentException("there is no finding " + id);
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO annotation (finding, mark, author, made_at, until_at, note) VALUES (?, ?, ?, ?,"
                            + " ?, ?)")) {
                statement.setString(1, id);
                statement.setString(2, annotation.mark().code());
                statement.setString(3, annotation.by());
                statement.setLong(4, EpochNanos.of(annotation.at()));
                if (annotation.until().isPresent()) {
                    statement.setLong(5, EpochNanos.of(annotation.until().get()));
                } else {
                    statement.setNull(5, Types.BIGINT);
                }
                statement.setString(6, annotation.note());
                statement.executeUpdate();
            }
            return Sql.delete(connection, """
                DELETE FROM annotation WHERE finding = ? AND number <
                    (SELECT number FROM annotation WHERE finding = ? ORDER BY number DESC LIMIT 1 OFFSET ?)
                """, id, id, Annotation.MOST - 1);
        });
    }

    private static boolean exists(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM finding WHERE id = ?")) {
            statement.setString(1, Sql.printable(id));
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    List<Annotation> of(String id) {
        return connections.read("read annotations", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT mark, author, made_at, until_at, note FROM annotation WHERE finding = ? ORDER BY number")) {
                statement.setString(1, Sql.printable(id));
                List<Annotation> annotations = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        annotations.add(new Annotation(
                                Annotation.Mark.valueOf(result.getString(1).toUpperCase(Locale.ROOT)),
                                result.getString(2),
                                Sql.instant(result.getLong(3)),
                                Sql.optionalInstant(result, 4),
                                result.getString(5)));
                    }
                }
                return List.copyOf(annotations);
            }
        });
    }
}
