package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import levee.store.AuditLine;
import levee.store.AuditQuery;
import levee.store.Store;
import levee.store.StoreLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersCommandTest {
    private static final String PASSWORD = "tomatoes in winter";

    @TempDir
    private Path folder;

    private record Said(int exitCode, String out, String errors) {}

    private Said users(String input, String... arguments) throws UsageException {
        return users(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
    }

    private Said users(InputStream input, String... arguments) throws UsageException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        UsersCommand command = new UsersCommand(
                PasswordSource.of(null, input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                () -> Instant.parse("2026-03-02T09:00:03.5Z"));
        int exitCode = command.run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--data", folder.resolve("data").toString()))
                .toList());
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private void add(String name, String role) throws UsageException {
        Said said = users(PASSWORD + "\n", "add", name, "--role", role, "--password-stdin");
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void anAccountGoesThroughItsLife() throws Exception {
        assertThat(users("", "list").out()).contains("nobody may sign in");
        add("ada", "administrator");
        assertThat(users(PASSWORD, "add", "shop", "--role", "viewer", "--customer", "Example Shop", "--password-stdin")
                        .errors())
                .contains("no group of the settings has the customer 'Example Shop'");
        assertThat(users("", "role", "shop", "operator").out()).isEqualTo("shop is operator now\n");
        assertThat(users("another long one\r\n", "password", "shop", "--password-stdin")
                        .exitCode())
                .isZero();
        assertThat(users("", "disable", "shop").exitCode()).isZero();

        assertThat(users("", "list").out()).isEqualTo("""
            NAME  ROLE           STATE     CUSTOMER      PASSWORD CHANGED
            ada   administrator  enabled                 2026-03-02T09:00:03Z
            shop  operator       disabled  Example Shop  2026-03-02T09:00:03Z
            """);
        assertThat(users("", "enable", "shop").exitCode()).isZero();
        assertThat(users("", "remove", "shop").out()).isEqualTo("shop is removed\n");
        try (Store store = Store.open(new StoreLocation.SqliteFile(folder.resolve("data/levee.db")))) {
            List<AuditLine> lines = store.auditLines(AuditQuery.newest(20)).lines();
            assertThat(lines).hasSize(7).allMatch(line -> line.actor().startsWith("command line ("));
            assertThat(lines.toString()).doesNotContain(PASSWORD, "another long one", "argon2");
        }
    }

    @Test
    void theLastAdministratorStaysUnlessForced() throws Exception {
        add("ada", "administrator");
        Said refused = users("", "remove", "ada");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).contains("'ada' is the last administrator");
        assertThat(users("", "role", "ada", "viewer").exitCode()).isEqualTo(1);
        assertThat(users("", "disable", "ada").exitCode()).isEqualTo(1);
        assertThat(users("", "remove", "ada", "--force").exitCode()).isZero();
    }

    @Test
    void badPasswordsAreRefusedAndNeverRepeated() throws Exception {
        for (String password :
                List.of("short", "password1234", "ada has a cat", "x".repeat(5_000), "", "\u0007".repeat(20))) {
            Said refused = users(password + "\n", "add", "ada", "--role", "viewer", "--password-stdin");
            assertThat(refused.exitCode()).as(password).isEqualTo(1);
            assertThat(refused.errors()).isNotEmpty();
            if (!password.isEmpty()) {
                assertThat(refused.out() + refused.errors()).doesNotContain(password);
            }
        }
        Said binary = users(
                new ByteArrayInputStream(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', '\n'}),
                "add",
                "ada",
                "--role",
                "viewer",
                "--password-stdin");
        assertThat(binary.errors()).contains("not UTF-8");
        assertThat(users("", "add", "ada", "--role", "viewer").errors()).contains("--password-stdin");
        assertThat(users("", "list").out()).contains("nobody may sign in");
    }

    @Test
    void customersOfTheSettingsAreSuggested() throws Exception {
        Path file = Files.writeString(
                folder.resolve("levee.yaml"),
                "groups: [{name: hosting, networks: 192.0.2.0/24, customer: Example Shop}]\n");
        assertThat(users(
                                PASSWORD,
                                "add",
                                "a",
                                "--role",
                                "viewer",
                                "--customer",
                                "Example Sho",
                                "--password-stdin",
                                "--config",
                                file.toString())
                        .errors())
                .contains("Did you mean 'Example Shop'?");
        assertThat(users(
                                PASSWORD,
                                "add",
                                "b",
                                "--role",
                                "viewer",
                                "--customer",
                                "Example Shop",
                                "--password-stdin",
                                "--config",
                                file.toString())
                        .errors())
                .isEmpty();
    }

    @Test
    void wrongCallsAreExplained() {
        assertThat(CalledCommand.of("users").errors()).contains("list, add, role");
        assertThat(CalledCommand.of("users", "ad").errors()).contains("Did you mean");
        assertThat(CalledCommand.of("users", "add", "ada").errors()).contains("a role is missing");
        assertThat(CalledCommand.of("users", "add", "ada", "--role", "viewr").errors())
                .contains("Did you mean 'viewer'?");
        assertThat(CalledCommand.of("users", "role", "ada").errors()).contains("a name and a role");
        assertThat(CalledCommand.of("users", "remove", "ada", "--role", "viewer")
                        .errors())
                .contains("belong to 'add'");
        assertThat(CalledCommand.of("users", "add", "ada").exitCode()).isEqualTo(2);
        assertThat(CalledCommand.of("users", "--help").out()).contains("levee users add ada --role administrator");
    }
}
