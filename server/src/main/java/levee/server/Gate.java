package levee.server;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.access.People;
import levee.access.Person;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what.
 *
 * <p>A page from elsewhere, opened in a browser on this machine or in this network, must not read or change anything
 * here. It cannot show a token; but where reading needs none, it could make the browser believe that its own name
 * belongs to this machine (DNS rebinding). Therefore the name that a request calls the server by must be one of the
 * server's, and a request that comes from a page must come from a page of the server. The port does not matter for
 * that, so that tunnels and forwarded ports work.
 *
 * <p>A browser also shows the cookie of a session without anybody's wish. Therefore what changes something must come from a
 * page of the server, for certain, and must show the token that only these pages know.
 */
final class Gate {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([!-~]{1,512})");
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final int MOST_FORWARDED = 1_024;

    private volatile Set<String> names = Set.of();
    private volatile List<AccessToken> tokens = List.of();
    private final boolean loopback;
    private final Access anonymous;
    private final Transport transport;
    private final People people;
    private final LiveSystem system;
    private final SessionCookie cookie;

    Gate(ServerSettings settings, boolean loopback, People people, LiveSystem system) {
        this.loopback = loopback;
        this.anonymous = settings.anonymous();
        this.transport = settings.transport();
        this.people = people;
        this.system = system;
        this.cookie = new SessionCookie(transport.isSecure());
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
        if (origin != null && !isPageOf(authority, origin)) {
            throw foreign("Its origin is '" + Texts.printable(origin, 64) + "'.");
        }
    }

    private static ProblemException foreign(String detail) {
        return new Problem(
                        403,
                        "foreign-origin",
                        "The request comes from a page of another site",
                        detail,
                        "Only pages of this server may call it from a browser.")
                .exception();
    }

    private boolean isOurs(String name) {
        // Who rebinds a name has a name, and no address. But on loopback nobody needs any other address.
        return names.contains(name) || !loopback && ADDRESS.matcher(name).matches();
    }

