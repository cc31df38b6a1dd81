package levee.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import levee.access.OpenIdException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an OpenID provider says of itself (OpenID Connect Discovery 1.0), its keys, and the exchange of a code. What it says
 * is kept for an hour. Its answers are bounded, and nothing it says leads anywhere but to its own addresses.
 */
final class ProviderConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 256 << 10;
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    /** Whoever makes up key ids must not make Levee ask all the time. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    /** While a provider is away, nobody waits behind others to find that out once more. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final OpenIdSettings settings;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ReentrantLock looking = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Endpoints endpoints;
    private Instant endpointsReadAt = Instant.EPOCH;
    private Instant failedAt = Instant.EPOCH;
    private List<JWK> keys = List.of();
    private Instant keysReadAt = Instant.EPOCH;

    ProviderConnection(OpenIdSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a provider says of itself.
     *
     * @param takesSecretInBody where it does not take it in the header that RFC 6749 prefers
     */
    record Endpoints(String issuer, URI authorization, URI token, URI keys, boolean takesSecretInBody) {}

    Endpoints endpoints() throws OpenIdException {
        looking.lock();
        try {
            Instant now = clock.instant();
            Endpoints present = endpoints;
            if (present != null && now.isBefore(endpointsReadAt.plus(KEPT_FOR))) {
                return present;
            }
            if (now.isBefore(failedAt.plus(AFTER_FAILURE))) {
                throw unreachable(null);
            }
            // Until it has answered, it counts as away.
            failedAt = now;
            Endpoints read = readEndpoints();
            failedAt = Instant.EPOCH;
            endpoints = read;
            endpointsReadAt = now;
            return read;
        } finally {
            looking.unlock();
        }
    }

    private Endpoints readEndpoints() throws OpenIdException {
        String issuer = settings.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode says = json(get(URI.create(base + "/.well-known/openid-configuration")));
        // Discovery, section 4.3: or somebody could speak for somebody else.
        if (!says.path("issuer").asString("").equals(issuer)) {
            throw strange("it calls itself by another name than the issuer in the settings");
        }
        boolean takesHeader = true;
        boolean takesBody = false;
        JsonNode ways = says.path("token_endpoint_auth_methods_supported");
        if (ways.isArray() && !ways.isEmpty()) {
            takesHeader = false;
            for (JsonNode way : ways) {
                takesHeader |= way.asString("").equals("client_secret_basic");
                takesBody |= way.asString("").equals("client_secret_post");
            }
        }
        return new Endpoints(
                issuer,
                endpoint(says, "authorization_endpoint"),
                endpoint(says, "token_endpoint"),
                endpoint(says, "jwks_uri"),
                takesBody && !takesHeader);
    }

    private static URI endpoint(JsonNode says, String name) throws OpenIdException {
        try {
            URI address = URI.create(says.path(name).asString(""));
            if (isSafe(address) && address.getFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw strange("its " + name + " is no address");
        }
        throw strange("its " + name + " is no https address");
    }

    /** Over https, or on this machine, where nobody listens between. */
    static boolean isSafe(URI address) {
        if (address.getHost() == null || address.getUserInfo() != null) {
            return false;
        }
        if ("https".equals(address.getScheme())) {
            return true;
        }
        try {
            return "http".equals(address.getScheme())
                    && address.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]")
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The provider's keys by this id, read anew where it is not known; all where a token names none. */
    List<JWK> keys(@Nullable String id) throws OpenIdException {
        Endpoints known = endpoints();
        looking.lock();
        try {
            Instant now = clock.instant();
            List<JWK> found = matching(id);
            boolean isOld = !now.isBefore(keysReadAt.plus(KEPT_FOR));
            boolean mayLook = !now.isBefore(keysReadAt.plus(BETWEEN_LOOKS));
            if (isOld || found.isEmpty() && mayLook) {
                keys = readKeys(known.keys());
                keysReadAt = now;
                found = matching(id);
            }
            return found;
        } finally {
            looking.unlock();
        }
    }

    private List<JWK> matching(@Nullable String id) {
        return keys.stream()
                .filter(key -> id == null || id.equals(key.getKeyID()))
                .toList();
    }

    private List<JWK> readKeys(URI address) throws OpenIdException {
        JsonNode set = json(get(address));
        List<JWK> read = new ArrayList<>();
        for (JsonNode key : set.path("keys")) {
            try {
                JWK parsed = JWK.parse(key.toString());
                // A key that is no public one has no place here, and would be one that others can sign with.
                if (!parsed.isPrivate()) {
                    read.add(parsed);
                }
            } catch (ParseException e) {
                // One of a kind that Levee does not know; another will do.
            }
        }
        return List.copyOf(new JWKSet(read).getKeys());
    }

    /** The ID token for a code. */
    String redeem(Map<String, String> parameters) throws OpenIdException {
        Endpoints known = endpoints();
        Map<String, String> sent = new LinkedHashMap<>(parameters);
        HttpRequest.Builder request = request(known.token());
        if (settings.clientSecret().isEmpty() || known.takesSecretInBody()) {
            sent.put("client_id", settings.clientId());
            settings.clientSecret().ifPresent(secret -> sent.put("client_secret", secret));
        } else {
            // RFC 6749, section 2.3.1: both are encoded as in a form first.
            String pair = encoded(settings.clientId()) + ":"
                    + encoded(settings.clientSecret().orElse(""));
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(OpenIdProvider.form(sent)));
        Reply reply = send(request.build());
        if (reply.status() == 400 || reply.status() == 401) {
            // RFC 6749, section 5.2: a short word, for who set it up.
            String word = json(reply).path("error").asString("").replaceAll("[^a-z_]", "");
            throw new OpenIdException(
                    word.equals("invalid_grant") ? Reason.REFUSED : Reason.UNREACHABLE,
                    "the provider did not take the code: "
                            + (word.isEmpty() || word.length() > 40 ? "status " + reply.status() : word)
                            + (word.equals("invalid_client") ? "; client-id or client-secret-file is wrong" : ""));
        }
        String token = json(ok(reply)).path("id_token").asString("");
        if (token.isEmpty()) {
            throw strange("it sent no ID token");
        }
        return token;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Reply(int status, byte[] body) {}

    private Reply get(URI address) throws OpenIdException {
        return ok(send(request(address).GET().build()));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", "application/json");
    }

    private static Reply ok(Reply reply) throws OpenIdException {
        if (reply.status() != 200) {
            throw strange("it answers with status " + reply.status());
        }
        return reply;
    }

    private static JsonNode json(Reply reply) throws OpenIdException {
        try {
            return JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            throw strange("its answer is no JSON");
        }
    }

    private Reply send(HttpRequest request) throws OpenIdException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BoundedBody.TooLongException
                    ? strange("its answer is too long")
                    : unreachable(e);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } finally {
            // One that takes too long does not go on.
            answer.cancel(true);
        }
    }

    private OpenIdException unreachable(@Nullable Exception cause) {
        return new OpenIdException(
                Reason.UNREACHABLE,
                "the provider " + settings.issuer().getHost() + " cannot be reached; try again later, or sign in with a"
                        + " password",
                cause);
    }

    private static OpenIdException strange(String what) {
        return new OpenIdException(Reason.UNREACHABLE, "the provider does not work as it should: " + what);
    }
}
