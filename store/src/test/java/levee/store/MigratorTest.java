package levee.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import levee.store.StoreException.Category;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorTest {
    static final List<String> FIRST = List.of(
            "CREATE TABLE pet (name ${TEXT} PRIMARY KEY, picture ${BYTES})", "INSERT INTO pet (name) VALUES ('Rex')");
    static final List<String> SECOND = List.of("ALTER TABLE pet ADD COLUMN legs INTEGER", "UPDATE pet SET legs = 4");
    static final List<String> THIRD = List.of("UPDATE pet SET legs = legs + 1");
    static final List<String> WRONG = List.of("UPDATE pet SET legs = 100", "UPDATE no_such_table SET a = 1");

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void prepare() {
        database = new SqliteDatabase(folder.resolve("levee.db"), Duration.ofSeconds(20));
        database.prepare();
    }

    private void migrate(List<List<String>> migrations) throws SQLException {
        migrate(database, migrations);
    }

    static void migrate(Database database, List<List<String>> migrations) throws SQLException {
        try (Connection connection = database.connectWriter()) {
            new Migrator(database, "here", migrations).migrate(connection);
        }
    }

    private int legs() throws SQLException {
        return legs(database);
    }

    static int legs(Database database) throws SQLException {
        try (Connection connection = database.connectReader();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT sum(legs) FROM pet")) {
            return result.next() ? result.getInt(1) : -1;
        }
    }

    @Test
    void anEmptyDatabaseGetsAllVersions() throws Exception {
        migrate(List.of(FIRST, SECOND, THIRD));

        assertThat(legs()).isEqualTo(5);
    }

    @Test
    void anOlderDatabaseGetsWhatItLacksOnce() throws Exception {
        migrate(List.of(FIRST));
        migrate(List.of(FIRST, SECOND));
        assertThat(legs()).isEqualTo(4);
        migrate(List.of(FIRST, SECOND, THIRD));
        migrate(List.of(FIRST, SECOND, THIRD));

        assertThat(legs()).isEqualTo(5);
    }

    @Test
    void aMigrationThatFailsChangesNothing() throws Exception {
        migrate(List.of(FIRST, SECOND));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> migrate(List.of(FIRST, SECOND, THIRD, WRONG)))
                .withMessageContaining("no_such_table");
        assertThat(legs()).isEqualTo(4);

        migrate(List.of(FIRST, SECOND, THIRD));
        assertThat(legs()).isEqualTo(5);
    }

    @Test
    void aStoreOfTheFirstVersionGetsAccountsAndLosesNothing() throws Exception {
        migrate(Schema.MIGRATIONS.subList(0, 1));
        try (Connection connection = database.connectWriter();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO audit (made_at, actor, action, subject, detail) VALUES (7, 'ada', 'b', '', '')");
        }

        try (Store store = SqlStore.open(database, "here")) {
            assertThat(store.accounts()).isEmpty();
            assertThat(store.saveAccount(Samples.account("ada", 1))).isTrue();
            assertThat(store.auditLines(AuditQuery.newest(10)).lines())
                    .extracting(AuditLine::actor)
                    .containsExactly("ada");
        }
    }

    @Test
    void aNewerDatabaseIsRefused() throws Exception {
        migrate(List.of(FIRST, SECOND, THIRD));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> migrate(List.of(FIRST, SECOND)))
                .withMessageContaining("here is of version 3")
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(Category.WRONG_VERSION));
        assertThat(legs()).isEqualTo(5);
    }

    @Test
    void whoeverComesFirstMigratesForAll() throws Exception {
        migrate(List.of(FIRST));
        migrateAtOnce(database);

        assertThat(legs()).isEqualTo(5);
    }

    static void migrateAtOnce(Database database) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    migrate(database, List.of(FIRST, SECOND, THIRD));
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
