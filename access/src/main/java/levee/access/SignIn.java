package levee.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import levee.access.OpenIdProvider.Identity;
import levee.access.Sessions.Started;
import levee.store.AuditLine;
import levee.store.Store;

/**
 * Lets people in who prove who they are, and tells for each request who is signed in. Every sign-in, failure and sign-out
 * is in the audit trail. Every method may throw what the store throws.
 */
public final class SignIn {
    /** The actor in the audit trail where no account has the name: it may be a password that went into the wrong field. */
    static final String UNKNOWN = "(unknown)";

    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final InstantSource clock;
    private final GuessLimits limits;
    private Instant complainedAt = Instant.EPOCH;

    public SignIn(Store store, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
        this.limits = new GuessLimits(clock.instant());
    }

    /** What became of an attempt. */
    public sealed interface Outcome {
        record Success(Started started) implements Outcome {}

        /** Name and password do not belong together, or the account is disabled; which of these is not told. */
        record Refused() implements Outcome {}

        /** Too many attempts have failed. */
        record TooOften(Duration delay) implements Outcome {}
    }

    /**
     * Signs in.
     *
     * @param address where the request comes from
     * @param before the secret of the session that the browser has so far; it ends, so that nobody can have put it there
     */
    public Outcome withPassword(String name, String password, String address, Optional<String> before)
            throws BusyException {
        Instant now = clock.instant();
        boolean isAccount = accounts.account(name).isPresent();
        String key = isAccount ? name : Secrets.fingerprint(name);
        GuessLimits.Answer answer = limits.ask(key, isAccount, address, now);
        if (answer.attempt().isEmpty()) {
            complain(isAccount ? name : UNKNOWN, address, now);
            return new Outcome.TooOften(answer.delay());
        }
        GuessLimits.Attempt attempt = answer.attempt().get();
        Optional<Account> account;
        try {
            // A longer one is nobody's, and normalising it would be work for nothing.
            account = accounts.check(name, isTooLong(password) ? "" : password);
        } catch (BusyException | RuntimeException e) {
            limits.giveBack(attempt);
            throw e;
        }
        if (account.isEmpty()) {
            audit(isAccount ? name : UNKNOWN, "sign-in.failed", address, "", now);
            return new Outcome.Refused();
        }
        limits.succeeded(attempt, now);
        before.ifPresent(this::forget);
        audit(account.get().name(), "sign-in", address, "password", now);
        return new Outcome.Success(sessions.start(account.get(), address, now));
    }

    /** Signs somebody in for whom an OpenID provider vouches. */
    public Started withIdentity(Identity identity, String address, Optional<String> before) {
        Instant now = clock.instant();
        before.ifPresent(this::forget);
        audit(identity.name(), "sign-in", address, "openid", now);
        return sessions.start(identity, address, now);
    }

    /** Notes that a sign-in over an OpenID provider failed; not each time, as with passwords. */
    public void identityRefused(String address, String reason) {
        Instant now = clock.instant();
        if (limits.ask("openid", false, address, now).attempt().isPresent()) {
            audit(UNKNOWN, "sign-in.failed", address, "openid: " + reason, now);
        } else {
            complain(UNKNOWN, address, now);
        }
    }

    /** Ends the session of a secret. */
    public void out(String secret) {
        who(secret).ifPresent(person -> {
            audit(person.name(), "sign-out", person.session().address(), "", clock.instant());
            sessions.end(person.name(), person.session().number());
        });
    }

    /** Ends somebody's session at the wish of an administrator. */
    public void endOther(String actor, String number) {
        sessions.all(clock.instant()).stream()
                .filter(session -> session.number().equals(number))
                .findFirst()
                .ifPresent(session -> {
                    audit(actor, "session.end", session.name(), "", clock.instant());
                    sessions.end(session.name(), number);
                });
    }

    private void forget(String secret) {
        sessions.use(secret, clock.instant()).ifPresent(session -> sessions.end(session.name(), session.number()));
    }

    /**
     * Who is signed in, and what they may do now. The session ends here if the account was changed or removed since it
     * began, by whichever process.
     */
    public Optional<Person> who(String secret) {
        return sessions.use(secret, clock.instant()).flatMap(this::asOfNow);
    }

    /** The same, without counting as use of the session. */
    public Optional<Person> whoStill(String secret) {
        return sessions.look(secret, clock.instant()).flatMap(this::asOfNow);
    }

    private Optional<Person> asOfNow(Session session) {
        return switch (session.method()) {
            case OPENID -> Optional.of(new Person(session, session.role(), session.customer()));
            case PASSWORD -> {
                Optional<Person> person = accounts.account(session.name())
                        .filter(account -> isStillOf(session, account))
                        .map(account -> new Person(session, account.role(), account.customer()));
                if (person.isEmpty()) {
                    sessions.end(session.name(), session.number());
                }
                yield person;
            }
        };
    }

    private static boolean isStillOf(Session session, Account account) {
        return !account.isDisabled()
                && account.revision() == session.revision()
                && account.madeAt().equals(session.accountMadeAt());
    }

    /** What became of the wish for another password. */
    public enum PasswordChange {
        DONE,
        WRONG_PASSWORD,
        TOO_OFTEN
    }

    /**
     * Changes the password of somebody who is signed in and knows the one before. All sessions of the account end.
     *
     * @throws AccessException if the new password is refused, or the account has its password elsewhere
     */
    public PasswordChange changePassword(Person person, String former, String wanted, String address)
            throws AccessException, BusyException {
        if (person.session().method() != Session.Method.PASSWORD) {
            throw new AccessException("who signs in over a provider changes the password there");
        }
        Instant now = clock.instant();
        GuessLimits.Answer answer = limits.ask(person.name(), true, address, now);
        if (answer.attempt().isEmpty()) {
            complain(person.name(), address, now);
            return PasswordChange.TOO_OFTEN;
        }
        if (!accounts.isPassword(person.name(), isTooLong(former) ? "" : former)) {
            audit(person.name(), "account.password.failed", person.name(), "the former password is wrong", now);
            return PasswordChange.WRONG_PASSWORD;
        }
        limits.giveBack(answer.attempt().get());
        accounts.resetPassword(person.name(), person.name(), wanted);
        sessions.endAllOf(person.name());
        return PasswordChange.DONE;
    }

    private static boolean isTooLong(String password) {
        return password.codePointCount(0, password.length()) > PasswordRules.MOST_CHARACTERS;
    }

    /** Not each time: whoever asks too often could fill the audit trail otherwise. */
    private void complain(String name, String address, Instant now) {
        synchronized (this) {
            if (complainedAt.plus(BETWEEN_COMPLAINTS).isAfter(now)) {
                return;
            }
            complainedAt = now;
        }
        audit(name, "sign-in.slowed", address, "more of these are not noted for a minute", now);
    }

    private void audit(String actor, String action, String subject, String detail, Instant now) {
        store.audit(new AuditLine(now, actor, action, subject, detail));
    }
}
