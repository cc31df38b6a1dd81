package levee.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may sign in, as it is kept. The store does not know what roles there are.
 *
 * @param name at most 200 characters
 * @param role a short stable word; at most 200 characters
 * @param customer to whose networks the account is limited, if it is; at most 200 characters
 * @param passwordHash from which the password cannot be had; at most 200 characters
 * @param revision counts the changes from 1 on; an account of the same name that was made anew begins again
 */
public record StoredAccount(
        String name,
        String role,
        Optional<String> customer,
        String passwordHash,
        Instant madeAt,
        Instant passwordChangedAt,
        boolean isDisabled,
        int revision) {
    public StoredAccount {
        StoreLimits.checkName("the name of an account", name);
        StoreLimits.checkName("the role of an account", role);
        customer.ifPresent(text -> StoreLimits.checkName("the customer of an account", text));
        StoreLimits.checkName("the hash of a password", passwordHash);
        StoreLimits.checkTime("the time when an account was made", madeAt);
        StoreLimits.checkTime("the time when a password was changed", passwordChangedAt);
        if (revision < 1) {
            throw new IllegalArgumentException("the revision " + revision + " of an account is not 1 or more");
        }
    }

    /** Without the hash, so that it gets into no log. */
    @Override
    public String toString() {
        return "account " + name + " (" + role
                + customer.map(text -> ", of " + text).orElse("") + (isDisabled ? ", disabled" : "") + ", revision "
                + revision + ")";
    }
}
