package levee.store;

import static levee.store.Samples.NOON;
import static levee.store.Samples.finding;
import static levee.store.Samples.line;
import static levee.store.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import levee.store.StoreException.Category;
import levee.store.StoreLocation.SqliteFile;
import levee.store.StoredFinding.Mode;
import levee.store.StoredFinding.State;
import levee.testing.SmallDisk;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a file of SQLite cannot be used. */
class SqliteTroubleTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("levee.db");
    }

    private Store open() {
        return SqlStore.open(new SqliteFile(file), SHORT);
    }

    private static StoreException failure(Runnable attempt) {
        return catchThrowableOfType(StoreException.class, attempt::run);
    }

    private void check(StoreException failure, Category category) {
        assertThat(failure).isNotNull().hasMessageContaining(file.toString());
        assertThat(failure.category()).as(failure.getMessage()).isEqualTo(category);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private void assertSound() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("ok");
        }
    }

    private static StoredFinding longFinding(String id) {
        String json = "\"" + "x".repeat(50_000) + "\"";
        return new StoredFinding(id, "attack", State.OPEN, "10.0.0.1", NOON, NOON, NOON, Mode.ALERT, 1, NOON, json);
    }

    @Test
    void theFileIsForItsOwnerOnly() throws Exception {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (Store store = open()) {
            store.save(finding("a"));
            for (String name : List.of("levee.db", "levee.db-wal", "levee.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(folder.resolve("levee.db-wal")).doesNotExist();
    }

    @Test
    void aFullDiskIsSaidAndGotOver() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 1_024)) {
            Path ballast = disk.folder().resolve("ballast");
            try (Store store = open()) {
                store.save(finding("a"));
                Files.write(ballast, new byte[500_000]);

                int saved = fill(store);
                fillWithLines(store);
                check(failure(() -> store.save(longFinding("more"))), Category.FULL);
                assertThat(failure(() -> store.save(longFinding("more")))).hasMessageContaining("make room");
                Health health = store.health();
                assertThat(health.isReadable()).isTrue();
                assertThat(health.isWritable()).isFalse();
                assertThat(health.problem()).contains(Category.FULL);
                assertThat(store.finding("a")).contains(finding("a"));
                assertThat(store.finding("more")).isEmpty();
                assertThat(store.findings(FindingQuery.newest(100)).findings()).hasSize(saved + 1);

                Files.delete(ballast);
                store.save(longFinding("more"));
                assertThat(store.health()).isEqualTo(Health.GOOD);
            }
            assertSound();
        }
    }

    private static int fill(Store store) {
        for (int i = 0; ; i++) {
            String id = "f" + i;
            if (failure(() -> store.save(longFinding(id))) != null) {
                return i;
            }
        }
    }

    private static void fillWithLines(Store store) {
        AuditLine line = new AuditLine(NOON, "ada", "test", "", "x".repeat(1_000));
        while (failure(() -> store.audit(line)) == null) {
            assertThat(store.finding("a")).isPresent();
        }
    }

    @Test
    void aStoreIsNotBegunOnAFullDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 400)) {
            Path ballast = disk.folder().resolve("ballast");
            fillUp(ballast);
            check(failure(this::open), Category.FULL);

            Files.delete(ballast);
            try (Store store = open()) {
                assertThat(store.trafficSeries()).isEmpty();
            }
        }
    }

    private static void fillUp(Path ballast) {
        try {
            Files.write(ballast, new byte[500_000]);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** The same without a small disk, so that it is tested everywhere. */
    @Test
    void aFileThatMayNotGrowIsFull() throws Exception {
        SqliteDatabase sqlite = new SqliteDatabase(file, SHORT);
        int[] pages = {60};
        Database limited = new Database() {
            @Override
            public Connection connectWriter() throws SQLException {
                Connection connection = sqlite.connectWriter();
                limit(connection);
                return connection;
            }

            private void limit(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = " + pages[0]);
                }
            }

            /** The limit can change between any two transactions. */
            @Override
            public boolean isAlive(Connection connection) throws SQLException {
                limit(connection);
                return true;
            }

            @Override
            public Duration patience() {
                return sqlite.patience();
            }

            @Override
            public void prepare() {
                sqlite.prepare();
            }

            @Override
            public Connection connectReader() throws SQLException {
                return sqlite.connectReader();
            }

            @Override
            public void beginWriting(Connection connection) throws SQLException {
                sqlite.beginWriting(connection);
            }

            @Override
            public void beginReading(Connection connection) throws SQLException {
                sqlite.beginReading(connection);
            }

            @Override
            public void commit(Connection connection) throws SQLException {
                sqlite.commit(connection);
            }

            @Override
            public void rollBack(Connection connection) throws SQLException {
                sqlite.rollBack(connection);
            }

            @Override
            public void lockForMigration(Connection connection) {
                sqlite.lockForMigration(connection);
            }

            @Override
            public int countTables(Connection connection) throws SQLException {
                return sqlite.countTables(connection);
            }

            @Override
            public String translate(String statement) {
                return sqlite.translate(statement);
            }

            @Override
            public StoreException explain(String attempt, SQLException error) {
                return sqlite.explain(attempt, error);
            }
        };
        try (Store store = SqlStore.open(limited, file.toString())) {
            int saved = fill(store);
            check(failure(() -> store.save(longFinding("more"))), Category.FULL);
            assertThat(saved).isPositive();
            assertThat(store.findings(FindingQuery.newest(100)).findings()).hasSize(saved);
            assertThat(store.health().problem()).contains(Category.FULL);

            pages[0] = 1_000;
            store.save(longFinding("more"));
            assertThat(store.health()).isEqualTo(Health.GOOD);
        }
        assertSound();
    }

    @Test
    void aLockedFileIsBusyForWritersOnly() throws Exception {
        try (Store store = open()) {
            store.save(finding("a"));
            try (Connection other = connect();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                check(failure(() -> store.save(finding("b"))), Category.BUSY);
                assertThat(store.finding("a")).isPresent();
                assertThat(store.health().isReadable()).isTrue();
                assertThat(store.health().problem()).contains(Category.BUSY);

                Thread writer = new Thread(() -> failure(() -> store.save(finding("c"))));
                writer.start();
                int reads = 0;
                while (writer.isAlive()) {
                    assertThat(store.finding("a")).isPresent();
                    reads++;
                }
                assertThat(reads).as("reads while a writer waits").isGreaterThan(5);
                statement.execute("ROLLBACK");
            }
            store.save(finding("b"));
            assertThat(store.finding("b")).isPresent();
            assertThat(store.finding("c")).isEmpty();
        }
        assertSound();
    }

    @Test
    void aFileThatMayNotBeWrittenIsDenied() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 4_096)) {
            try (Store store = open()) {
                store.save(finding("a"));
            }
            disk.makeReadOnly(true);
            check(failure(this::open), Category.DENIED);
            assertThat(failure(() -> SqlStore.open(new SqliteFile(folder.resolve("new.db")), SHORT))
                            .category())
                    .isEqualTo(Category.DENIED);

            disk.makeReadOnly(false);
            try (Store store = open()) {
                store.save(finding("b"));
                assertThat(store.finding("a")).isPresent();
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        file = folder.resolve("none").resolve("levee.db");
        check(failure(this::open), Category.UNREACHABLE);
        assertThat(failure(this::open)).hasMessageContaining("folder does not exist");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aFolderIsNoStore() throws Exception {
        Files.createDirectory(file);
        assertThat(failure(this::open)).hasMessageContaining(file.toString());
    }

    @Test
    void aFileOfSomethingElseIsDamagedAndLeftAlone() throws Exception {
        byte[] noise = new byte[20_000];
        new Random(5).nextBytes(noise);
        Files.write(file, noise);

        check(failure(this::open), Category.DAMAGED);
        assertThat(failure(this::open)).hasMessageContaining("move it");
        assertThat(Files.readAllBytes(file)).isEqualTo(noise);
    }

    @Test
    void damageIsToldFromWhatIsSoundAndGotOver() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Store store = open()) {
            store.saveAll(
                    IntStream.range(0, 30).mapToObj(i -> longFinding("f" + i)).toList());
            store.audit(line(1));
        }
        Files.copy(file, copy);
        byte[] bytes = Files.readAllBytes(file);
        byte[] noise = new byte[bytes.length * 3 / 4];
        new Random(6).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, bytes.length / 4, noise.length);
        Files.write(file, bytes);

        try (Store store = open()) {
            check(failure(() -> store.findings(FindingQuery.newest(100))), Category.DAMAGED);
            assertThat(store.auditLines(AuditQuery.newest(5)).lines()).hasSize(1);
        }
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        try (Store store = open()) {
            assertThat(store.findings(FindingQuery.newest(100)).findings()).hasSize(30);
        }
        assertSound();
    }

    @Test
    void randomDamageIsNeverMoreThanAStoreException() throws Exception {
        try (Store store = open()) {
            store.saveAll(IntStream.range(0, 20).mapToObj(i -> finding("f" + i)).toList());
            store.addTraffic(
                    Resolution.SECOND,
                    IntStream.range(0, 500)
                            .mapToObj(i -> point("s", NOON.plusSeconds(i), i))
                            .toList());
        }
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(8);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0; i < 200; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            StoreException failure = failure(this::useAll);
            if (failure != null) {
                refused++;
                assertThat(failure.category()).as(failure.getMessage()).isNotIn(Category.BUSY, Category.FULL);
            }
        }
        assertThat(refused).isGreaterThan(30);
    }

    private void useAll() {
        try (Store store = open()) {
            store.findings(FindingQuery.newest(100));
            store.revisions("f3");
            store.traffic(Resolution.SECOND, "s", NOON, NOON.plusSeconds(600));
            store.save(finding("f5", 2, State.ENDED, NOON));
            store.expire(NOON.plus(Duration.ofDays(3)), Retention.DEFAULT);
        }
    }

    @Test
    void aFileThatWasRemovedIsMissedAndUsedAgainWhenItIsBack() throws Exception {
        Path elsewhere = folder.resolve("elsewhere.db");
        try (Store store = open()) {
            store.save(finding("a"));
            assertThat(store.finding("a")).isPresent();
            Files.move(file, elsewhere);

            check(failure(() -> store.save(finding("b"))), Category.UNREACHABLE);
            check(failure(() -> store.finding("a")), Category.UNREACHABLE);
            assertThat(file).doesNotExist();

            Files.move(elsewhere, file);
            store.save(finding("b"));
            assertThat(store.finding("a")).isPresent();
        }
        assertSound();
    }

    @Test
    void aNewerVersionIsRefused() throws Exception {
        open().close();
        execute("UPDATE levee_version SET version = 99");

        check(failure(this::open), Category.WRONG_VERSION);
        assertThat(failure(this::open)).hasMessageContaining("version 99").hasMessageContaining("up to 2");
    }

    @Test
    void aDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
        execute("CREATE TABLE bookmark (address TEXT)");
        byte[] before = Files.readAllBytes(file);

        check(failure(this::open), Category.WRONG_VERSION);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void nothingIsLostWhenAWriterIsInterrupted() throws Exception {
        try (Store store = open()) {
            Thread.currentThread().interrupt();
            check(
                    new StoreException(failure(() -> store.save(finding("a"))).category(), file.toString(), null),
                    Category.BUSY);
            assertThat(Thread.interrupted()).isTrue();
            store.save(finding("a"));
            assertThat(store.finding("a")).isPresent();
        }
    }

    /** Whatever was said to be saved is there after the process was killed in the middle of writing. */
    @Test
    @Tag("slow")
    void whatWasSavedOutlivesAKilledProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = -1;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                last = Integer.parseInt(text);
                if (last == 300) {
                    // This does not close the stream, as ending the process itself would.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();

        assertThat(last).isGreaterThanOrEqualTo(300);
        try (Store store = open()) {
            for (int i = 0; i <= last; i++) {
                assertThat(store.finding("f" + i)).as("f" + i).isPresent();
            }
        }
        assertSound();
    }

    /** Saves findings without end, and tells of each when it is saved. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) {
            Store store = Store.open(new SqliteFile(Path.of(arguments[0])));
            for (int i = 0; ; i++) {
                store.save(longFinding("f" + i));
                System.out.println(i);
            }
        }
    }
}
