package levee.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import levee.store.StoredAccount;

/**
 * Somebody who may sign in with a password.
 *
 * @param customer the name of a customer of the settings' groups, to whose networks the account is limited
 * @param revision counts the changes; a session ends with the first change after it began
 */
public record Account(
        String name,
        Role role,
        Optional<String> customer,
        Instant madeAt,
        Instant passwordChangedAt,
        boolean isDisabled,
        int revision) {
    /** The most accounts there are. */
    public static final int MOST = 1_000;

    /** Whoever signs in elsewhere has a name with a colon, so that no two are called the same. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final int LONGEST_CUSTOMER = 100;

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static boolean isCustomer(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_CUSTOMER
                && text.chars().noneMatch(Character::isISOControl);
    }

    static Account of(StoredAccount stored) {
        return new Account(
                stored.name(),
                // A role of another Levee: the account may do the least.
                Role.of(stored.role()).orElse(Role.VIEWER),
                stored.customer(),
                stored.madeAt(),
                stored.passwordChangedAt(),
                stored.isDisabled(),
                stored.revision());
    }
}
