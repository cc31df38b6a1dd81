package levee.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import levee.store.StoreLocation.PostgresDatabase;
import levee.store.StoreLocation.SqliteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"levee.db", "/var/lib/levee/levee.db", "a b.sqlite", "./x@y"})
    void aPlainTextIsAFile(String text) {
        assertThat(StoreLocation.parse(text)).isEqualTo(new SqliteFile(Path.of(text)));
        assertThat(StoreLocation.parse("sqlite:" + text)).isEqualTo(new SqliteFile(Path.of(text)));
        assertThat(StoreLocation.parse("jdbc:sqlite:" + text)).isEqualTo(new SqliteFile(Path.of(text)));
    }

    @Test
    void anAddressIsADatabaseOfPostgres() {
        assertThat(StoreLocation.parse(
                        "postgresql://ada:p%40ss%3aw+rd@one:5432,[::1]:5433/le%20vee?sslmode=require&a=b%26"))
                .isEqualTo(new PostgresDatabase(
                        "one:5432,[::1]:5433",
                        "le vee",
                        Optional.of("ada"),
                        Optional.of("p@ss:w+rd"),
                        Map.of("sslmode", "require", "a", "b&")));
        assertThat(StoreLocation.parse("jdbc:postgresql://host/db?user=ada&password=secret"))
                .isEqualTo(new PostgresDatabase("host", "db", Optional.of("ada"), Optional.of("secret"), Map.of()));
        assertThat(StoreLocation.parse("postgres://host/db"))
                .isEqualTo(new PostgresDatabase("host", "db", Optional.empty(), Optional.empty(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:secret@host",
                "postgresql://ada:secret@/db",
                "postgresql://ada:secret@host/",
                "postgresql://ada:secret@host/db?secret",
                "postgresql://ada:secret%zz@host/db",
                "postgresql:secret",
                "mysql://ada:secret@host/db",
                "jdbc:h2:secret",
                "secret\0",
                "secret.db?mode=memory",
                "",
                " "
            })
    void whatIsNeitherIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreLocation.parse(text))
                .satisfies(failure ->
                        assertThat(failure.getMessage()).contains("store").doesNotContain("secret"));
    }

    @Test
    void noSecretIsShown() {
        StoreLocation location = StoreLocation.parse("postgresql://ada:secret@host/db?sslpassword=secret");

        assertThat(location).hasToString("postgresql://ada@host/db");
        assertThat(((PostgresDatabase) location).withPassword("secret")).hasToString("postgresql://ada@host/db");
    }
}
