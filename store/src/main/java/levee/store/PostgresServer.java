package levee.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import levee.store.StoreException.Category;
import levee.store.StoreLocation.PostgresDatabase;

/** A database of PostgreSQL. */
final class PostgresServer implements Database {
    private static final String SCHEMA = "levee";

    /** Any number that nobody else locks: the letters "levee". */
    private static final long MIGRATION_LOCK = 0x6c65766565L;

    private final PostgresDatabase location;
    private final Duration patience;

    PostgresServer(PostgresDatabase location, Duration patience) {
        this.location = location;
        this.patience = patience;
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public void prepare() {}

    @Override
    public Connection connectWriter() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            // An administrator may have made the schema for a user who may not.
            if (!exists(statement)) {
                // Two who make it at the same time get in each other's way.
                lockForMigration(connection);
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            }
            connection.commit();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = '" + SCHEMA + "'")) {
            return result.next();
        }
    }

    @Override
    public Connection connectReader() throws SQLException {
        Connection connection = connect();
        connection.setReadOnly(true);
        return connection;
    }

    private Connection connect() throws SQLException {
        String seconds = Long.toString(Math.max(1, patience.toSeconds()));
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "levee");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", Long.toString(6 * Math.max(1, patience.toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", "-c lock_timeout=" + patience.toMillis());
        location.parameters().forEach(properties::setProperty);
        location.user().ifPresent(user -> properties.setProperty("user", user));
        location.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("currentSchema", SCHEMA);
        // All secrets are in the properties: the driver repeats addresses in its messages.
        String database = URLEncoder.encode(location.database(), StandardCharsets.UTF_8);
        Connection connection =
                DriverManager.getConnection("jdbc:postgresql://" + location.servers() + "/" + database, properties);
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void beginWriting(Connection connection) {
        // The first statement begins it.
    }

    @Override
    public void beginReading(Connection connection) {
        // The first statement begins it.
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    public boolean isAlive(Connection connection) throws SQLException {
        return connection.isValid(Math.toIntExact(Math.max(1, patience.toSeconds())));
    }

    @Override
    public void lockForMigration(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
        }
    }

    @Override
    public int countTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = '" + SCHEMA + "'")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    /** Texts are compared by their bytes, so that lists do not depend on the language of the server. */
    @Override
    public String translate(String statement) {
        return statement
                .replace("${TEXT}", "TEXT COLLATE \"C\"")
                .replace("${BYTES}", "BYTEA")
                .replace("${NUMBERED}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                .replace("${CLUSTERED}", "");
    }

    @Override
    public StoreException explain(String attempt, SQLException error) {
        Category category = category(error.getSQLState() == null ? "" : error.getSQLState());
        return new StoreException(
                category,
                "cannot " + attempt + " in the store " + location + ": " + error.getMessage() + "; " + remedy(category),
                error);
    }

    /** By the classes and codes of appendix A of the manual of PostgreSQL. */
    private static Category category(String state) {
        return switch (state) {
            case "53100", "53200", "54000" -> Category.FULL;
            // Too many connections; cannot serialize; deadlock; lock not available; cancelled; its row was deleted.
            case "53300", "40001", "40P01", "55P03", "57014", "23503" -> Category.BUSY;
            case "42501", "25006" -> Category.DENIED;
            case "3D000" -> Category.UNREACHABLE;
            case "XX001", "XX002" -> Category.DAMAGED;
            default -> {
                if (state.startsWith("08") || state.startsWith("57P")) {
                    yield Category.UNREACHABLE;
                }
                // A disk that fails is an error of the system (58).
                yield state.startsWith("58")
                        ? Category.UNREACHABLE
                        : state.startsWith("28") ? Category.DENIED : Category.FAILED;
            }
        };
    }

    private static String remedy(Category category) {
        return switch (category) {
            case BUSY -> "try again";
            case FULL -> "make room on the server";
            case DAMAGED -> "restore the database from a copy";
            case DENIED -> "see whether user and password are right, and grant the user all rights in schema " + SCHEMA;
            case UNREACHABLE -> "see whether the server runs and can be reached, and whether the database exists";
            case WRONG_VERSION, FAILED -> "please report this";
        };
    }
}
