package levee.server;

import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.server.Operation.Access;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what.
 *
 * <p>A page from elsewhere, opened in a browser on this machine or in this network, must not read or change anything
 * here. It cannot show a token; but where reading needs none, it could make the browser believe that its own name
 * belongs to this machine (DNS rebinding). Therefore the name that a request calls the server by must be one of the
 * server's, and a request that comes from a page must come from a page of the server. The port does not matter for
 * that, so that tunnels and forwarded ports work.
 */
final class Gate {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([!-~]{1,512})");
    private static final String CHALLENGE = "WWW-Authenticate";

    private volatile Set<String> names = Set.of();
    private volatile List<AccessToken> tokens = List.of();
    private final boolean loopback;
    private final Access anonymous;

    Gate(ServerSettings settings, boolean loopback) {
        this.loopback = loopback;
        this.anonymous = settings.anonymous();
        apply(settings.names(), settings.tokens());
    }

    /** Requests from now on are judged by these. */
    void apply(List<String> otherNames, List<AccessToken> accepted) {
        Set<String> all = new HashSet<>(LOOPBACK_NAMES);
        otherNames.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        names = Set.copyOf(all);
        tokens = List.copyOf(accepted);
    }

    boolean isLoopback() {
        return loopback;
    }

    /** Refuses requests by other names and from other pages. */
    void checkNames(Context context) {
        String authority = Optional.ofNullable(context.req().getHeader("Host"))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .orElse("");
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || !isOurs(parts.group(1))) {
            throw new Problem(
                            421,
                            "unknown-host",
                            "The server does not go by this name",
                            "The request was sent to '" + Texts.printable(authority, 64) + "'.",
                            "Call it localhost or 127.0.0.1, or add the name to the server's names in its"
                                    + " configuration.")
                    .exception();
        }
        String origin = context.req().getHeader("Origin");
        if (origin != null && !isPageOf(authority, origin.toLowerCase(Locale.ROOT))) {
            throw new Problem(
                            403,
                            "foreign-origin",
                            "The request comes from a page of another site",
                            "Its origin is '" + Texts.printable(origin, 64) + "'.",
                            "Only pages of this server may call it from a browser.")
                    .exception();
        }
    }

    private boolean isOurs(String name) {
        // Who rebinds a name has a name, and no address. But on loopback nobody needs any other address.
        return names.contains(name) || !loopback && ADDRESS.matcher(name).matches();
    }

    private static boolean isPageOf(String authority, String origin) {
        return origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    /** Who asks, if they may. */
    Caller admit(Context context, Access access) {
        String address = context.req().getRemoteAddr();
        if (access == Access.ANYBODY) {
            return new Caller("anonymous", address, access, "");
        }
        String header = context.req().getHeader("Authorization");
        if (header == null) {
            if (anonymous.covers(access) && tokens.isEmpty()) {
                return new Caller("anonymous", address, anonymous, "");
            }
            throw unauthorized("It came without a token.", "").exception();
        }
        Matcher bearer = BEARER.matcher(header);
        AccessToken token = bearer.matches() ? find(bearer.group(1)) : null;
        if (token == null) {
            throw unauthorized("Its token is not known.", ", error=\"invalid_token\"")
                    .exception();
        }
        if (!token.scope().most().covers(access)) {
            throw new Problem(
                            403,
                            "insufficient-scope",
                            "The token does not allow this",
                            "The token '" + token.name() + "' is for reading only.",
                            "Use a token with the scope write.")
                    .with(CHALLENGE, "Bearer realm=\"levee\", error=\"insufficient_scope\", scope=\"write\"")
                    .exception();
        }
        return new Caller(token.name(), address, token.scope().most(), "");
    }

    private Problem unauthorized(String detail, String error) {
        String remedy = tokens.isEmpty()
                ? "No tokens are configured, so that nothing can be changed: configure one with the scope write."
                : "Send the header 'Authorization: Bearer TOKEN' with one of the tokens in the configuration.";
        return new Problem(401, "unauthorized", "The request needs a token", detail, remedy)
                .with(CHALLENGE, "Bearer realm=\"levee\"" + error);
    }

    /** Compares with every token, so that the time it takes does not tell which one was nearly right. */
    private @Nullable AccessToken find(String text) {
        byte[] hash = AccessToken.hash(text);
        AccessToken found = null;
        for (AccessToken token : tokens) {
            if (token.hasHash(hash)) {
                found = token;
            }
        }
        return found;
    }
}
