package levee.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Ed25519 by means of the JDK; the library's own way needs another library. */
final class EdwardsVerifier extends EdDSAProvider implements JWSVerifier {
    private static final int BYTES = 32;

    private final PublicKey key;

    /** @throws IllegalArgumentException if it is no key of this curve */
    EdwardsVerifier(OctetKeyPair pair) {
        if (!Curve.Ed25519.equals(pair.getCurve())) {
            throw new IllegalArgumentException("the key is of another curve");
        }
        this.key = key(pair.getDecodedX());
    }

    /** RFC 8032, section 5.1.2: little-endian, and the highest bit says which of two points it is. */
    private static PublicKey key(byte[] encoded) {
        if (encoded.length != BYTES) {
            throw new IllegalArgumentException("the key has a wrong length");
        }
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = encoded[BYTES - 1 - i];
        }
        boolean isOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, bigEndian))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is no point of the curve", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        if (!header.getAlgorithm().equals(JWSAlgorithm.EdDSA)
                && !header.getAlgorithm().equals(JWSAlgorithm.Ed25519)) {
            return false;
        }
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
