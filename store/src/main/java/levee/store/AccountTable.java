package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.EpochNanos;

/** Accounts, in a database. */
final class AccountTable {
    private static final String COLUMNS =
            "name, role, customer, password_hash, made_at, password_changed_at, disabled, revision";

    private final Connections connections;

    AccountTable(Connections connections) {
        this.connections = connections;
    }

    List<StoredAccount> all() {
        List<StoredAccount> accounts = connections.read("read accounts", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS + " FROM account");
                    ResultSet result = statement.executeQuery()) {
                List<StoredAccount> found = new ArrayList<>();
                while (result.next()) {
                    found.add(account(result));
                }
                return found;
            }
        });
        // Each database has an alphabet of its own.
        accounts.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(accounts);
    }

    Optional<StoredAccount> account(String name) {
        return connections.read("read an account", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT " + COLUMNS + " FROM account WHERE name = ?")) {
                statement.setString(1, Sql.printable(name));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(account(result)) : Optional.empty();
                }
            }
        });
    }

    private static StoredAccount account(ResultSet result) throws SQLException {
        return new StoredAccount(
                result.getString(1),
                result.getString(2),
                Optional.ofNullable(result.getString(3)),
                result.getString(4),
                Sql.instant(result.getLong(5)),
                Sql.instant(result.getLong(6)),
                result.getInt(7) != 0,
                result.getInt(8));
    }

    boolean save(StoredAccount account) {
        return connections.write(
                "save an account",
                connection -> account.revision() == 1 ? insert(connection, account) : update(connection, account));
    }

    private static boolean insert(Connection connection, StoredAccount account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO account"
                + " (role, customer, password_hash, made_at, password_changed_at, disabled, revision, name)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING")) {
            fill(statement, account);
            return statement.executeUpdate() == 1;
        }
    }

    private static boolean update(Connection connection, StoredAccount account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE account SET role = ?, customer = ?,"
                + " password_hash = ?, made_at = ?, password_changed_at = ?, disabled = ?, revision = ?"
                + " WHERE name = ? AND revision = ? AND made_at = ?")) {
            fill(statement, account);
            statement.setInt(9, account.revision() - 1);
            statement.setLong(10, EpochNanos.of(account.madeAt()));
            return statement.executeUpdate() == 1;
        }
    }

    private static void fill(PreparedStatement statement, StoredAccount account) throws SQLException {
        statement.setString(1, account.role());
        if (account.customer().isPresent()) {
            statement.setString(2, account.customer().get());
        } else {
            statement.setNull(2, Types.VARCHAR);
        }
        statement.setString(3, account.passwordHash());
        statement.setLong(4, EpochNanos.of(account.madeAt()));
        statement.setLong(5, EpochNanos.of(account.passwordChangedAt()));
        statement.setInt(6, account.isDisabled() ? 1 : 0);
        statement.setInt(7, account.revision());
        statement.setString(8, account.name());
    }

    boolean remove(String name) {
        return connections.write(
                "remove an account",
                connection -> Sql.delete(connection, "DELETE FROM account WHERE name = ?", Sql.printable(name)) == 1);
    }
}
