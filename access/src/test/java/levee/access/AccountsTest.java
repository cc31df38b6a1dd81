package levee.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.store.AuditLine;
import levee.store.AuditQuery;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.testing.TestClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    static final String PASSWORD = "tomatoes in winter";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private Store store;
    private Accounts accounts;

    @BeforeEach
    void open() {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
        accounts = new Accounts(store, PasswordWorkTest.quick(), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void refused(String why, ThrowingCallable attempt) {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(attempt)
                .withMessageContaining(why)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(PASSWORD));
    }

    private void add(String name, Role role) throws Exception {
        accounts.add("root", name, role, Optional.empty(), PASSWORD);
    }

    @Test
    void anAccountIsMadeAndNotedWithoutItsPassword() throws Exception {
        accounts.add("root", "ada", Role.VIEWER, Optional.of("Example Shop"), PASSWORD);

        assertThat(accounts.all())
                .containsExactly(new Account(
                        "ada", Role.VIEWER, Optional.of("Example Shop"), TestClock.NOW, TestClock.NOW, false, 1));
        assertThat(accounts.check("ada", PASSWORD)).contains(accounts.all().getFirst());
        assertThat(accounts.check("ada", PASSWORD + "!")).isEmpty();
        List<AuditLine> lines = store.auditLines(AuditQuery.newest(10)).lines();
        assertThat(lines)
                .containsExactly(new AuditLine(TestClock.NOW, "root", "account.add", "ada", "viewer, of Example Shop"));
        assertThat(lines.toString() + store.accounts() + accounts.all()).doesNotContain(PASSWORD, "argon2");
    }

    @Test
    void whatCannotBeAnAccountIsRefused() throws Exception {
        add("ada", Role.ADMINISTRATOR);

        refused("cannot name an account", () -> add("", Role.VIEWER));
        refused("cannot name an account", () -> add("openid:ada", Role.VIEWER));
        refused("cannot name an account", () -> add("a\nb", Role.VIEWER));
        refused("'ada' already", () -> add("ADA", Role.VIEWER));
        refused(
                "cannot be limited",
                () -> accounts.add("root", "bob", Role.ADMINISTRATOR, Optional.of("shop"), PASSWORD));
        refused("printable", () -> accounts.add("root", "bob", Role.VIEWER, Optional.of("a\nb"), PASSWORD));
        refused("at least 12", () -> accounts.add("root", "bob", Role.VIEWER, Optional.empty(), "short"));
        refused("no account 'bob'", () -> accounts.changeRole("root", "bob", Role.VIEWER, false));
        assertThat(accounts.all()).hasSize(1);
    }

    @Test
    void theLastAdministratorStaysUnlessForced() throws Exception {
        add("ada", Role.ADMINISTRATOR);
        add("bob", Role.OPERATOR);
        add("eve", Role.ADMINISTRATOR);
        accounts.disable("root", "eve", false);

        refused("last administrator", () -> accounts.remove("root", "ada", false));
        refused("last administrator", () -> accounts.disable("root", "ada", false));
        refused("last administrator", () -> accounts.changeRole("root", "ada", Role.OPERATOR, false));
        accounts.remove("root", "bob", false);
        accounts.enable("root", "eve");
        accounts.remove("root", "ada", false);
        accounts.remove("root", "eve", true);

        assertThat(accounts.all()).isEmpty();
    }

    @Test
    void everyChangeCountsAndIsNoted() throws Exception {
        add("ada", Role.VIEWER);
        clock.move(Duration.ofDays(1));
        accounts.changeRole("root", "ada", Role.OPERATOR, false);
        accounts.disable("root", "ada", false);
        assertThat(accounts.check("ada", PASSWORD)).isEmpty();
        accounts.enable("root", "ada");
        accounts.resetPassword("root", "ada", "another long one");

        assertThat(accounts.account("ada")).hasValueSatisfying(account -> {
            assertThat(account.role()).isEqualTo(Role.OPERATOR);
            assertThat(account.revision()).isEqualTo(5);
            assertThat(account.madeAt()).isEqualTo(TestClock.NOW);
            assertThat(account.passwordChangedAt()).isEqualTo(clock.instant());
        });
        assertThat(accounts.check("ada", PASSWORD)).isEmpty();
        assertThat(accounts.check("ada", "another long one")).isPresent();
        assertThat(store.auditLines(AuditQuery.newest(10)).lines())
                .extracting(AuditLine::action)
                .containsExactly(
                        "account.password", "account.enable", "account.disable", "account.role", "account.add");
    }

    @Test
    void aWeakHashIsMadeAnewAtSignIn() throws Exception {
        add("ada", Role.VIEWER);
        String weak = store.accounts().getFirst().passwordHash();
        Accounts stronger = new Accounts(
                store,
                new PasswordWork(new SecureRandom(), new PasswordHash.Parameters(128, 2, 1), Duration.ofSeconds(1)),
                clock);

        assertThat(stronger.check("ada", "wrong but long enough")).isEmpty();
        assertThat(store.accounts().getFirst().passwordHash()).isEqualTo(weak);
        assertThat(stronger.check("ada", PASSWORD)).isPresent();
        assertThat(store.accounts().getFirst().passwordHash()).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        assertThat(stronger.check("ada", PASSWORD)).isPresent();
    }

    @Test
    void twoProcessesOnOneStoreSeeEachOthersChanges() throws Exception {
        add("ada", Role.VIEWER);
        try (Store other = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")))) {
            new Accounts(other, PasswordWorkTest.quick(), clock).disable("root", "ada", true);
            assertThat(accounts.account("ada"))
                    .get()
                    .extracting(Account::isDisabled)
                    .isEqualTo(true);
        }
    }
}
