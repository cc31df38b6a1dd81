package levee.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import levee.store.AuditLine;
import levee.store.Store;
import levee.store.StoredAccount;

/** Says who may sign in, and notes in the audit trail who said so. Every method may throw what the store throws. */
public final class Accounts {
    private final Store store;
    private final PasswordWork work;
    private final InstantSource clock;

    public Accounts(Store store, PasswordWork work, InstantSource clock) {
        this.store = store;
        this.work = work;
        this.clock = clock;
    }

    /** In alphabetical order. */
    public List<Account> all() {
        return store.accounts().stream().map(Account::of).toList();
    }

    public Optional<Account> account(String name) {
        return Account.isName(name) ? store.account(name).map(Account::of) : Optional.empty();
    }

    /**
     * Makes an account.
     *
     * @param actor who does so, for the audit
     */
    public void add(String actor, String name, Role role, Optional<String> customer, String password)
            throws AccessException, BusyException {
        if (!Account.isName(name)) {
            throw new AccessException("'" + printable(name) + "' cannot name an account: names have 1 to 64 letters,"
                    + " digits, dots, hyphens, underscores or @, and begin with a letter or digit");
        }
        if (customer.filter(text -> !Account.isCustomer(text)).isPresent()) {
            throw new AccessException("a customer has 1 to 100 printable characters");
        }
        checkCustomer(role, customer);
        checkPassword(password, name);
        List<StoredAccount> present = store.accounts();
        if (present.size() >= Account.MOST) {
            throw new AccessException("there are " + Account.MOST + " accounts, which is the most; remove one");
        }
        // Names that differ in capitals only are mistaken for one another.
        Optional<StoredAccount> same = present.stream()
                .filter(account -> account.name().equalsIgnoreCase(name))
                .findFirst();
        if (same.isPresent()) {
            throw new AccessException("there is an account '" + same.get().name() + "' already");
        }
        Instant now = clock.instant();
        StoredAccount made = new StoredAccount(name, role.label(), customer, work.hash(password), now, now, false, 1);
        if (!store.saveAccount(made)) {
            throw new AccessException("there is an account '" + name + "' already");
        }
        audit(
                actor,
                "account.add",
                name,
                role.label() + customer.map(text -> ", of " + text).orElse(""));
    }

    /** @param force whether also the last administrator may go */
    public void remove(String actor, String name, boolean force) throws AccessException {
        StoredAccount account = existing(name);
        checkAdministrators(account, force);
        if (!store.removeAccount(name)) {
            throw unknown(name);
        }
        audit(actor, "account.remove", name, "");
    }

    /** @param force whether also the last administrator may lose the role */
    public void changeRole(String actor, String name, Role role, boolean force) throws AccessException {
        StoredAccount account = existing(name);
        checkCustomer(role, account.customer());
        if (role != Role.ADMINISTRATOR) {
            checkAdministrators(account, force);
        }
        change(account, changed -> with(changed, role.label(), changed.passwordHash(), changed.isDisabled(), false));
        audit(actor, "account.role", name, account.role() + " to " + role.label());
    }

    /** @param force whether also the last administrator may be disabled */
    public void disable(String actor, String name, boolean force) throws AccessException {
        StoredAccount account = existing(name);
        checkAdministrators(account, force);
        change(account, changed -> with(changed, changed.role(), changed.passwordHash(), true, false));
        audit(actor, "account.disable", name, "");
    }

    public void enable(String actor, String name) throws AccessException {
        change(existing(name), changed -> with(changed, changed.role(), changed.passwordHash(), false, false));
        audit(actor, "account.enable", name, "");
    }

    /** Gives an account a password without knowing the one before. */
    public void resetPassword(String actor, String name, String password) throws AccessException, BusyException {
        StoredAccount account = existing(name);
        checkPassword(password, name);
        String hash = work.hash(password);
        change(account, changed -> with(changed, changed.role(), hash, changed.isDisabled(), true));
        audit(actor, "account.password", name, actor.equals(name) ? "by its owner" : "by somebody else");
    }

    /** Whether this is the password of an account that may sign in. Takes the same time where there is none. */
    boolean isPassword(String name, String password) throws BusyException {
        return check(name, password).isPresent();
    }

    /** The account, if it may sign in with this password. Takes the same time where there is none. */
    Optional<Account> check(String name, String password) throws BusyException {
        Optional<StoredAccount> stored = Account.isName(name) ? store.account(name) : Optional.empty();
        PasswordWork.Answer answer = work.compare(stored.map(StoredAccount::passwordHash), password);
        if (!answer.matches() || stored.isEmpty() || stored.get().isDisabled()) {
            return Optional.empty();
        }
        if (answer.isWeak()) {
            String hash = work.hash(password);
            StoredAccount renewed = with(stored.get(), stored.get().role(), hash, false, false);
            if (store.saveAccount(renewed)) {
                return Optional.of(Account.of(renewed));
            }
            // Somebody changed it meanwhile, perhaps its password.
            return Optional.empty();
        }
        return stored.map(Account::of);
    }

    private StoredAccount with(StoredAccount account, String role, String hash, boolean disabled, boolean newPassword) {
        return new StoredAccount(
                account.name(),
                role,
                account.customer(),
                hash,
                account.madeAt(),
                newPassword ? clock.instant() : account.passwordChangedAt(),
                disabled,
                account.revision() + 1);
    }

    private void change(StoredAccount account, UnaryOperator<StoredAccount> change) throws AccessException {
        if (!store.saveAccount(change.apply(account))) {
            throw new AccessException(
                    "somebody else has just changed the account '" + account.name() + "'; look at it, and try again");
        }
    }

    private StoredAccount existing(String name) throws AccessException {
        Optional<StoredAccount> account = Account.isName(name) ? store.account(name) : Optional.empty();
        return account.orElseThrow(() -> unknown(name));
    }

    private static AccessException unknown(String name) {
        return new AccessException("there is no account '" + printable(name) + "'");
    }

    private static String printable(String name) {
        return (name.length() > 64 ? name.substring(0, 64) + "..." : name).replaceAll("[^ -~]", "?");
    }

    private static void checkCustomer(Role role, Optional<String> customer) throws AccessException {
        if (role == Role.ADMINISTRATOR && customer.isPresent()) {
            throw new AccessException("an administrator sees everything, and cannot be limited to a customer");
        }
    }

    private static void checkPassword(String password, String name) throws AccessException {
        Optional<String> refusal = PasswordRules.refusal(password, name);
        if (refusal.isPresent()) {
            throw new AccessException("the password is refused: " + refusal.get());
        }
    }

    /** Somebody must remain who can say who may do what. */
    private void checkAdministrators(StoredAccount leaving, boolean force) throws AccessException {
        boolean others = store.accounts().stream()
                .filter(account -> !account.name().equals(leaving.name()))
                .anyMatch(Accounts::isAdministrator);
        if (isAdministrator(leaving) && !others && !force) {
            throw new AccessException(
                    "'" + leaving.name() + "' is the last administrator who may sign in: make another" + " one first");
        }
    }

    private static boolean isAdministrator(StoredAccount account) {
        return !account.isDisabled() && account.role().equals(Role.ADMINISTRATOR.label());
    }

    private void audit(String actor, String action, String subject, String detail) {
        store.audit(new AuditLine(clock.instant(), actor, action, subject, detail));
    }
}
