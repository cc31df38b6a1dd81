package levee.store;

import static levee.store.Samples.NOON;
import static levee.store.Samples.finding;
import static levee.store.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import levee.store.StoreException.Category;
import levee.store.StoreLocation.PostgresDatabase;
import levee.store.StoredFinding.State;
import levee.testing.SmallDisk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a database of PostgreSQL cannot be used. */
@Tag("slow")
@Timeout(120)
class PostgresTroubleTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private static Path data;

    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(data.resolve("data")).setCleanDataDirectory(false);
    }

    @BeforeEach
    void clean() throws SQLException {
        execute("SET default_transaction_read_only = off", "DROP SCHEMA IF EXISTS levee CASCADE");
        execute("SET default_transaction_read_only = off", "ALTER DATABASE postgres RESET ALL");
    }

    private PostgresDatabase location() {
        return PostgresStoreTest.location(server);
    }

    private Store open() {
        return SqlStore.open(location(), SHORT);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private String ask(String question) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(question)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static StoreException failure(Runnable attempt) {
        return catchThrowableOfType(StoreException.class, attempt::run);
    }

    private static void check(StoreException failure, Category category) {
        assertThat(failure).isNotNull().hasMessageContaining("postgresql://");
        assertThat(failure.category()).as(failure.getMessage()).isEqualTo(category);
    }

    @Test
    void aServerThatWentAwayIsUsedAgainWhenItIsBack() throws Exception {
        int port = server.getPort();
        try (Store store = open()) {
            store.save(finding("a"));
            assertThat(store.finding("a")).isPresent();
            server.close();

            check(failure(() -> store.save(finding("b"))), Category.UNREACHABLE);
            check(failure(() -> store.finding("a")), Category.UNREACHABLE);
            assertThat(store.health().isReadable()).isFalse();
            assertThat(store.health().problem()).contains(Category.UNREACHABLE);
            check(failure(this::open), Category.UNREACHABLE);

            server = builder().setPort(port).start();
            assertThat(store.finding("a")).contains(finding("a"));
            assertThat(store.finding("b")).isEmpty();
            store.save(finding("b"));
            assertThat(store.health()).isEqualTo(Health.GOOD);
        }
    }

    @Test
    void connectionsThatTheServerEndedAreMadeAnew() throws Exception {
        try (Store store = open()) {
            store.save(finding("a"));
            for (int i = 2; i < 5; i++) {
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'levee'");
                store.save(finding("a", i, State.OPEN, NOON));
                assertThat(store.finding("a").map(StoredFinding::revision)).contains(i);
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            PostgresDatabase nowhere = new PostgresDatabase(
                    "127.0.0.1:" + silent.getLocalPort(), "db", Optional.of("ada"), Optional.of("pssst"), Map.of());

            long before = System.nanoTime();
            check(failure(() -> SqlStore.open(nowhere, SHORT)), Category.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aLockIsBusyForWritersOnly() throws Exception {
        try (Store store = open()) {
            store.save(finding("a"));
            try (Connection other = server.getPostgresDatabase().getConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE levee.finding IN EXCLUSIVE MODE");

                check(failure(() -> store.save(finding("b"))), Category.BUSY);
                assertThat(store.finding("a")).isPresent();
                other.rollback();
            }
            store.save(finding("b"));
        }
    }

    @Test
    void aPasswordIsNeverShown() throws Exception {
        execute("CREATE ROLE ada LOGIN PASSWORD 'right'");
        Path rules = Path.of(ask("SHOW hba_file"));
        Files.writeString(
                rules,
                "host all ada 0.0.0.0/0 scram-sha-256\nhost all ada ::/0 scram-sha-256\n" + Files.readString(rules));
        execute("SELECT pg_reload_conf()", "GRANT CREATE ON DATABASE postgres TO ada");
        PostgresDatabase right = new PostgresDatabase(
                location().servers(), "postgres", Optional.of("ada"), Optional.of("right"), Map.of());
        SqlStore.open(right, SHORT).close();

        StoreException failure = failure(() -> SqlStore.open(right.withPassword("pssst"), SHORT));

        check(failure, Category.DENIED);
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything, true));
        assertThat(everything.toString()).contains("ada").doesNotContain("pssst");
    }

    @Test
    void whatIsMissingOrForbiddenIsSaid() throws Exception {
        PostgresDatabase missing =
                new PostgresDatabase(location().servers(), "nope", Optional.of("postgres"), Optional.empty(), Map.of());
        check(failure(() -> SqlStore.open(missing, SHORT)), Category.UNREACHABLE);
        PostgresDatabase unknown =
                new PostgresDatabase("no-such-host.invalid", "db", Optional.of("ada"), Optional.of("pssst"), Map.of());
        assertThat(failure(() -> SqlStore.open(unknown, SHORT)))
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageNotContaining("pssst");

        execute("CREATE ROLE guest LOGIN");
        PostgresDatabase guest = new PostgresDatabase(
                location().servers(), "postgres", Optional.of("guest"), Optional.empty(), Map.of());
        check(failure(() -> SqlStore.open(guest, SHORT)), Category.DENIED);

        try (Store store = open()) {
            store.save(finding("a"));
            execute(
                    "ALTER DATABASE postgres SET default_transaction_read_only = on",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'levee'");
            check(failure(() -> store.save(finding("b"))), Category.DENIED);
            assertThat(store.finding("a")).isPresent();
            assertThat(store.health().isReadable()).isTrue();
        }
    }

    @Test
    void aNewerVersionAndTablesOfOthersAreRefused() throws Exception {
        open().close();
        execute("UPDATE levee.levee_version SET version = 99");
        assertThat(failure(this::open).category()).isEqualTo(Category.WRONG_VERSION);

        execute("DROP SCHEMA levee CASCADE", "CREATE SCHEMA levee", "CREATE TABLE levee.bookmark (address TEXT)");
        assertThat(failure(this::open).category()).isEqualTo(Category.WRONG_VERSION);
        assertThat(ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'levee'"))
                .isEqualTo("1");
    }

    @Test
    void aFullDiskIsSaidAndGotOver() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        try (SmallDisk disk = SmallDisk.mount(small, 4_096)) {
            execute(
                    "CREATE TABLESPACE small LOCATION '" + disk.folder() + "'",
                    "ALTER DATABASE postgres SET default_tablespace = small");
            Path ballast = disk.folder().resolve("ballast");
            try (Store store = open()) {
                store.save(finding("a"));
                Files.write(ballast, new byte[2_500_000]);
                List<TrafficPoint> points = IntStream.range(0, 2_000)
                        .mapToObj(i -> point("s", NOON.plusSeconds(i), i))
                        .toList();
                StoreException full = null;
                for (int day = 0; day < 50 && full == null; day++) {
                    List<TrafficPoint> later = shift(points, day);
                    full = failure(() -> store.addTraffic(Resolution.SECOND, later));
                }
                check(full, Category.FULL);
                assertThat(store.finding("a")).isPresent();

                Files.delete(ballast);
                assertThat(store.addTraffic(Resolution.SECOND, points)).isZero();
            } finally {
                execute("DROP SCHEMA levee CASCADE", "CHECKPOINT");
                execute("ALTER DATABASE postgres RESET default_tablespace", "DROP TABLESPACE small");
            }
        }
    }

    private static List<TrafficPoint> shift(List<TrafficPoint> points, int days) {
        return points.stream()
                .map(each -> point("s", each.time().plus(Duration.ofDays(days)), each.packets()))
                .toList();
    }

    @Test
    void migrationsTakePlaceAsAWholeAndOnce() throws Exception {
        Database database = new PostgresServer(location(), Duration.ofSeconds(20));
        MigratorTest.migrate(database, List.of(MigratorTest.FIRST, MigratorTest.SECOND));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> MigratorTest.migrate(
                        database,
                        List.of(MigratorTest.FIRST, MigratorTest.SECOND, MigratorTest.THIRD, MigratorTest.WRONG)));
        assertThat(MigratorTest.legs(database)).isEqualTo(4);

        MigratorTest.migrateAtOnce(database);
        assertThat(MigratorTest.legs(database)).isEqualTo(5);
    }

    /** Several that open, write and delete at the same time only ever wait for each other. */
    @Test
    void severalMayShareIt() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    try (Store store = SqlStore.open(location(), Duration.ofSeconds(20))) {
                        for (int round = 1; round <= 20; round++) {
                            store.save(finding("f" + round % 3, 10 * round + number, State.OPEN, NOON));
                            store.addTraffic(
                                    Resolution.SECOND,
                                    List.of(
                                            point("b", NOON.plusSeconds(round), number),
                                            point("a", NOON.plusSeconds(round), number)));
                            store.expire(NOON, Retention.DEFAULT);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        try (Store store = open()) {
            assertThat(store.revisions("f0").size()
                            + store.revisions("f1").size()
                            + store.revisions("f2").size())
                    .isEqualTo(80);
            assertThat(store.traffic(Resolution.SECOND, "a", NOON, NOON.plusSeconds(60)))
                    .hasSize(20);
        }
    }
}