    private static boolean isPageOf(String authority, String origin) {
        return origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    // --- Where from ---

    /**
     * The address that a request comes from.
     *
     * @throws ProblemException if it should have come over a proxy
     */
    String address(Context context) {
        String remote = context.req().getRemoteAddr();
        return switch (transport) {
            case Transport.Plain plain -> remote;
            case Transport.Tls tls -> remote;
            case Transport.BehindProxies behind -> behindProxies(context.req(), remote, behind.proxies());
        };
    }

    private static String behindProxies(HttpServletRequest request, String remote, List<IpAddress> proxies) {
        IpAddress direct = parse(remote);
        if (direct == null || !proxies.contains(direct)) {
            if (direct != null && isThisMachine(direct)) {
                return remote;
            }
            throw new Problem(
                            403,
                            "not-by-proxy",
                            "The request did not come over the proxy",
                            "What is said here without TLS could be read on the way.",
                            "Call the proxy instead, or list this address under 'proxies' of 'tls' in the"
                                    + " configuration.")
                    .exception();
        }
        // Each proxy adds the one before it at the end; what a client made up stands before.
        String list = String.join(",", Collections.list(request.getHeaders("X-Forwarded-For")));
        String[] chain = list.length() > MOST_FORWARDED
                ? list.substring(list.length() - MOST_FORWARDED).split(",", -1)
                : list.split(",", -1);
        for (int i = chain.length - 1; i >= 0; i--) {
            IpAddress hop = parse(chain[i].strip());
            if (hop == null) {
                return remote;
            }
            if (!proxies.contains(hop)) {
                return hop.toString();
            }
        }
        return remote;
    }

    private static @Nullable IpAddress parse(String text) {
        try {
            return IpAddress.parse(text.replaceAll("[\\[\\]]|%.*", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isThisMachine(IpAddress address) {
        return address.isIpv4() ? address.toString().startsWith("127.") : address.high() == 0 && address.low() == 1;
    }

    // --- Who ---

    /** Who asks, if they may. */
    Caller admit(Context context, Operation operation) throws IOException {
        String address = address(context);
        if (operation.access() == Access.ANYBODY) {
            return new Caller("anonymous", address, Access.ANYBODY, Optional.empty(), "");
        }
        Caller caller = caller(context, address, operation.access(), false);
        if (!caller.may(operation.access())) {
            throw tooLittle(caller, operation.access());
        }
        if (caller.networks().isPresent() && !operation.isForCustomers()) {
            throw new Problem(
                            403,
                            "not-for-customers",
                            "This shows more than the networks of one customer",
                            "'" + caller.name() + "' sees the networks of one customer.",
                            "Ask somebody who sees the whole network.")
                    .exception();
        }
        if (caller.session().isPresent() && changesSomething(context)) {
            checkWish(context, caller);
        }
        return caller;
    }

    /** Whether who was admitted still would be; asking does not count as use of a session. */
    boolean isStillAdmitted(Request request) {
        try {
            return caller(request.context(), request.caller().address(), Access.VIEWERS, true)
                    .networks()
                    .equals(request.caller().networks());
        } catch (ProblemException e) {
            return false;
        }
    }

    private Caller caller(Context context, String address, Access needed, boolean onlyLooks) {
        String header = context.req().getHeader("Authorization");
        if (header != null) {
            return ofToken(header, address);
        }
        Optional<Person> person =
                cookie.of(context.req()).flatMap(onlyLooks ? people.signIn()::whoStill : people.signIn()::who);
        if (person.isPresent()) {
            return ofPerson(person.get(), address);
        }
        boolean isOpen = loopback
                && transport instanceof Transport.Plain
                && tokens.isEmpty()
                && anonymous.covers(needed)
                && !people.isAnybody();
        if (isOpen) {
            return new Caller("anonymous", address, anonymous, Optional.empty(), "");
        }
        throw unauthorized("It came without a token, and nobody has signed in.", "")
                .exception();
    }

    private Caller ofToken(String header, String address) {
        Matcher bearer = BEARER.matcher(header);
        AccessToken token = bearer.matches() ? find(bearer.group(1)) : null;
        if (token == null) {
            throw unauthorized("Its token is not known.", ", error=\"invalid_token\"")
                    .exception();
        }
        return new Caller(token.name(), address, token.scope().most(), networks(token.customer()), "");
    }

    private Caller ofPerson(Person person, String address) {
        Access most = switch (person.role()) {
            case VIEWER -> Access.VIEWERS;
            case OPERATOR -> Access.OPERATORS;
            case ADMINISTRATOR -> Access.ADMINISTRATORS;
        };
        return new Caller(
                person.name(),
                address,
                most,
                networks(person.customer()),
                person.session().csrfToken(),
                Optional.of(person.session()));
    }

    /** Those of a customer that no group has are none. */
    private Optional<List<Prefix>> networks(Optional<String> customer) {
        return customer.map(system::networksOf);
    }

    private static ProblemException tooLittle(Caller caller, Access needed) {
        if (caller.session().isPresent()) {
            String role = needed == Access.ADMINISTRATORS ? "administrator" : "operator";
            return new Problem(
                            403,
                            "insufficient-role",
                            "Your role does not allow this",
                            "'" + caller.name() + "' is no " + role + ".",
                            "Ask an administrator.")
                    .exception();
        }
        if (caller.name().equals("anonymous")) {
            return unauthorizedAnonymous().exception();
        }
        String scope = needed == Access.OPERATORS ? "write" : "read";
        Problem problem = new Problem(
                403,
                "insufficient-scope",
                "The token does not allow this",
                "The token '" + caller.name() + "' is for less.",
                needed == Access.ADMINISTRATORS
                        ? "No token allows it: sign in as an administrator."
                        : "Use a token with the scope " + scope + ".");
        return (needed == Access.ADMINISTRATORS
                        ? problem
                        : problem.with(
                                CHALLENGE,
                                "Bearer realm=\"levee\", error=\"insufficient_scope\", scope=\"" + scope + "\""))
                .exception();
    }

    private static Problem unauthorizedAnonymous() {
        return new Problem(
                        401,
                        "unauthorized",
                        "The request needs a token or a sign-in",
                        "It came without a token, and nobody has signed in.",
                        "No tokens are configured and nobody may sign in, so that nothing can be changed: configure a"
                                + " token with the scope write, or add somebody with levee users add.")
                .with(CHALLENGE, "Bearer realm=\"levee\"");
    }

    private Problem unauthorized(String detail, String error) {
        if (tokens.isEmpty() && error.isEmpty() && !people.isAnybody()) {
            return unauthorizedAnonymous();
        }
        return new Problem(
                        401,
                        "unauthorized",
                        "The request needs a token or a sign-in",
                        detail,
                        "Sign in, or send the header 'Authorization: Bearer TOKEN' with one of the tokens in the"
                                + " configuration.")
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

    // --- Whether somebody wanted it who has signed in ---

    private static boolean changesSomething(Context context) {
        return !Set.of("GET", "HEAD", "OPTIONS").contains(context.req().getMethod());
    }

    private static void checkWish(Context context, Caller caller) throws IOException {
        checkOwnPage(context);
        String header = context.req().getHeader(CSRF_HEADER);
        if (header != null) {
            if (!Form.areEqual(header, caller.formToken())) {
                throw Form.foreign();
            }
            return;
        }
        // Reads the form, and refuses it if it lacks the token.
        Form.of(context, caller);
    }

    /** That the origin is ours if there is one was checked before; what changes something must have one. */
    static void checkOwnPage(Context context) {
        String site = context.req().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw foreign("The browser says that it comes from elsewhere.");
        }
        if (site == null && context.req().getHeader("Origin") == null) {
            throw foreign("It does not say which page it comes from.");
        }
    }
}
