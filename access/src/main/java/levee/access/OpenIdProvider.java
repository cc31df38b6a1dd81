package levee.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import levee.access.OpenIdException.Reason;
import levee.access.ProviderConnection.Endpoints;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in over an OpenID provider: the authorization code flow of OpenID Connect Core 1.0, section 3.1, with PKCE
 * (RFC 7636), state and nonce. What belongs to a sign-in that has begun is kept here, for a short time, and bound to the
 * browser by a secret in a cookie.
 */
public final class OpenIdProvider {
    private static final int MOST_BEGUN = 10_000;
    private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(10);
    private static final int LONGEST_PARAMETER = 4_096;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SUBJECT = 100;
    private static final int MOST_ROLE_NAMES = 1_000;

    private final OpenIdSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ProviderConnection provider;

    /** By the fingerprint of their state, the oldest first. */
    private final Map<String, Pending> begun = new LinkedHashMap<>();

    public OpenIdProvider(OpenIdSettings settings, InstantSource clock, SecureRandom random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.provider = new ProviderConnection(settings, clock);
    }

    /** A sign-in that has begun. */
    private record Pending(
            String browser, String nonce, String verifier, String wanted, String issuer, Instant until) {}

    /**
     * Where to send the browser.
     *
     * @param browserSecret for its cookie; it must show it when it comes back
     */
    public record Beginning(URI address, String browserSecret) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "sign-in at " + address.getHost();
        }
    }

    /**
     * For whom the provider vouches.
     *
     * @param name begins with {@code openid:}, so that no account has it
     * @param wanted what was given when it began
     */
    public record Identity(String name, Role role, Optional<String> customer, String wanted) {}

    /** What the provider sent the browser back with; each as it stands in the address, if it does. */
    public record Answer(
            Optional<String> state, Optional<String> code, Optional<String> error, Optional<String> issuer) {}

    /** Whether what is sent to an address stays between the two: over https, or on this machine. */
    public static boolean isSafe(URI address) {
        return ProviderConnection.isSafe(address);
    }

    public OpenIdSettings settings() {
        return settings;
    }

    /**
     * Begins.
     *
     * @param wanted where the person wants to go afterwards
     */
    public Beginning begin(String wanted) throws OpenIdException {
        Endpoints endpoints = provider.endpoints();
        Instant now = clock.instant();
        String state = Secrets.make(random);
        String browser = Secrets.make(random);
        Pending pending = new Pending(
                Secrets.fingerprint(browser),
                Secrets.make(random),
                Secrets.make(random),
                wanted,
                endpoints.issuer(),
                now.plus(LONGEST_SIGN_IN));
        synchronized (begun) {
            begun.values().removeIf(other -> !now.isBefore(other.until()));
            while (begun.size() >= MOST_BEGUN) {
                begun.remove(begun.keySet().iterator().next());
            }
            begun.put(Secrets.fingerprint(state), pending);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", settings.redirect().toString());
        parameters.put("scope", "openid profile");
        parameters.put("state", state);
        parameters.put("nonce", pending.nonce());
        parameters.put("code_challenge", challenge(pending.verifier()));
        parameters.put("code_challenge_method", "S256");
        String separator = endpoints.authorization().getRawQuery() == null ? "?" : "&";
        return new Beginning(URI.create(endpoints.authorization() + separator + form(parameters)), browser);
    }

    /** RFC 7636, section 4.2. */
    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(verifier));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * Ends with what the browser brings back. Each sign-in can end once.
     *
     * @param browserSecret from the browser's cookie
     */
    public Identity finish(Answer answer, Optional<String> browserSecret) throws OpenIdException {
        Pending pending = take(answer.state().orElse(""), browserSecret.orElse(""));
        // RFC 9207: an answer of another provider must not be taken for one of this.
        if (answer.issuer().filter(text -> !text.equals(pending.issuer())).isPresent()) {
            throw new OpenIdException(Reason.UNEXPECTED, "the answer comes from another provider");
        }
        if (answer.error().isPresent()) {
            // RFC 6749, section 4.1.2.1: a short word.
            String word = answer.error().get().replaceAll("[^a-z_]", "");
            throw new OpenIdException(
                    Reason.REFUSED,
                    "the provider has not let you in" + (word.isEmpty() || word.length() > 40 ? "" : ": " + word));
        }
        String code = answer.code()
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_PARAMETER)
                .orElseThrow(() -> new OpenIdException(Reason.UNEXPECTED, "the answer holds no code"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", settings.redirect().toString());
        parameters.put("code_verifier", pending.verifier());
        JWTClaimsSet claims = new IdTokenCheck(settings.clientId(), pending.issuer(), provider)
                .claims(provider.redeem(parameters), pending.nonce(), clock.instant());
        return identity(claims, pending.wanted());
    }

    private Pending take(String state, String browserSecret) throws OpenIdException {
        Pending pending;
        synchronized (begun) {
            pending = state.length() > LONGEST_PARAMETER ? null : begun.get(Secrets.fingerprint(state));
            // Another browser cannot end it, neither well nor badly.
            if (pending != null && Secrets.areEqual(pending.browser(), Secrets.fingerprint(browserSecret))) {
                begun.remove(Secrets.fingerprint(state));
            } else {
                pending = null;
            }
        }
        if (pending == null || !clock.instant().isBefore(pending.until())) {
            throw new OpenIdException(
                    Reason.UNEXPECTED, "this sign-in did not begin in this browser, or too long ago; begin again");
        }
        return pending;
    }

    private Identity identity(JWTClaimsSet claims, String wanted) throws OpenIdException {
        String subject = Objects.requireNonNullElse(claims.getSubject(), "");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || !subject.matches("[!-'*-~]+")) {
            throw new OpenIdException(
                    Reason.REFUSED, "the provider does not say who you are in a way that Levee knows");
        }
        Role role = names(claims.getClaims(), settings.rolesClaim()).stream()
                .map(settings.roles()::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new OpenIdException(
                        Reason.REFUSED,
                        "the provider knows you, but you have no role in Levee; ask who administers it"));
        return new Identity(name(claims, subject), role, customer(claims, role), wanted);
    }

    /** The subject is what tells people apart; the other name is for those who read the audit trail. */
    private static String name(JWTClaimsSet claims, String subject) {
        String shown;
        try {
            shown = Objects.requireNonNullElse(claims.getStringClaim("preferred_username"), "");
        } catch (ParseException e) {
            shown = "";
        }
        shown = shown.replaceAll("[^A-Za-z0-9._@+-]", "");
        shown = shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown;
        return "openid:" + (shown.isEmpty() || shown.equals(subject) ? subject : shown + "(" + subject + ")");
    }

    private Optional<String> customer(JWTClaimsSet claims, Role role) throws OpenIdException {
        if (settings.customerClaim().isEmpty()) {
            return Optional.empty();
        }
        List<String> customers =
                names(claims.getClaims(), settings.customerClaim().get());
        if (customers.isEmpty()) {
            return Optional.empty();
        }
        if (customers.size() > 1 || !Account.isCustomer(customers.getFirst()) || role == Role.ADMINISTRATOR) {
            throw new OpenIdException(
                    Reason.REFUSED, "the provider limits you to a customer in a way that Levee does not know");
        }
        return Optional.of(customers.getFirst());
    }

    /** The texts of a claim; where no claim has this name, dots in it lead into objects. */
    private static List<String> names(Map<String, Object> claims, String name) {
        @Nullable Object value = claims.get(name);
        if (value == null) {
            value = claims;
            for (String step : name.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(step) : null;
            }
        }
        List<String> names = new ArrayList<>();
        if (value instanceof String text) {
            names.add(text);
        } else if (value instanceof Collection<?> list) {
            list.stream().limit(MOST_ROLE_NAMES).forEach(item -> {
                if (item instanceof String text) {
                    names.add(text);
                }
            });
        }
        return names;
    }
}
