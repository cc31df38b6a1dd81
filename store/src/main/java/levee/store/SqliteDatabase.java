package levee.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import levee.store.StoreException.Category;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** A file of SQLite with a write-ahead log, so that readers and the writer do not wait for each other. */
final class SqliteDatabase implements Database {
    /** The log shrinks to this after it had to grow. */
    private static final int LOG_BYTES = 64 << 20;

    private static final int CACHE_KIBIBYTES = 8 << 10;

    private final Path file;
    private final Duration patience;

    SqliteDatabase(Path file, Duration patience) {
        this.file = file.toAbsolutePath().normalize();
        this.patience = patience;
    }

    @Override
    public Duration patience() {
        return patience;
    }

    /** Makes the file, readable by its owner only: it says who was attacked, and who did what. */
    @Override
    public void prepare() {
        if (Files.exists(file)) {
            return;
        }
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, or it is a link to a file that is not there; opening it will tell.
        } catch (NoSuchFileException e) {
            throw new StoreException(
                    Category.UNREACHABLE, "cannot make the store " + file + ": its folder does not exist; make it", e);
        } catch (AccessDeniedException e) {
            throw new StoreException(
                    Category.DENIED,
                    "cannot make the store " + file + ": its folder may not be written; change its permissions",
                    e);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            Category category = reason.contains("No space left")
                    ? Category.FULL
                    : reason.contains("Read-only") ? Category.DENIED : Category.UNREACHABLE;
            throw new StoreException(
                    category, "cannot make the store " + file + ": " + reason + "; " + remedy(category), e);
        }
    }

    @Override
    public Connection connectWriter() throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit(LOG_BYTES);
        Connection connection = connect(config);
        try {
            if (Migrator.isOurs(connection) || countTables(connection) == 0) {
                logAhead(connection);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** This changes the file for good, so it is not done to one of another program. */
    private static void logAhead(Connection connection) throws SQLException {
        execute(connection, "PRAGMA journal_mode = WAL");
    }

    @Override
    public Connection connectReader() throws SQLException {
        Connection connection = connect(config());
        try {
            execute(connection, "PRAGMA query_only = 1");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    // The driver's own transactions begin the next as soon as one ends, and so never let others write.

    @Override
    public void beginWriting(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void beginReading(Connection connection) throws SQLException {
        execute(connection, "BEGIN");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    /** Some errors have rolled back already. */
    @Override
    public void rollBack(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.enforceForeignKeys(true);
        config.setCacheSize(-CACHE_KIBIBYTES);
        // A file that went away is an error; a new and empty one in its place would hide that.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config;
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /** What is written to a file that was deleted is lost without an error. */
    @Override
    public boolean isAlive(Connection connection) {
        return Files.exists(file);
    }

    /** A transaction that writes holds the only lock there is. */
    @Override
    public void lockForMigration(Connection connection) {}

    @Override
    public int countTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM sqlite_schema WHERE type = 'table'")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    @Override
    public String translate(String statement) {
        return statement
                .replace("${TEXT}", "TEXT")
                .replace("${BYTES}", "BLOB")
                .replace("${NUMBERED}", "INTEGER PRIMARY KEY AUTOINCREMENT")
                .replace("${CLUSTERED}", "WITHOUT ROWID");
    }

    @Override
    public StoreException explain(String attempt, SQLException error) {
        // The low byte is the primary code; the rest says more.
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff);
        Category category = switch (code) {
            case SQLITE_BUSY, SQLITE_LOCKED -> Category.BUSY;
            case SQLITE_FULL -> Category.FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Category.DAMAGED;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> Category.DENIED;
            case SQLITE_CANTOPEN -> Files.exists(file) ? Category.DENIED : Category.UNREACHABLE;
            case SQLITE_IOERR -> isShared(error) ? Category.FULL : Category.UNREACHABLE;
            default -> Category.FAILED;
        };
        return new StoreException(
                category,
                "cannot " + attempt + " in the store " + file + ": " + error.getMessage() + "; " + remedy(category),
                error);
    }

    /** On a full disk the index of the log cannot grow, which SQLite calls an input error. */
    private static boolean isShared(SQLException error) {
        return SQLiteErrorCode.getErrorCode(error.getErrorCode()) == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    private static String remedy(Category category) {
        return switch (category) {
            case BUSY -> "another process holds it; only one Levee may use it";
            case FULL -> "make room on its disk";
            case DAMAGED ->
                "move it and the files beside it (-wal, -shm) away, and put a copy in their place or begin anew";
            case DENIED -> "let Levee read and write the file and its folder";
            case UNREACHABLE -> "see whether its disk is there and sound";
            case WRONG_VERSION, FAILED -> "please report this";
        };
    }
}
