package levee.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import levee.access.OpenIdException.Reason;
import org.jspecify.annotations.Nullable;

/** Checks an ID token as OpenID Connect Core 1.0, section 3.1.3.7 asks for. */
final class IdTokenCheck {
    /** How far the provider's clock may be off. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

    private static final int LONGEST_TOKEN = 64 << 10;
    private static final int SMALLEST_RSA_BITS = 2_048;

    /** Never "none", and never one whose key is the client's secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private final String clientId;
    private final String issuer;
    private final ProviderConnection keys;

    IdTokenCheck(String clientId, String issuer, ProviderConnection keys) {
        this.clientId = clientId;
        this.issuer = issuer;
        this.keys = keys;
    }

    JWTClaimsSet claims(String token, String nonce, Instant now) throws OpenIdException {
        try {
            if (token.length() > LONGEST_TOKEN) {
                throw refused("is too long");
            }
            SignedJWT signed = SignedJWT.parse(token);
            checkSignature(signed);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            checkClaims(claims, nonce, now);
            return claims;
        } catch (ParseException | IllegalArgumentException e) {
            throw new OpenIdException(Reason.REFUSED, "the token of the provider cannot be read", e);
        }
    }

    private void checkSignature(SignedJWT signed) throws OpenIdException {
        JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
        if (!ALGORITHMS.contains(algorithm)) {
            throw refused("is signed in a way that Levee does not accept; RS256, ES256 and EdDSA are");
        }
        String keyId = signed.getHeader().getKeyID();
        List<JWK> candidates = keys.keys(keyId);
        for (JWK key : candidates) {
            if (isVerifiedBy(signed, algorithm, key)) {
                return;
            }
        }
        throw refused("is not signed by the provider");
    }

    private static boolean isVerifiedBy(SignedJWT signed, JWSAlgorithm algorithm, JWK key) {
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())
                || key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName())) {
            return false;
        }
        try {
            JWSVerifier verifier = verifier(algorithm, key);
            return verifier != null && signed.verify(verifier);
        } catch (JOSEException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Only one of the kind that the algorithm needs, so that no key is taken for another. */
    private static @Nullable JWSVerifier verifier(JWSAlgorithm algorithm, JWK key) throws JOSEException {
        if (algorithm.equals(JWSAlgorithm.RS256)) {
            return key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_BITS ? new RSASSAVerifier(rsa) : null;
        }
        if (algorithm.equals(JWSAlgorithm.ES256)) {
            return key instanceof ECKey curve ? new ECDSAVerifier(curve) : null;
        }
        return key instanceof OctetKeyPair pair ? new EdwardsVerifier(pair) : null;
    }

    private void checkClaims(JWTClaimsSet claims, String nonce, Instant now) throws OpenIdException, ParseException {
        if (!issuer.equals(claims.getIssuer())) {
            throw refused("comes from another issuer");
        }
        List<String> audience = claims.getAudience();
        String party = claims.getStringClaim("azp");
        if (!audience.contains(clientId)
                || audience.size() > 1 && party == null
                || party != null && !party.equals(clientId)) {
            throw refused("is meant for another program");
        }
        Date expires = claims.getExpirationTime();
        if (expires == null || !now.isBefore(expires.toInstant().plus(CLOCK_TOLERANCE))) {
            throw refused("has expired; are the clocks of both machines right?");
        }
        Date issued = claims.getIssueTime();
        if (issued == null || issued.toInstant().isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw refused("is of the future; are the clocks of both machines right?");
        }
        Date begins = claims.getNotBeforeTime();
        if (begins != null && begins.toInstant().isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw refused("is not valid yet; are the clocks of both machines right?");
        }
        String given = claims.getStringClaim("nonce");
        if (given == null || !Secrets.areEqual(given, nonce)) {
            throw refused("belongs to another sign-in");
        }
    }

    private static OpenIdException refused(String what) {
        return new OpenIdException(Reason.REFUSED, "the token of the provider " + what);
    }
}
