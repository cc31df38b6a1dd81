package levee.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import levee.store.StoreException.Category;

/** Brings a database to the newest version, in one transaction. */
final class Migrator {
    private final Database database;
    private final String where;
    private final List<List<String>> migrations;

    /**
     * @param where the database is, for messages
     * @param migrations the statements of each version, from version 1 on
     */
    Migrator(Database database, String where, List<List<String>> migrations) {
        this.database = database;
        this.where = where;
        this.migrations = migrations;
    }

    /** A connection for which this fails is of no use any more; closing it takes everything back. */
    void migrate(Connection connection) throws SQLException {
        database.beginWriting(connection);
        database.lockForMigration(connection);
        int present = version(connection);
        if (present > migrations.size()) {
            throw new StoreException(
                    Category.WRONG_VERSION,
                    "the store " + where + " is of version " + present + ", and this Levee knows versions up to "
                            + migrations.size() + "; run the Levee that made it, or a newer one",
                    null);
        }
        for (List<String> migration : migrations.subList(present, migrations.size())) {
            execute(connection, migration);
        }
        if (present < migrations.size()) {
            setVersion(connection, migrations.size());
        }
        database.commit(connection);
    }

    /** 0 if there is nothing yet. */
    private int version(Connection connection) throws SQLException {
        int tables = database.countTables(connection);
        try (Statement statement = connection.createStatement()) {
            if (tables == 0) {
                statement.execute("CREATE TABLE levee_version (version INTEGER NOT NULL)");
                statement.execute("INSERT INTO levee_version VALUES (0)");
                return 0;
            }
            if (!isOurs(connection)) {
                throw new StoreException(
                        Category.WRONG_VERSION,
                        "the store " + where + " holds tables of another program; choose another place",
                        null);
            }
            try (ResultSet result = statement.executeQuery("SELECT version FROM levee_version")) {
                return result.next() ? result.getInt(1) : 0;
            }
        }
    }

    /** Whether there are tables of Levee. */
    static boolean isOurs(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "levee_version", null)) {
            return tables.next();
        }
    }

    private void execute(Connection connection, List<String> migration) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String change : migration) {
                statement.execute(database.translate(change));
            }
        }
    }

    private static void setVersion(Connection connection, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE levee_version SET version = ?")) {
            statement.setInt(1, version);
            statement.executeUpdate();
        }
    }
}
