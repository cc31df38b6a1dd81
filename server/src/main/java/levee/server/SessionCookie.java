package levee.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies by which browsers show that a session, or a sign-in that has begun, is theirs. Over TLS their names say that
 * nobody but this server, over TLS, can have set them (RFC 6265bis, section 4.1.3.2).
 */
public final class SessionCookie {
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int SIGN_IN_SECONDS = 600;

    private final boolean isSecure;

    /** @param isSecure whether browsers speak TLS */
    public SessionCookie(boolean isSecure) {
        this.isSecure = isSecure;
    }

    private String session() {
        return isSecure ? "__Host-levee" : "levee";
    }

    private String signIn() {
        return isSecure ? "__Host-levee-sign-in" : "levee-sign-in";
    }

    /** The secret of the session, if the request shows one that could be ours. */
    public Optional<String> of(HttpServletRequest request) {
        return value(request, session());
    }

    /** The secret of a sign-in that has begun at a provider. */
    public Optional<String> begunOf(HttpServletRequest request) {
        return value(request, signIn());
    }

    private static Optional<String> value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        Optional<String> found = Optional.empty();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    if (found.isPresent()) {
                        // One of them is not from here; which cannot be told.
                        return Optional.empty();
                    }
                    found = Optional.ofNullable(cookie.getValue())
                            .filter(value -> SECRET.matcher(value).matches());
                }
            }
        }
        return found;
    }

    /** Sets the cookie of a session. Browsers forget it when they are closed, and never send it from other sites. */
    public String set(String secret) {
        return cookie(session(), secret, "Strict", "");
    }

    public String clear() {
        return cookie(session(), "", "Strict", "; Max-Age=0");
    }

    /** The provider's page leads back here, so that this one cookie must come along from another site. */
    public String begin(String secret) {
        return cookie(signIn(), secret, "Lax", "; Max-Age=" + SIGN_IN_SECONDS);
    }

    public String endBegun() {
        return cookie(signIn(), "", "Lax", "; Max-Age=0");
    }

    private String cookie(String name, String value, String sameSite, String more) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=" + sameSite + (isSecure ? "; Secure" : "") + more;
    }
}
