package levee.server;

import java.util.Map;

/** What every answer tells browsers and proxies. */
final class SecurityHeaders {
    static final Map<String, String> FIELDS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private SecurityHeaders() {}
}
