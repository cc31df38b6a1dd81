package levee.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who has signed in.
 *
 * @param number names it to its owner; it is no secret, and gives no access
 * @param name of the account, or who an OpenID provider says it is
 * @param role of the account at that time
 * @param customer to whose networks it was limited at that time
 * @param revision of the account at that time; 0 where the account is elsewhere
 * @param accountMadeAt when the account was made, which tells it from another of its name
 * @param address where the request to sign in came from
 * @param csrfToken what requests that change something must show besides; a secret of the session's pages
 */
public record Session(
        String number,
        String name,
        Role role,
        Optional<String> customer,
        Method method,
        int revision,
        Instant accountMadeAt,
        String address,
        String csrfToken,
        Instant startedAt,
        Instant lastUsedAt) {

    /** How somebody proved who they are. */
    public enum Method {
        PASSWORD,
        OPENID
    }

    Session usedAt(Instant now) {
        return new Session(
                number,
                name,
                role,
                customer,
                method,
                revision,
                accountMadeAt,
                address,
                csrfToken,
                startedAt,
                now.isAfter(lastUsedAt) ? now : lastUsedAt);
    }

    @Override
    public String toString() {
        return "session " + number + " of " + name;
    }
}
