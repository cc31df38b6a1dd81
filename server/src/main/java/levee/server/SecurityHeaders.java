package levee.server;

import java.util.Map;

/** What every answer tells browsers and proxies. */
final class SecurityHeaders {
    static final Map<String, String> FIELDS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "same-origin",
            "Cache-Control", "no-store");

    /** Of pages: styles and scripts of this server, and nothing from elsewhere. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Where there is TLS: browsers are never to do without (RFC 6797). */
    static final String ONLY_TLS = "Strict-Transport-Security";

    static final String FOR_TWO_YEARS = "max-age=63072000";

    private SecurityHeaders() {}
}
