package levee.cli;

import java.util.Optional;
import levee.access.OpenIdSettings;
import levee.access.SessionLimits;

/**
 * How people sign in.
 *
 * @param provider who vouches for people, besides passwords
 */
record SignInSettings(SessionLimits sessions, Optional<OpenIdSettings> provider) {
    static final SignInSettings USUAL = new SignInSettings(SessionLimits.USUAL, Optional.empty());
}
