package levee.access;

import static levee.access.AccountsTest.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.access.SignIn.Outcome;
import levee.store.AuditLine;
import levee.store.AuditQuery;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String HERE = "192.0.2.1";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final Sessions sessions = new Sessions(SessionLimits.USUAL, new SecureRandom());
    private Store store;
    private Accounts accounts;
    private SignIn signIn;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
        accounts = new Accounts(store, PasswordWorkTest.quick(), clock);
        signIn = new SignIn(store, accounts, sessions, clock);
        accounts.add("root", "ada", Role.OPERATOR, Optional.of("shop"), PASSWORD);
        accounts.add("root", "eve", Role.ADMINISTRATOR, Optional.empty(), PASSWORD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Outcome attempt(String name, String password) throws BusyException {
        return signIn.withPassword(name, password, HERE, Optional.empty());
    }

    private Sessions.Started ada() throws BusyException {
        assertThat(attempt("ada", PASSWORD)).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success) attempt("ada", PASSWORD)).started();
    }

    private List<AuditLine> lines(String action) {
        return store.auditLines(new AuditQuery(
                        Optional.empty(),
                        Optional.of(action),
                        Optional.empty(),
                        Optional.empty(),
                        100,
                        Optional.empty()))
                .lines();
    }

    @Test
    void nameAndPasswordMakeASession() throws Exception {
        Sessions.Started started = ada();

        assertThat(signIn.who(started.secret())).hasValueSatisfying(person -> {
            assertThat(person.name()).isEqualTo("ada");
            assertThat(person.role()).isEqualTo(Role.OPERATOR);
            assertThat(person.customer()).contains("shop");
        });
        assertThat(lines("sign-in").getFirst())
                .isEqualTo(new AuditLine(TestClock.NOW, "ada", "sign-in", HERE, "password"));
    }

    @Test
    void aWrongPasswordAnUnknownNameAndADisabledAccountAreNotToldApart() throws Exception {
        accounts.disable("root", "ada", false);
        Outcome disabled = attempt("ada", PASSWORD);
        accounts.enable("root", "ada");

        assertThat(List.of(disabled, attempt("ada", "x".repeat(20)), attempt("my secret", PASSWORD)))
                .allMatch(outcome -> outcome.equals(new Outcome.Refused()));
        assertThat(lines("sign-in.failed")).extracting(AuditLine::actor).containsExactly(SignIn.UNKNOWN, "ada", "ada");
        assertThat(store.auditLines(AuditQuery.newest(100)).lines().toString())
                .as("a password in the wrong field is in no audit trail")
                .doesNotContain("my secret", PASSWORD, "xxxx");
    }

    @Test
    void hostileNamesAndPasswordsAreOnlyRefused() throws Exception {
        for (String text : List.of("", "\0", "'; --", "a".repeat(100_000), "🌊".repeat(50_000), "\ud800")) {
            assertThat(attempt(text, text)).isEqualTo(new Outcome.Refused());
            assertThat(attempt("ada", text)).isEqualTo(new Outcome.Refused());
        }
    }

    @Test
    void guessingIsSlowedAndNotedOnce() throws Exception {
        Outcome last = new Outcome.Refused();
        for (int i = 0; i < 50; i++) {
            last = attempt("ada", "wrong " + i);
        }
        assertThat(last).isInstanceOf(Outcome.TooOften.class);
        assertThat(attempt("ada", PASSWORD)).as("even the right one").isInstanceOf(Outcome.TooOften.class);
        assertThat(lines("sign-in.failed")).hasSize(20);
        assertThat(lines("sign-in.slowed")).hasSize(1);

        clock.move(((Outcome.TooOften) last).delay());
        assertThat(attempt("ada", PASSWORD)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void theSessionBeforeEndsAtSignIn() throws Exception {
        Sessions.Started before = ada();
        Outcome outcome = signIn.withPassword("ada", PASSWORD, HERE, Optional.of(before.secret()));

        String after = ((Outcome.Success) outcome).started().secret();
        assertThat(after).isNotEqualTo(before.secret());
        assertThat(signIn.who(before.secret())).isEmpty();
        assertThat(signIn.who(after)).isPresent();
    }

    @Test
    void signingOutEndsTheSessionAndIsNoted() throws Exception {
        Sessions.Started started = ada();
        signIn.out(started.secret());
        signIn.out(started.secret());
        signIn.out("no session");

        assertThat(signIn.who(started.secret())).isEmpty();
        assertThat(lines("sign-out")).hasSize(1);
    }

    /** Whichever process changes it: the command line works on the same store. */
    @Test
    void everyChangeOfAnAccountEndsItsSessions() throws Exception {
        Accounts commandLine = new Accounts(store, PasswordWorkTest.quick(), clock);

        String one = ada().secret();
        commandLine.changeRole("root", "ada", Role.VIEWER, false);
        assertThat(signIn.who(one)).as("role").isEmpty();

        String two = ada().secret();
        commandLine.disable("root", "ada", false);
        commandLine.enable("root", "ada");
        assertThat(signIn.who(two)).as("disabled for a moment").isEmpty();

        String three = ada().secret();
        commandLine.resetPassword("root", "ada", "another long one");
        assertThat(signIn.who(three)).as("password").isEmpty();

        commandLine.resetPassword("root", "ada", PASSWORD);
        String four = ada().secret();
        commandLine.remove("root", "ada", false);
        clock.move(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            if (i == 0) {
                commandLine.add("root", "ada", Role.ADMINISTRATOR, Optional.empty(), PASSWORD);
            } else {
                commandLine.resetPassword("root", "ada", PASSWORD);
            }
            assertThat(signIn.who(four)).as("another account of the same name").isEmpty();
        }
    }

    @Test
    void theOwnPasswordIsChangedWithTheOneBefore() throws Exception {
        Sessions.Started started = ada();
        Person person = signIn.who(started.secret()).orElseThrow();

        assertThat(signIn.changePassword(person, "wrong and long", "another long one", HERE))
                .isEqualTo(SignIn.PasswordChange.WRONG_PASSWORD);
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> signIn.changePassword(person, PASSWORD, "short", HERE));
        assertThat(signIn.who(started.secret())).isPresent();
        assertThat(signIn.changePassword(person, PASSWORD, "another long one", HERE))
                .isEqualTo(SignIn.PasswordChange.DONE);
        assertThat(signIn.who(started.secret())).isEmpty();
        assertThat(attempt("ada", "another long one")).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void guessingTheFormerPasswordFromAStolenSessionIsSlowedToo() throws Exception {
        Person person = signIn.who(ada().secret()).orElseThrow();
        SignIn.PasswordChange last = SignIn.PasswordChange.DONE;
        for (int i = 0; i < 50; i++) {
            last = signIn.changePassword(person, "wrong " + i, "another long one", HERE);
        }
        assertThat(last).isEqualTo(SignIn.PasswordChange.TOO_OFTEN);
    }

    @Test
    void failuresOverAProviderCannotFillTheAuditTrail() {
        for (int i = 0; i < 200; i++) {
            signIn.identityRefused(HERE, "access_denied");
        }
        assertThat(lines("sign-in.failed"))
                .hasSize(20)
                .allMatch(line -> line.actor().equals(SignIn.UNKNOWN));
        assertThat(lines("sign-in.slowed")).hasSize(1);
    }

    @Test
    void whoComesFromAProviderHasANameOfItsOwn() {
        Sessions.Started started = signIn.withIdentity(
                new OpenIdProvider.Identity("openid:ada", Role.VIEWER, Optional.of("shop"), "/"),
                HERE,
                Optional.empty());

        assertThat(signIn.who(started.secret())).hasValueSatisfying(person -> {
            assertThat(person.role()).isEqualTo(Role.VIEWER);
            assertThat(person.customer()).contains("shop");
            assertThatExceptionOfType(AccessException.class)
                    .isThrownBy(() -> signIn.changePassword(person, PASSWORD, "another long one", HERE));
        });
        assertThat(accounts.account("openid:ada")).isEmpty();
        sessions.endAllOfOpenId();
        assertThat(signIn.who(started.secret())).isEmpty();
    }
}
