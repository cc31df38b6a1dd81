package levee.access;

import java.util.Optional;

/**
 * Somebody who is signed in, with what they may do now.
 *
 * @param session as it began; what it says of roles may be out of date
 */
public record Person(Session session, Role role, Optional<String> customer) {
    public String name() {
        return session.name();
    }
}
