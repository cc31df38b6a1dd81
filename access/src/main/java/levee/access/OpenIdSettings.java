package levee.access;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenID provider, and what its claims mean here.
 *
 * @param issuer as the provider calls itself, without a slash at the end if it has none
 * @param clientId by which the provider knows this Levee
 * @param clientSecret with which Levee proves that; without one PKCE alone binds the answer
 * @param redirect where the provider sends browsers back to, as it is registered there
 * @param rolesClaim the claim that holds a name or a list of names; a dot leads into an object
 * @param roles which of these names have which role
 * @param customerClaim the claim with the customer to which somebody is limited, if there is one
 */
public record OpenIdSettings(
        URI issuer,
        String clientId,
        Optional<String> clientSecret,
        URI redirect,
        String rolesClaim,
        Map<String, Role> roles,
        Optional<String> customerClaim) {
    /** The path to which the provider sends browsers back. */
    public static final String CALLBACK = "/sign-in/openid/callback";

    public OpenIdSettings {
        roles = Map.copyOf(roles);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OpenID provider " + issuer;
    }
}
