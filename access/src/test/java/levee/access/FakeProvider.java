package levee.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import levee.testing.TestClock;

/** An OpenID provider over loopback that does what a test tells it to, and checks what it is sent as a real one would. */
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "levee client";
    static final String SECRET = "a:secret with / and %";

    private final HttpServer server;
    final URI issuer;
    private static final RSAKey RSA = rsa("rsa-1");
    final RSAKey rsa = RSA;
    final ECKey curve = curve();
    private final KeyPair edwards = edwards();

    // What a test may change.
    volatile List<JWK> published;
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    volatile UnaryOperator<String> discovery = text -> text;
    volatile UnaryOperator<String> token = text -> text;
    volatile JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    volatile RSAKey signing = rsa;
    volatile boolean isDown;
    volatile long delayMillis;
    volatile int tokenStatus = 200;

    // What happened.
    final Map<String, Integer> asked = new HashMap<>();
    volatile Map<String, String> begun = Map.of();

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
        published = List.of(rsa.toPublicJWK(), curve.toPublicJWK(), edwardsKey());
        answer("/realm/.well-known/openid-configuration", exchange -> discovery.apply("""
            {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
             "jwks_uri":"%1$s/keys","token_endpoint_auth_methods_supported":["client_secret_basic"]}
            """.formatted(issuer)));
        answer("/realm/keys", exchange -> new JWKSet(published).toString());
        answer("/realm/token", this::redeem);
        server.start();
    }

    private interface Page {
        String text(HttpExchange exchange) throws IOException;
    }

    private void answer(String path, Page page) {
        server.createContext(path, exchange -> {
            asked.merge(path, 1, Integer::sum);
            String text = isDown ? "down" : page.text(exchange);
            if (delayMillis > 0) {
                try {
                    Thread.sleep(delayMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            int status = isDown ? 503 : path.endsWith("token") ? tokenStatus : 200;
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    int asked(String page) {
        return asked.getOrDefault("/realm/" + page, 0);
    }

    /** What a browser does that is sent here: the person agrees, and a code is given out. */
    String authorize(URI address) {
        begun = form(address.getRawQuery());
        return "code-of-" + begun.get("state");
    }

    static Map<String, String> form(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return values;
    }

    private String redeem(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Secrets.sha256(sent.getOrDefault("code_verifier", "")));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            tokenStatus = 401;
            return "{\"error\":\"invalid_client\"}";
        }
        if (!("code-of-" + begun.get("state")).equals(sent.get("code"))
                || !challenge.equals(begun.get("code_challenge"))
                || !sent.getOrDefault("redirect_uri", "").equals(begun.get("redirect_uri"))) {
            tokenStatus = 400;
            return "{\"error\":\"invalid_grant\"}";
        }
        return token.apply(
                "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}");
    }

    private String idToken() {
        Instant now = TestClock.NOW;
        JWTClaimsSet set = claims.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer.toString())
                        .audience(CLIENT)
                        .subject("248289761001")
                        .claim("preferred_username", "jane.doe")
                        .claim("groups", List.of("staff", "noc"))
                        .claim("nonce", begun.get("nonce"))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300))))
                .build();
        try {
            String keyId = algorithm.equals(JWSAlgorithm.ES256)
                    ? curve.getKeyID()
                    : algorithm.equals(JWSAlgorithm.EdDSA) ? "ed-1" : signing.getKeyID();
            SignedJWT jwt =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), set);
            if (algorithm.equals(JWSAlgorithm.EdDSA)) {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(edwards.getPrivate());
                signature.update(jwt.getSigningInput());
                return new String(jwt.getSigningInput(), StandardCharsets.US_ASCII) + "."
                        + Base64URL.encode(signature.sign());
            }
            JWSSigner signer =
                    algorithm.equals(JWSAlgorithm.ES256) ? new ECDSASigner(curve) : new RSASSASigner(signing);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2_048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey curve() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair edwards() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The last 32 bytes of the JDK's encoding are the point. */
    private OctetKeyPair edwardsKey() {
        byte[] encoded = ((EdECPublicKey) edwards.getPublic()).getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                .keyID("ed-1")
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
