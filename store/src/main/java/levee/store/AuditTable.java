package levee.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.EpochNanos;

/** The audit trail, in a database. */
final class AuditTable {
    /** Lines that one call deletes. */
    private static final int MOST_EXPIRED = 20_000;

    private final Connections connections;

    AuditTable(Connections connections) {
        this.connections = connections;
    }

    void add(AuditLine line) {
        connections.write("add to the audit trail", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO audit (made_at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)")) {
                statement.setLong(1, EpochNanos.of(line.at()));
                statement.setString(2, line.actor());
                statement.setString(3, line.action());
                statement.setString(4, line.subject());
                statement.setString(5, line.detail());
                return statement.executeUpdate();
            }
        });
    }

    AuditPage lines(AuditQuery query) {
        Conditions conditions = new Conditions();
        query.actor().ifPresent(actor -> conditions.add("actor = ?", actor));
        query.action().ifPresent(action -> conditions.add("action = ?", action));
        query.subject().ifPresent(subject -> conditions.add("subject = ?", subject));
        query.since().ifPresent(time -> conditions.add("made_at >= ?", EpochNanos.of(time)));
        query.cursor()
                .map(text -> Cursor.parse(Cursor.AUDIT, text))
                .ifPresent(cursor -> conditions.add("number < ?", cursor.number()));
        String sql = "SELECT made_at, actor, action, subject, detail, number FROM audit WHERE " + conditions.text()
                + " ORDER BY number DESC LIMIT ?";
        return connections.read("read the audit trail", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(conditions.fill(statement), query.limit() + 1);
                List<AuditLine> lines = new ArrayList<>();
                String next = "";
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        if (lines.size() == query.limit()) {
                            return new AuditPage(lines, Optional.of(next));
                        }
                        lines.add(new AuditLine(
                                Sql.instant(result.getLong(1)),
                                result.getString(2),
                                result.getString(3),
                                result.getString(4),
                                result.getString(5)));
                        next = new Cursor(Cursor.AUDIT, result.getLong(6), "").text();
                    }
                }
                return new AuditPage(lines, Optional.empty());
            }
        });
    }

    /** @return whether more may be left */
    boolean expire(Instant oldest) {
        return connections.write(
                        "delete old audit lines",
                        connection -> Sql.delete(
                                connection,
                                "DELETE FROM audit WHERE number IN (SELECT number FROM audit WHERE made_at < ?"
                                        + " ORDER BY made_at LIMIT ?)",
                                EpochNanos.of(oldest),
                                MOST_EXPIRED))
                == MOST_EXPIRED;
    }
}
