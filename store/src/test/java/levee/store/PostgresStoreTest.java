package levee.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresStoreTest extends StoreContract {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    static StoreLocation.PostgresDatabase location(EmbeddedPostgres server) {
        return new StoreLocation.PostgresDatabase(
                "localhost:" + server.getPort(), "postgres", Optional.of("postgres"), Optional.empty(), Map.of());
    }

    @Override
    @BeforeEach
    void openStore() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS levee CASCADE");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        super.openStore();
    }

    @Override
    Store open() {
        return Store.open(location(server));
    }
}
